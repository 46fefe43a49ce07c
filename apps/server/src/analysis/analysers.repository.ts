import type { Insertable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { DatabaseSchema } from '../platform/database-schema.ts';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

export interface AnalyserRow {
  hospitalId: string;
  analyserId: string;
  code: string;
  name: string;
  address: string;
  token: string;
  modalities: string[];
  positionCodes: string[];
  timeoutMs: number;
  largestMegabytes: number;
  isEnabled: boolean;
  failuresInARow: number;
  restingUntil: Date | null;
  lastFailure: string | null;
  lastFailureAt: Date | null;
  lastAnswerAt: Date | null;
  version: number;
}

const columns = sql`
  analyser.hospital_id as "hospitalId", analyser.analyser_id as "analyserId", analyser.code, analyser.name,
  analyser.address, analyser.token, analyser.modalities, analyser.position_codes as "positionCodes",
  analyser.timeout_ms as "timeoutMs", analyser.largest_megabytes as "largestMegabytes",
  analyser.is_enabled as "isEnabled", analyser.failures_in_a_row as "failuresInARow",
  analyser.resting_until as "restingUntil", analyser.last_failure as "lastFailure",
  analyser.last_failure_at as "lastFailureAt", analyser.last_answer_at as "lastAnswerAt", analyser.version`;

/** How many pictures wait for an analyser, how many it failed on, how many it answered. */
export interface AnalyserCounts {
  waiting: number;
  failed: number;
  answered: number;
}

export const findAnalysers = async ({ db, hospitalId }: UnitOfWork): Promise<(AnalyserRow & AnalyserCounts)[]> => {
  const { rows } = await sql<AnalyserRow & AnalyserCounts>`
    select ${columns}, count(task.*) filter (where task.state = 'waiting') as waiting,
      count(task.*) filter (where task.state = 'failed') as failed,
      count(task.*) filter (where task.state = 'done') as answered
    from analyser left join analyser_task task on task.hospital_id = analyser.hospital_id
      and task.analyser_id = analyser.analyser_id
    where analyser.hospital_id = ${hospitalId} group by analyser.hospital_id, analyser.analyser_id
    order by analyser.name, analyser.code`.execute(db);
  return rows;
};

export const findAnalyser = async (
  { db, hospitalId }: UnitOfWork,
  analyserId: string,
): Promise<AnalyserRow | undefined> => {
  const { rows } = await sql<AnalyserRow>`
    select ${columns} from analyser where hospital_id = ${hospitalId} and analyser_id = ${analyserId}`.execute(db);
  return rows[0];
};

/** Of all hospitals: enabled, not resting, and something waits for it. */
export const findDueAnalysers = async ({ db }: SystemUnitOfWork, now: Date): Promise<AnalyserRow[]> => {
  const { rows } = await sql<AnalyserRow>`
    select ${columns} from analyser
    where is_enabled and (resting_until is null or resting_until <= ${now})
      and exists (select from analyser_task task where task.hospital_id = analyser.hospital_id
        and task.analyser_id = analyser.analyser_id and task.state = 'waiting')
    order by analyser.analyser_id`.execute(db);
  return rows;
};

export const insertAnalyser = async (
  { db, hospitalId }: UnitOfWork,
  row: Omit<Insertable<DatabaseSchema['analyser']>, 'hospital_id'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('analyser')
    .values({ hospital_id: hospitalId, ...row })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'code']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
};

/** False when somebody else has changed it meanwhile. */
export const updateAnalyser = async (
  { db, hospitalId }: UnitOfWork,
  analyserId: string,
  row: Updateable<DatabaseSchema['analyser']>,
  version: number,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('analyser')
    .set({ ...row, version: version + 1 })
    .where('hospital_id', '=', hospitalId)
    .where('analyser_id', '=', analyserId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Counts a failure; from the `mostInARow`th on the analyser is left alone for a while. */
export const noteFailure = async (
  { db, hospitalId }: UnitOfWork,
  failed: { analyserId: string; reason: string; at: Date; mostInARow: number; restMs: number },
): Promise<void> => {
  await sql`
    update analyser set failures_in_a_row = failures_in_a_row + 1, last_failure = ${failed.reason},
      last_failure_at = ${failed.at}, resting_until = case when failures_in_a_row + 1 >= ${failed.mostInARow}
        then ${new Date(failed.at.getTime() + failed.restMs)}::timestamptz end
    where hospital_id = ${hospitalId} and analyser_id = ${failed.analyserId}`.execute(db);
};

export const noteAnswer = async ({ db, hospitalId }: UnitOfWork, analyserId: string, at: Date): Promise<void> => {
  await sql`
    update analyser set failures_in_a_row = 0, resting_until = null, last_answer_at = ${at}
    where hospital_id = ${hospitalId} and analyser_id = ${analyserId}`.execute(db);
};
