import { randomUUID } from 'node:crypto';
import { AppError, transition, type Clock } from '@jiapian/kernel';
import { filmTable } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { dropTasks, requireSettled } from './open-tasks.ts';
import type { Reader } from './reader.ts';
import { findLastReading, insertWithdrawal, lockFilmRow, stateOf, updateFilm } from './review.repository.ts';

/** How long a reader may take back a grade, in hours. [PD] */
const UNDO_HOURS = 24;

/** Takes back the reader's last grade; the reading stays, a withdrawal stands beside it. */
export const undoReading = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
): Promise<{ filmId: string }> => {
  const now = clock.now();
  const last = await findLastReading(unit, reader.accountId, new Date(now.getTime() - UNDO_HOURS * 3_600_000));
  if (!last) throw new AppError('REVIEW_NOTHING_TO_UNDO');
  const film = await lockFilmRow(unit, last.film_id);
  if (!film || film.reading_id !== last.reading_id) throw new AppError('REVIEW_NOTHING_TO_UNDO');
  await requireSettled(unit, film.film_id);
  const next = transition(filmTable, stateOf(film), 'withdrawn');
  if (!next.ok) throw new AppError('REVIEW_NOTHING_TO_UNDO', { state: next.reason.state });
  await insertWithdrawal(unit, {
    reading_id: randomUUID(),
    withdraws: last.reading_id,
    film_id: film.film_id,
    account_id: reader.accountId,
    at: now,
    software_version: softwareVersion,
  });
  await dropTasks(unit, film.film_id, now);
  await updateFilm(unit, film.film_id, next.value, { grade: null, score: null, readingId: null, gradedAt: null });
  await recordEntry(unit, by, {
    action: 'review.withdraw',
    subjectKind: 'film',
    subjectId: film.film_id,
    facts: { readingId: last.reading_id, grade: film.grade },
  });
  const payload = { filmId: film.film_id, examId: film.exam_id, readingId: last.reading_id };
  await unit.emit({ name: 'film.withdrawn', payload });
  return { filmId: film.film_id };
};
