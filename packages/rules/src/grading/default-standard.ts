import { defaultConditions } from './default-conditions.ts';
import { defaultDeductions } from './default-deductions.ts';
import { rejectReasons } from './reject-reasons.ts';
import type { ReviewStandard } from './standard.ts';

/**
 * The review standard a hospital starts with. 甲 ≥ 90, 乙 ≥ 75, 丙 ≥ 60 of 100 points is common habit (GKU, no national
 * table found); no / one / two or three conditions not met make 甲 / 乙 / 丙 (S01 for the first two, GKU for the third);
 * 10 points lost in one condition make it "not met" (PD), so that two trifles do not make 丙 at 90 points.
 */
export const defaultStandard: ReviewStandard = {
  id: 'default',
  version: 1,
  name: { zh: '通用评片标准', en: 'General review standard' },
  startScore: 100,
  scale: [
    { grade: 'A', atLeast: 90 },
    { grade: 'B', atLeast: 75 },
    { grade: 'C', atLeast: 60 },
  ],
  scaleSource: { source: 'GKU', verified: false },
  conditionFailPoints: 10,
  conditionFailPointsSource: { source: 'PD', verified: false },
  conditionScale: [
    { grade: 'A', atMostNotMet: 0 },
    { grade: 'B', atMostNotMet: 1 },
    { grade: 'C', atMostNotMet: 3 },
  ],
  conditionScaleSource: { source: 'GKU', verified: false },
  conditions: defaultConditions,
  deductions: defaultDeductions,
  rejectReasons,
};
