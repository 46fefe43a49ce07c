import type { Grade } from '@jiapian/kernel';
import { gradeFilm } from './grade-film.ts';
import type { Mark } from './mark.ts';
import type { ReviewStandard } from './standard.ts';

/** A past reading as far as its grade can be worked out again. */
export interface PastReading {
  readonly grade: Grade;
  readonly marks: readonly Mark[];
  readonly conditionsNotMet: readonly string[];
  /** The reader graded otherwise than the rules, with a reason: that judgement is not the standard's to move. */
  readonly isOverridden: boolean;
}

/** The grade a past reading would have under another standard. */
export interface Regraded {
  readonly grade: Grade;
  /** Something the reader marked has no place in the other standard; without it the film may look too good. */
  readonly isPartial: boolean;
}

/** Which grade the same marks make under another standard. A reader's own judgement stays, but for a veto. */
export const regrade = (standard: ReviewStandard, reading: PastReading): Regraded => {
  const marks = reading.marks.filter(({ code, step }) => stepsOf(standard, code)[step - 1] !== undefined);
  const conditions = reading.conditionsNotMet.filter((code) => standard.conditions.some((each) => each.code === code));
  const outcome = gradeFilm(standard, marks, conditions);
  const isPartial = marks.length < reading.marks.length || conditions.length < reading.conditionsNotMet.length;
  const grade = reading.isOverridden && !outcome.isVetoed ? reading.grade : outcome.grade;
  return { grade, isPartial };
};

/**
 * The same for many readings: most of a month's have the same few sheets, and each is worked out once.
 */
export const regradeWith = (standard: ReviewStandard): ((reading: PastReading) => Regraded) => {
  const known = new Map<string, Regraded>();
  return (reading) => {
    const { grade, marks, conditionsNotMet, isOverridden } = reading;
    const sheet = JSON.stringify([
      isOverridden ? grade : null,
      marks.map(({ code, step }) => [code, step]),
      conditionsNotMet,
    ]);
    const found = known.get(sheet) ?? regrade(standard, reading);
    known.set(sheet, found);
    return found;
  };
};

const stepsOf = (standard: ReviewStandard, code: string): readonly number[] =>
  standard.deductions.find((item) => item.code === code)?.steps ?? [];
