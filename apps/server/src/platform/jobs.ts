import { AppError } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { Database, SystemUnitOfWork } from './database.ts';
import { jobChannel, type JobRegistry } from './job-registry.ts';
import type { Log } from './log.ts';

export interface JobDispatcher {
  start(): void;
  /** Rejects when no batch has succeeded for a while. */
  check(): Promise<void>;
  /** Finishes the batch in hand and takes no other. */
  stop(): Promise<void>;
  /** Works until nothing is due; for tests and for the command line. */
  drain(): Promise<void>;
}

interface DueJob {
  hospital_id: string;
  job_id: number;
  name: string;
  payload: unknown;
  attempts: number;
}

const batchSize = 50;
const pollMs = 1_000;
const maxAttempts = 12;
const firstRetryMs = 1_000;
const longestRetryMs = 600_000;
const silentTooLongMs = 30_000;

/** Takes due jobs in batches: the effect of a job and its being done are one transaction. */
export const createJobDispatcher = (database: Database, registry: JobRegistry, log: Log): JobDispatcher => {
  let isRunning = false;
  let loop: Promise<void> = Promise.resolve();
  let wake: () => void = () => undefined;
  let unlisten: () => void = () => undefined;
  let lastSuccessAt = Date.now();
  let isFailing = false;

  const runBatch = async (): Promise<number> => {
    const count = await database.withSystem(async (system) => {
      const due = await takeDue(system);
      for (const one of due) await runJob(system, one, registry, log);
      return due.length;
    });
    lastSuccessAt = Date.now();
    isFailing = false;
    return count;
  };

  const work = async (): Promise<void> => {
    while (isRunning) {
      const count = await runBatch().catch((error: unknown) => {
        // An outage of minutes is one line, not one for each second.
        if (!isFailing) log.error('jobs.batch-failed', {}, error);
        isFailing = true;
        return 0;
      });
      if (count === batchSize || !isRunning) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    start: () => {
      isRunning = true;
      unlisten = database.listen(jobChannel, () => wake());
      loop = work();
    },
    stop: async () => {
      isRunning = false;
      unlisten();
      wake();
      await loop;
    },
    check: async () => {
      const silentMs = Date.now() - lastSuccessAt;
      if (silentMs > silentTooLongMs) throw new AppError('DATABASE_UNAVAILABLE', { silentMs });
    },
    drain: async () => {
      while ((await runBatch()) > 0);
    },
  };
};

const takeDue = (system: SystemUnitOfWork): Promise<DueJob[]> =>
  system.db
    .selectFrom('job')
    .select(['hospital_id', 'job_id', 'name', 'payload', 'attempts'])
    .where('state', '=', 'waiting')
    .where(sql<boolean>`run_after <= now()`)
    .orderBy('run_after')
    .orderBy('job_id')
    .limit(batchSize)
    .forUpdate()
    .skipLocked()
    .execute();

const runJob = async (system: SystemUnitOfWork, due: DueJob, registry: JobRegistry, log: Log): Promise<void> => {
  const { db } = system;
  await sql`savepoint job`.execute(db);
  try {
    const definition = registry.find(due.name);
    if (!definition) throw new AppError('SERVER_DEFECT', { reason: 'no such job', job: due.name });
    await bindTo(system, due.hospital_id);
    await definition.handle(system.asHospital(due.hospital_id), due.payload as never);
    await sql`select set_config('jiapian.scope', 'system', true)`.execute(db);
    await finish(system, due, { state: 'done', done_at: new Date() });
    await sql`release savepoint job`.execute(db);
  } catch (error) {
    // Without its savepoint the whole batch is lost, and is taken again as a whole.
    await sql`rollback to savepoint job`.execute(db);
    const outcome = outcomeOf(error, due.attempts + 1);
    await finish(system, due, outcome.row);
    log[outcome.row.state === 'done' ? 'info' : 'warn']('job.failed', {
      job: due.name,
      jobId: due.job_id,
      attempts: due.attempts + 1,
      outcome: outcome.word,
    });
    if (outcome.row.state === 'dead') log.error('job.dead', { job: due.name, jobId: due.job_id }, error);
  }
};

/** A handler sees its hospital only; the savepoint takes the settings back when it fails. */
const bindTo = async ({ db }: SystemUnitOfWork, hospitalId: string): Promise<void> => {
  await sql`select set_config('jiapian.scope', '', true), set_config('jiapian.hospital_id', ${hospitalId}, true)`.execute(
    db,
  );
};

interface JobChange {
  state: 'waiting' | 'done' | 'dead';
  done_at?: Date;
  run_after?: Date;
  last_error?: string;
}

const finish = async ({ db }: SystemUnitOfWork, due: DueJob, change: JobChange): Promise<void> => {
  await db
    .updateTable('job')
    .set({ ...change, attempts: due.attempts + 1 })
    .where('hospital_id', '=', due.hospital_id)
    .where('job_id', '=', due.job_id)
    .execute();
};

/** The column "job" of the table of error kinds in ARCHITECTURE.md. */
const outcomeOf = (error: unknown, attempts: number): { word: string; row: JobChange } => {
  const last_error = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown';
  const kind = error instanceof AppError ? error.kind : null;
  if (kind === 'not-found') return { word: 'drop', row: { state: 'done', done_at: new Date(), last_error } };
  const isFinal = kind === 'invalid' || kind === 'defect' || kind === 'forbidden' || kind === 'unprocessable';
  const isSecondConflict = kind === 'conflict' && attempts > 1;
  if (isFinal || isSecondConflict || attempts >= maxAttempts)
    return { word: 'dead', row: { state: 'dead', last_error } };
  const waitMs = Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs);
  return { word: 'retry', row: { state: 'waiting', run_after: new Date(Date.now() + waitMs), last_error } };
};

/** Waiting and dead jobs of all hospitals; done ones are history. */
export const countJobs = (database: Database): Promise<[{ state: string }, number][]> =>
  database.withSystem(async ({ db }) => {
    const rows = await db
      .selectFrom('job')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('state', 'in', ['waiting', 'dead'])
      .groupBy('state')
      .execute();
    return (['waiting', 'dead'] as const).map((state) => [
      { state },
      rows.find((row) => row.state === state)?.count ?? 0,
    ]);
  });
