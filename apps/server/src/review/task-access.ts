import { DAY_MS, AppError } from '@jiapian/kernel';
import { repeatAfterDays } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { requireNoConsultation } from './open-tasks.ts';
import { requireForeignFilm, type Reader } from './reader.ts';
import { hasRead, lockTask, type TaskForDecision } from './task.repository.ts';

/**
 * The task, if this person may do it: never on an own film, never on an own appeal, never on a film read before (but
 * for the repeat, which is of the same reader only), and an arbitration only with that right.
 */
export const requireTask = async (
  unit: UnitOfWork,
  { reader, mayArbitrate }: { reader: Reader; mayArbitrate: boolean },
  taskId: string,
  now: Date,
): Promise<TaskForDecision> => {
  const task = await lockTask(unit, taskId);
  if (!task) throw new AppError('REVIEW_TASK_NOT_FOUND');
  requireForeignFilm(task, reader);
  if (task.appellant_id === reader.accountId) throw new AppError('REVIEW_OWN_FILM');
  if (task.kind === 'arbitration' && !mayArbitrate) throw new AppError('REVIEW_TASK_NOT_FOUND');
  if (task.state === 'open' && task.kind === 'arbitration') await requireNoConsultation(unit, task.film_id);
  if (task.kind === 'repeat') {
    const isDue = task.created_at.getTime() <= now.getTime() - repeatAfterDays * DAY_MS;
    if (task.for_account !== reader.accountId || !isDue) throw new AppError('REVIEW_TASK_NOT_FOUND');
    return task;
  }
  if (task.state === 'open' && (await hasRead(unit, task.film_id, reader.accountId))) {
    throw new AppError('REVIEW_READ_BEFORE');
  }
  return task;
};
