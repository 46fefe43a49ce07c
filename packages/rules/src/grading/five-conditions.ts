import type { LocalText } from '../local-text.ts';
import { defaultDeductions } from './default-deductions.ts';
import { defaultStandard } from './default-standard.ts';
import type { Condition, DeductionItem, ReviewStandard } from './standard.ts';

const text = (zh: string, en: string): LocalText => ({ zh, en });
const condition = (code: string, name: LocalText, ...items: LocalText[]): Condition => ({
  code,
  kind: 'basic',
  name,
  items,
  source: 'S01',
  verified: true,
});

/** The five conditions for 甲 of a hospital's quality indicators (S01). */
const conditions: readonly Condition[] = [
  condition(
    'POSITION',
    text('部位与投照', 'Part and projection'),
    text('部位正确,中心线准确,边缘对称', 'Part positioned rightly, central ray accurate, edges symmetric'),
    text('照片尺寸与照射野适当', 'Film and field size right'),
  ),
  condition(
    'IMAGE_QUALITY',
    text('影像质量', 'Image quality'),
    text('密度、对比度、清晰度良好', 'Density, contrast and sharpness good'),
    text('无可见斑点,解剖结构清楚,失真小', 'No visible mottle, anatomy clear, little distortion'),
  ),
  condition(
    'ARTEFACT',
    text('无伪影', 'No artefact'),
    text('无污迹、划痕与异物影', 'No dirt, scratch or foreign-body shadow'),
  ),
  condition(
    'ANNOTATION',
    text('资料与标记', 'Data and marks'),
    text('患者资料完整正确,左右等标记齐全', 'Patient data complete and right, sides and other marks present'),
    text('标记不压解剖结构', 'Marks not over anatomy'),
  ),
  condition(
    'CONTRAST_FILLING',
    text('造影充盈', 'Contrast filling'),
    text('造影检查充盈均匀满意', 'In a contrast study, filling even and satisfactory'),
  ),
];

/** Which of the five conditions each of the default catalogue's belongs to. */
const conditionOf: Readonly<Record<string, string>> = {
  POSITION: 'POSITION',
  FIELD: 'POSITION',
  REQUEST: 'POSITION',
  OPERATION: 'IMAGE_QUALITY',
  DENSITY_CONTRAST: 'IMAGE_QUALITY',
  SHARPNESS: 'IMAGE_QUALITY',
  DISTORTION: 'IMAGE_QUALITY',
  TIDINESS: 'ARTEFACT',
  ANNOTATION: 'ANNOTATION',
  LAYOUT: 'ANNOTATION',
};
const externalObject = 'D09';

const filling: DeductionItem = {
  code: 'D19',
  name: text('造影充盈不均匀', 'Contrast filling uneven'),
  key: 'G',
  group: 'image-quality',
  condition: 'CONTRAST_FILLING',
  steps: [10, 20],
  appliesTo: ['projection', 'cross-sectional'],
  source: 'PD',
  verified: false,
};

/**
 * Rule family of five conditions: 甲 meets all, 乙 misses one (S01), 丙 two or three (GKU). Any defect makes its condition
 * short, so one point is enough; the points and the scale of the default standard (PD, GKU) hold beside it.
 */
export const fiveConditions: ReviewStandard = {
  ...defaultStandard,
  id: 'five-conditions',
  name: text('五项条件评片标准', 'Standard of five conditions'),
  conditionFailPoints: 1,
  conditionFailPointsSource: { source: 'S01', verified: true },
  conditions,
  deductions: [
    ...defaultDeductions.map((item): DeductionItem => ({
      ...item,
      condition: item.code === externalObject ? 'ARTEFACT' : (conditionOf[item.condition] ?? item.condition),
    })),
    filling,
  ],
};
