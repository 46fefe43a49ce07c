import { AppError, type Clock } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import type { FrameSource } from './frame-source.ts';
import type { Analysed } from './measure-job.ts';
import type { MeasurePool } from './measure-pool.ts';
import { saveAnalysis } from './save-analysis.ts';
import { findSubjectContext, type SubjectContext } from './subject-context.repository.ts';
import { type DueTask, endTask, holdTask, takeTasks } from './tasks.repository.ts';

export interface MeasuringParts {
  database: Database;
  clock: Clock;
  store: Pick<ObjectStore, 'path'>;
  pool: MeasurePool;
  log: Pick<Log, 'warn'>;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

/** Tasks taken at once: few, so that an urgent one waits for few. */
const tasksAtOnce = 2;
/** A subject that fails this often is marked and left [PD]. */
const mostAttempts = 3;

/** Measures what waits until nothing does, or until it is told to stop. Answers how many subjects were measured. */
export const measureTasks = async (parts: MeasuringParts, signal: AbortSignal): Promise<number> => {
  let measured = 0;
  while (!signal.aborted) {
    const due = await parts.database.withSystem((system) => takeTasks(system, tasksAtOnce, parts.clock.now()));
    if (due.length === 0) break;
    await Promise.all(due.map((task) => measureTask(parts, task)));
    measured += due.length;
  }
  return measured;
};

const measureTask = async (parts: MeasuringParts, task: DueTask): Promise<void> => {
  const { database, clock, log, liveEvents } = parts;
  const startedAt = performance.now();
  try {
    const context = await database.withHospital(task.hospitalId, (unit) => findSubjectContext(unit, task));
    const { analysed, failureReason } = await analyse(parts, context);
    await database.withHospital(task.hospitalId, async (unit) => {
      if (!(await holdTask(unit, task))) return;
      const durationMs = performance.now() - startedAt;
      if (context.objects.length > 0)
        await saveAnalysis(unit, clock, { task, context, analysed, failureReason, durationMs });
      await endTask(unit, task, failureReason === null ? 'done' : 'failed');
      await liveEvents.publishWith(unit, 'analysis.changed', { examId: task.examId });
    });
  } catch (error) {
    log.warn('analysis.failed', { subject: task.subjectUid, attempts: task.attempts, code: codeOf(error) });
    // Our own trouble (database, disk) is tried again when the lease ends; one subject must not be tried for ever.
    if (task.attempts >= mostAttempts)
      await database.withHospital(task.hospitalId, (unit) => endTask(unit, task, 'failed'));
  }
};

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'unknown');

/** A file that hangs or ends its thread marks itself; its header is read all the same when that is possible. */
const analyse = async (
  { store, pool }: MeasuringParts,
  { objects }: SubjectContext,
): Promise<{ analysed: Analysed; failureReason: string | null }> => {
  const sources: FrameSource[] = [];
  for (const { objectId, dataSetOffset, transferSyntaxUid, numberOfFrames } of objects)
    sources.push({ path: await store.path(objectId), dataSetOffset, transferSyntaxUid, numberOfFrames });
  try {
    return { analysed: await pool.run({ scope: 'whole', sources }, 'arrived'), failureReason: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'limit') throw error;
    const reason = typeof error.facts['reason'] === 'string' ? error.facts['reason'] : error.code;
    const header = await pool.run({ scope: 'header', sources: sources.slice(0, 1) }, 'arrived').catch(() => unread);
    const notMeasured = [...header.notMeasured, { metric: 'pixels', reason }];
    return { analysed: { ...header, notMeasured }, failureReason: reason };
  }
};

const unread: Analysed = { header: null, measurements: [], notMeasured: [] };
