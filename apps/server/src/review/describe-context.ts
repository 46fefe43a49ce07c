import type { FilmContext } from '@jiapian/contract';
import { DAY_MS, AppError } from '@jiapian/kernel';
import { wilsonInterval } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { countHistory, countHistoryMarks, findReferenceImage } from './film-context.repository.ts';
import { findFilmRow, type Viewer } from './film-rows.repository.ts';

const historyDays = 30;
const historyMarks = 3;

/** What stands beside a film: a good film of the same position, and how this device and position have done. */
export const describeContext = async (unit: UnitOfWork, viewer: Viewer, filmId: string): Promise<FilmContext> => {
  if (!(await findFilmRow(unit, viewer, filmId))) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const sinceDay = new Date(viewer.now.getTime() - historyDays * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const reference = await findReferenceImage(unit, filmId);
  const { graded, good, rejected } = await countHistory(unit, filmId, sinceDay);
  return {
    reference: reference && {
      sopInstanceUid: reference.sop_instance_uid,
      rows: reference.rows ?? 0,
      columns: reference.columns ?? 0,
    },
    history: {
      days: historyDays,
      graded,
      rejected,
      gradeAOrB: wilsonInterval(good, graded),
      marks: await countHistoryMarks(unit, filmId, sinceDay, historyMarks),
    },
  };
};
