import type { LocalText } from '../local-text.ts';
import type { Condition } from './standard.ts';

const text = (zh: string, en: string): LocalText => ({ zh, en });

// The headings are the seed paper's (S00); the sentences under them restate the general criteria of a provincial
// guide (S05) and the five conditions of a hospital (S01).
const basic = (code: string, name: LocalText, ...items: LocalText[]): Condition => ({
  code,
  kind: 'basic',
  name,
  items,
  source: 'S00',
  verified: true,
});

const general = (code: string, name: LocalText, ...items: LocalText[]): Condition => ({
  ...basic(code, name, ...items),
  kind: 'general',
});

/** The four basic conditions and the six general criteria of the seed paper, as condition groups. */
export const defaultConditions: readonly Condition[] = [
  basic(
    'POSITION',
    text('部位与体位', 'Part and position'),
    text('部位正确,体位标准,中心线准确', 'Right part, standard position, central ray accurate'),
    text('左右对称,无旋转', 'Symmetric, not rotated'),
  ),
  basic(
    'DENSITY_CONTRAST',
    text('密度与对比度', 'Density and contrast'),
    text('密度适当,层次分明', 'Suitable density, layers distinct'),
    text('对比度适当,窗宽窗位与后处理恰当', 'Suitable contrast, window and processing'),
  ),
  basic(
    'SHARPNESS',
    text('清晰度', 'Sharpness'),
    text('解剖结构清晰,无运动模糊', 'Anatomy sharp, no motion blur'),
    text('无可见噪声斑点', 'No visible mottle'),
  ),
  basic('DISTORTION', text('失真度', 'Distortion'), text('影像失真小', 'Little distortion of the image')),
  general(
    'REQUEST',
    text('符合申请', 'Meets the request'),
    text('照片符合申请单要求,体位与序列齐全', 'Shows what was asked; no view or sequence missing'),
  ),
  general(
    'ANNOTATION',
    text('标识', 'Annotation'),
    text(
      '姓名、性别、年龄、检查号、日期、医院与左右标记完整正确',
      'Name, sex, age, number, date, hospital and side complete and right',
    ),
    text('标识不压观察部位', 'Marks do not cover anatomy'),
  ),
  general(
    'OPERATION',
    text('操作', 'Operation'),
    text('无技术操作缺陷,无体外异物', 'No operating defect, no object outside the body'),
    text('防护与剂量合理', 'Protection and dose as low as reasonable'),
  ),
  general('LAYOUT', text('分格', 'Layout'), text('分格规范,放大比例一致', 'Frames in order, same magnification')),
  general(
    'FIELD',
    text('照射野', 'Field'),
    text('照射野恰当,包括全部被检部位,不过大', 'Field holds the whole part and little else'),
  ),
  general(
    'TIDINESS',
    text('整洁', 'Tidiness'),
    text('影像整洁,无污迹、划痕与设备伪影', 'No dirt, scratch or equipment artefact'),
  ),
];
