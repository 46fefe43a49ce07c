/** Why a film could not be judged, or not fully; the words stand in the locale files. */
export const notJudgedReasons = [
  'position-unknown',
  'no-row',
  'phase-unknown',
  'no-row-for-phase',
  'age-unknown',
  'no-row-for-age',
  'size-unknown',
  'no-row-for-size',
  'weight-unknown',
  'header-silent',
] as const;
/** One reason. */
export type NotJudgedReason = (typeof notJudgedReasons)[number];
