import { randomUUID } from 'node:crypto';
import { AppError, transition, type Clock, type Grade } from '@jiapian/kernel';
import { appealEndsAt, appealTable, reviewTaskTable } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { closeAppeal, insertAppeal, lockAppeal } from './appeal.repository.ts';
import { findAccountsOfFilm, insertNotices } from './notice.repository.ts';
import { requireNoConsultation } from './open-tasks.ts';
import type { Reader } from './reader.ts';
import { policyInForce } from './review-policy.ts';
import { lockFilmRow } from './review.repository.ts';
import { closeTask, findOpenTasks, findReading, insertTask } from './task.repository.ts';

/** Refused unless the film is this person's own, or counts for them. */
export const requireOwnFilm = (
  film: { technologist_id: string | null; accountable_id: string | null } | undefined,
  { staffId }: Reader,
): void => {
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const isOwn = staffId !== null && [film.technologist_id, film.accountable_id].includes(staffId);
  if (!isOwn) throw new AppError('REVIEW_NOT_OWN_FILM');
};

/** The technologist does not agree with a grade (申诉): somebody who cannot see it decides. Once for each grade. */
export const appealGrade = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  filmId: string,
  reason: string,
): Promise<{ appealId: string }> => {
  const at = clock.now();
  const film = await lockFilmRow(unit, filmId);
  requireOwnFilm(film, reader);
  const reading = film?.reading_id ? await findReading(unit, film.reading_id) : undefined;
  // A ruling and an appeal's decision are final: two people or more have looked.
  if (!film || !reading || reading.grade === null || reading.kind !== 'first')
    throw new AppError('REVIEW_APPEAL_CLOSED');
  const { content } = await policyInForce(unit, at);
  const endsAt = appealEndsAt(reading.at, content.appealWindowDays);
  if (at > endsAt) throw new AppError('REVIEW_APPEAL_CLOSED', { endsAt: endsAt.toISOString() });
  const open = await findOpenTasks(unit, filmId);
  if (open.some(({ kind }) => kind === 'arbitration')) throw new AppError('REVIEW_UNDER_REVIEW');
  await requireNoConsultation(unit, filmId);
  const appealId = randomUUID();
  const isNew = await insertAppeal(unit, {
    ...{ appealId, filmId, readingId: reading.reading_id, accountId: reader.accountId, reason, at },
    grade: reading.grade,
    score: reading.score,
  });
  if (!isNew) throw new AppError('REVIEW_APPEAL_CLOSED');
  // The decision on the appeal takes the place of a second reading that nobody has made yet.
  for (const { task_id, state } of open) {
    const next = transition(reviewTaskTable, state, 'dropped');
    if (next.ok) await closeTask(unit, task_id, { state: next.value, at, readingId: null });
  }
  const firstReadingId = reading.reading_id;
  await insertTask(unit, { taskId: randomUUID(), filmId, kind: 'appeal', firstReadingId, appealId, at });
  await insertNotices(unit, [reading.account_id], {
    kind: 'appeal-opened',
    filmId,
    facts: { grade: reading.grade },
    at,
  });
  await recordEntry(unit, by, {
    action: 'review.appeal-opened',
    subjectKind: 'film',
    subjectId: filmId,
    facts: { appealId, readingId: reading.reading_id },
  });
  return { appealId };
};

/** Both are told: whoever appealed, and whoever gave the grade. */
export const settleAppeal = async (
  unit: UnitOfWork,
  appealId: string,
  decided: { at: Date; grade: Grade; score: number; readingId: string },
): Promise<void> => {
  const appeal = await lockAppeal(unit, appealId);
  if (!appeal) throw new AppError('REVIEW_TASK_NOT_FOUND');
  const isSame = appeal.grade_before === decided.grade && appeal.score_before === decided.score;
  const next = transition(appealTable, appeal.state, isSame ? 'same-result' : 'other-result');
  if (!next.ok) throw new AppError('REVIEW_TASK_CLOSED', { state: appeal.state });
  await closeAppeal(unit, appealId, { state: next.value, ...decided });
  const first = await findReading(unit, appeal.reading_id);
  const to = [
    appeal.account_id,
    ...(first ? [first.account_id] : []),
    ...(await findAccountsOfFilm(unit, appeal.film_id)),
  ];
  await insertNotices(unit, to, {
    kind: 'appeal-decided',
    filmId: appeal.film_id,
    facts: { before: appeal.grade_before, after: decided.grade, state: next.value },
    at: decided.at,
  });
};

/** Taken back by whoever appealed, while nobody has decided. */
export const withdrawAppeal = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  appealId: string,
): Promise<void> => {
  const at = clock.now();
  const appeal = await lockAppeal(unit, appealId);
  if (!appeal || appeal.account_id !== reader.accountId) throw new AppError('REVIEW_NOT_OWN_FILM');
  const next = transition(appealTable, appeal.state, 'taken-back');
  if (!next.ok) throw new AppError('REVIEW_APPEAL_CLOSED', { state: appeal.state });
  await closeAppeal(unit, appealId, { state: next.value, at, grade: null, score: null, readingId: null });
  for (const { task_id, kind, state } of await findOpenTasks(unit, appeal.film_id)) {
    const dropped = transition(reviewTaskTable, state, 'dropped');
    if (kind === 'appeal' && dropped.ok) await closeTask(unit, task_id, { state: dropped.value, at, readingId: null });
  }
  const fact = { action: 'review.appeal-withdrawn', subjectKind: 'film', subjectId: appeal.film_id };
  await recordEntry(unit, by, { ...fact, facts: { appealId } });
};
