import type { LocalText } from '../local-text.ts';
import { hintsOf, type PositionHint } from './five-blocks.ts';

/** A review check-list of a CT or MR exam; a hospital changes every line of it. */
export interface ExamChecks {
  readonly code: string;
  readonly modality: 'CT' | 'MR';
  readonly name: LocalText;
  /** What the exam must be of; absent for a list that every exam of the modality is read with. */
  readonly bodyPart?: RegExp;
  readonly hints: readonly PositionHint[];
}

/**
 * CT and MR check-lists of Chinese practice (items S03, S05; values GKU unless a line says more); windows as width/level in
 * HU. The criteria of EUR 16262 stand apart, in european-ct-criteria.ts.
 */
export const examChecks: readonly ExamChecks[] = [
  {
    code: 'CT_HEAD',
    modality: 'CT',
    name: { zh: 'CT 头颅', en: 'CT head' },
    bodyPart: /头|颅|脑|HEAD|BRAIN|SKULL/i,
    hints: hintsOf([
      ['positioning', '听眦线,颅底至颅顶;无倾斜,对称', 'OM line, base to vertex; no tilt, symmetric', 'S03, GKU'],
      ['diagnostic', '外伤必须有骨窗', 'Trauma must carry a bone window', 'S05'],
      ['technique', '层厚 ≤ 5 mm;脑窗 80–100/35–40;无运动', '≤ 5 mm; brain window 80–100/35–40; no motion', 'GKU'],
    ]),
  },
  {
    code: 'CT_CHEST',
    modality: 'CT',
    name: { zh: 'CT 胸部', en: 'CT chest' },
    bodyPart: /胸|肺|CHEST|LUNG|THORAX/i,
    hints: hintsOf([
      ['positioning', '肺尖至肋膈角;屏气;双臂上举', 'Apex to CP angle; breath held; arms up', 'GKU'],
      ['diagnostic', '必须有肺窗与纵隔窗', 'Must carry lung and mediastinal windows', 'S05'],
      [
        'technique',
        '肺窗 1500/−500,纵隔窗 400/40;薄层 ≤ 1–1.5 mm',
        'Lung 1500/−500, mediastinum 400/40; thin ≤ 1–1.5 mm',
        'GKU',
      ],
    ]),
  },
  {
    code: 'CT_ABDOMEN',
    modality: 'CT',
    name: { zh: 'CT 腹部', en: 'CT abdomen' },
    bodyPart: /腹|肝|胰|肾|ABDOMEN|LIVER|KIDNEY/i,
    hints: hintsOf([
      ['positioning', '膈顶至髂嵴或盆腔', 'Dome to iliac crest or pelvis', 'GKU'],
      [
        'technique',
        '动脉期 25–35 s,门脉期 60–70 s,延迟 3–5 min;注明口服造影剂',
        'Arterial 25–35 s, portal 60–70 s, delay 3–5 min; oral contrast noted',
        'GKU',
      ],
    ]),
  },
  {
    code: 'CT_BONE',
    modality: 'CT',
    name: { zh: 'CT 脊柱与骨', en: 'CT spine and bone' },
    bodyPart: /椎|脊柱|骨|SPINE|BONE|PELVIS/i,
    hints: hintsOf([
      [
        'technique',
        '骨窗 2000/400 与软组织窗;矢状、冠状重组',
        'Bone 2000/400 and soft window; sagittal and coronal MPR',
        'GKU',
      ],
    ]),
  },
  {
    code: 'CTA',
    modality: 'CT',
    name: { zh: 'CT 血管成像', en: 'CT angiography' },
    bodyPart: /血管|CTA|ANGIO/i,
    hints: hintsOf([
      [
        'diagnostic',
        '血管 ≥ 200–250 HU;静脉污染与混合;阶梯伪影',
        'Vessel ≥ 200–250 HU; venous contamination and mixing; step artefact',
        'GKU',
      ],
    ]),
  },
  {
    code: 'MR_HEAD',
    modality: 'MR',
    name: { zh: 'MR 头颅', en: 'MR head' },
    bodyPart: /头|颅|脑|HEAD|BRAIN/i,
    hints: hintsOf([
      ['positioning', '前后联合线;对称;颅底至颅顶', 'AC–PC angle; symmetric; skull base to vertex', 'GKU'],
      ['technique', 'T1、T2、FLAIR、DWI(+ADC);≤ 5–6 mm', 'T1, T2, FLAIR, DWI (+ADC); ≤ 5–6 mm', 'GKU'],
    ]),
  },
  {
    code: 'MR_SPINE',
    modality: 'MR',
    name: { zh: 'MR 脊柱', en: 'MR spine' },
    bodyPart: /椎|脊柱|SPINE/i,
    hints: hintsOf([
      [
        'technique',
        '矢状 T1/T2/STIR 与横断 T2;饱和带;节段标记',
        'Sagittal T1/T2/STIR and axial T2; saturation band; level marking',
        'GKU',
      ],
    ]),
  },
  {
    code: 'MR_JOINT',
    modality: 'MR',
    name: { zh: 'MR 关节', en: 'MR joint' },
    bodyPart: /膝|肩|踝|腕|髋|关节|KNEE|SHOULDER|ANKLE|WRIST|HIP|JOINT/i,
    hints: hintsOf([
      ['technique', '三个方位,PD 脂肪抑制;FOV 140–180 mm', 'Three planes, PD-FS; FOV 140–180 mm', 'GKU'],
    ]),
  },
  {
    code: 'MR_ABDOMEN',
    modality: 'MR',
    name: { zh: 'MR 腹部', en: 'MR abdomen' },
    bodyPart: /腹|肝|胰|肾|ABDOMEN|LIVER/i,
    hints: hintsOf([
      [
        'technique',
        'T2、同反相位、DWI、动态增强;呼吸门控',
        'T2, in/out phase, DWI, dynamic; respiratory gating',
        'GKU',
      ],
    ]),
  },
  {
    code: 'MR_ALL',
    modality: 'MR',
    name: { zh: 'MR 伪影', en: 'MR artefacts' },
    hints: hintsOf([
      [
        'diagnostic',
        '运动、卷褶、磁敏感、拉链、化学位移、截断、脂肪抑制失败、线圈',
        'Motion, wrap, susceptibility, zipper, chemical shift, Gibbs, failed fat suppression, coil',
        'S03, GKU',
      ],
    ]),
  },
];

/** The check-lists a CT or MR exam is read with: those of its part, then those of the modality. */
export const checksFor = (modality: string, description: string): readonly ExamChecks[] =>
  examChecks.filter(
    (checks) => checks.modality === modality && (checks.bodyPart === undefined || checks.bodyPart.test(description)),
  );
