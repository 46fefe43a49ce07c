import { defaultStandard } from './default-standard.ts';
import { fiveConditions } from './five-conditions.ts';
import type { ReviewStandard } from './standard.ts';

/** Names of the ready-made standards, in the order of the menu. */
export const templateNames = ['default', 'five-conditions', 'three-grade', 'excellent-good'] as const;
/** Name of a ready-made standard. */
export type TemplateName = (typeof templateNames)[number];

/** Ready-made standards to begin a draft from. Grade scales of the last two are product defaults [PD]. */
export const standardTemplates: Readonly<Record<TemplateName, ReviewStandard>> = {
  default: defaultStandard,
  'five-conditions': fiveConditions,
  'three-grade': {
    ...defaultStandard,
    id: 'three-grade',
    name: { zh: '三级评片标准', en: 'Standard of three grades' },
    gradeNames: {
      A: { zh: '优质', en: 'Good' },
      B: { zh: '合格', en: 'Acceptable' },
      reject: { zh: '废片', en: 'Reject' },
    },
    scale: [
      { grade: 'A', atLeast: 85 },
      { grade: 'B', atLeast: 60 },
    ],
    scaleSource: { source: 'PD', verified: false },
    conditionScale: [
      { grade: 'A', atMostNotMet: 0 },
      { grade: 'B', atMostNotMet: 3 },
    ],
    conditionScaleSource: { source: 'PD', verified: false },
    deductions: defaultStandard.deductions.map((item) => (item.cap === 'C' ? { ...item, cap: 'B' } : item)),
  },
  'excellent-good': {
    ...defaultStandard,
    id: 'excellent-good',
    name: { zh: '优良中差评片标准', en: 'Standard of excellent, good, fair and poor' },
    gradeNames: {
      A: { zh: '优', en: 'Excellent' },
      B: { zh: '良', en: 'Good' },
      C: { zh: '中', en: 'Fair' },
      reject: { zh: '差', en: 'Poor' },
    },
  },
};
