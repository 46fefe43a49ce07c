import type { Mark } from './mark.ts';

/** A series of a CT or MR exam in which a deduction was seen. */
export interface SeriesMark {
  readonly seriesInstanceUid: string;
  readonly code: string;
}

/**
 * How marks of series make the grade of the exam: an item that is seen in any series counts for the exam once, at the step
 * the reader gave it, in however many series it is seen; the exam stays one unit in every rate. So series marks name
 * places and change no grade: only a mark of a series that is not the exam's, or of an item that is not deducted, is wrong.
 * Answers the first of those, or null.
 */
export const strayingSeriesMark = (
  marks: readonly Mark[],
  seriesMarks: readonly SeriesMark[],
  seriesOfExam: readonly string[],
): SeriesMark | null =>
  seriesMarks.find(
    ({ seriesInstanceUid, code }) =>
      !seriesOfExam.includes(seriesInstanceUid) || !marks.some((mark) => mark.code === code),
  ) ?? null;
