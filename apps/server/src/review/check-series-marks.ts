import { AppError } from '@jiapian/kernel';
import { strayingSeriesMark, type Mark, type SeriesMark } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findSeriesOfExam } from './describe-film.repository.ts';

/** Refuses marks of series that are not of the film's exam, or of items the reading does not deduct. */
export const checkSeriesMarks = async (
  unit: UnitOfWork,
  film: { exam_id: string } | undefined,
  { marks, seriesMarks = [] }: { marks: readonly Mark[]; seriesMarks?: readonly SeriesMark[] | undefined },
): Promise<void> => {
  if (!film || seriesMarks.length === 0) return;
  const straying = strayingSeriesMark(marks, seriesMarks, await findSeriesOfExam(unit, film.exam_id));
  if (straying) throw new AppError('REVIEW_MARK_UNKNOWN', { code: straying.code });
};
