import { randomUUID } from 'node:crypto';
import { AppError, transition } from '@jiapian/kernel';
import { fallsIntoShare, reviewTaskTable } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { isFilmInConsultation } from './consultation-standing.repository.ts';
import { policyInForce } from './review-policy.ts';
import { closeTask, findOpenTasks, insertTask } from './task.repository.ts';

/**
 * After a first reading: a share of films is read by a second person, a share is shown to the same one again. Which
 * ones follows from the policy's seed and the film, so that neither reader can foresee or choose it.
 */
export const openTasks = async (
  unit: UnitOfWork,
  read: { filmId: string; readingId: string; accountId: string; at: Date },
): Promise<void> => {
  const { content, seed } = await policyInForce(unit, read.at);
  const { secondShare, repeatShare } = content.doubleReading;
  const task = { filmId: read.filmId, firstReadingId: read.readingId, at: read.at };
  if (fallsIntoShare(seed, read.filmId, secondShare))
    await insertTask(unit, { ...task, taskId: randomUUID(), kind: 'second' });
  if (fallsIntoShare(seed, `repeat ${read.filmId}`, repeatShare)) {
    await insertTask(unit, { ...task, taskId: randomUUID(), kind: 'repeat', forAccount: read.accountId });
  }
};

/** A film that somebody settles keeps its grade until then; it can be neither graded anew nor taken back. */
export const requireSettled = async (unit: UnitOfWork, filmId: string): Promise<void> => {
  const open = await findOpenTasks(unit, filmId);
  const settling = open.find(({ kind }) => kind === 'arbitration' || kind === 'appeal');
  if (settling) throw new AppError('REVIEW_UNDER_REVIEW', { kind: settling.kind });
  await requireNoConsultation(unit, filmId);
};

/** While senior staff judge a film together, nobody else gives it a grade. */
export const requireNoConsultation = async (unit: UnitOfWork, filmId: string): Promise<void> => {
  if (await isFilmInConsultation(unit, filmId)) throw new AppError('REVIEW_UNDER_REVIEW', { kind: 'consultation' });
};

/** The grade they are about was taken back or given anew. */
export const dropTasks = async (unit: UnitOfWork, filmId: string, at: Date): Promise<void> => {
  for (const { task_id, state } of await findOpenTasks(unit, filmId)) {
    const next = transition(reviewTaskTable, state, 'dropped');
    if (next.ok) await closeTask(unit, task_id, { state: next.value, at, readingId: null });
  }
};
