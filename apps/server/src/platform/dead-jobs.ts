import { sql } from 'kysely';
import type { Database } from './database.ts';
import { jobChannel } from './job-registry.ts';

export interface DeadJob {
  jobId: number;
  hospitalId: string;
  name: string;
  error: string;
  attempts: number;
  createdAt: Date;
}

/** Jobs that were given up, oldest first. */
export const deadJobs = (database: Database): Promise<DeadJob[]> =>
  database.withSystem(async ({ db }) => {
    const rows = await db.selectFrom('job').selectAll().where('state', '=', 'dead').orderBy('job_id').execute();
    return rows.map((row) => ({
      jobId: row.job_id,
      hospitalId: row.hospital_id,
      name: row.name,
      error: row.last_error ?? '',
      attempts: row.attempts,
      createdAt: row.created_at,
    }));
  });

/** Lets the named ones (null: all) run again with fresh attempts; answers how many. */
export const reviveJobs = (database: Database, jobIds: readonly number[] | null): Promise<number> =>
  database.withSystem(async ({ db }) => {
    const dead = db
      .updateTable('job')
      .set({ state: 'waiting', attempts: 0, run_after: sql<Date>`now()` })
      .where('state', '=', 'dead');
    const { numUpdatedRows } = await (
      jobIds === null ? dead : dead.where('job_id', 'in', [...jobIds])
    ).executeTakeFirst();
    await sql`select pg_notify(${jobChannel}, '')`.execute(db);
    return Number(numUpdatedRows);
  });

/** What was done long ago is history that nobody reads. */
const keepDoneDays = 7;

export const forgetDoneJobs = (database: Database): Promise<void> =>
  database.withSystem(async ({ db }) => {
    await db
      .deleteFrom('job')
      .where('state', '=', 'done')
      .where(sql<boolean>`done_at < now() - make_interval(days => ${keepDoneDays})`)
      .execute();
  });
