import type { ReviewStandard } from './standard.ts';

/** A defect the reader marked: the item's code and how often its key was pressed, counted from 1. */
export interface Mark {
  readonly code: string;
  readonly step: number;
}

/** The first mark or condition that the standard does not have, as facts for an error; null when it has all. */
export const unknownMark = (
  standard: ReviewStandard,
  marks: readonly Mark[],
  conditionsDeclaredNotMet: readonly string[],
): Readonly<Record<string, unknown>> | null => {
  for (const { code, step } of marks) {
    const item = standard.deductions.find((candidate) => candidate.code === code);
    if (item?.steps[step - 1] === undefined) return { code, step };
  }
  const isKnown = (code: string) => standard.conditions.some((condition) => condition.code === code);
  const condition = conditionsDeclaredNotMet.find((code) => !isKnown(code));
  return condition === undefined ? null : { condition };
};
