import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

/** A task that is not finished in this time was lost with its process. */
const leaseMinutes = 5;

/** Queues the films of an exam against the table in force on its device; without one, nothing. */
export const queueExam = async ({ db, hospitalId }: UnitOfWork, examId: string, now: Date): Promise<void> => {
  await sql`insert into compliance_task (hospital_id, film_id, table_id, priority, queued_at)
    select f.hospital_id, f.film_id, t.table_id, 0, ${now}
    from exam e
    join parameter_table t on t.hospital_id = e.hospital_id and t.device_id = e.device_id and t.state = 'in-force'
    join film f on f.hospital_id = e.hospital_id and f.exam_id = e.exam_id
    where e.hospital_id = ${hospitalId} and e.exam_id = ${examId}
    on conflict do nothing`.execute(db);
};

/** Queues the films of a device since a moment against a table that has come into force; answers how many. */
export const queueDevice = async (
  { db, hospitalId }: UnitOfWork,
  { deviceId, tableId, since, now }: { deviceId: string; tableId: string; since: Date; now: Date },
): Promise<number> => {
  const { numAffectedRows = 0n } = await sql`
    insert into compliance_task (hospital_id, film_id, table_id, priority, queued_at)
    select f.hospital_id, f.film_id, ${tableId}::uuid, 1, ${now}
    from exam e join film f on f.hospital_id = e.hospital_id and f.exam_id = e.exam_id
    where e.hospital_id = ${hospitalId} and e.device_id = ${deviceId} and e.exam_at >= ${since}
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
};

/** Queues films of the device whose position is no longer the one they were judged by. */
export const queueRepositioned = async ({ db, hospitalId }: UnitOfWork, examId: string, now: Date): Promise<void> => {
  await sql`insert into compliance_task (hospital_id, film_id, table_id, priority, queued_at)
    select distinct v.hospital_id, v.film_id, v.table_id, 0, ${now}::timestamptz
    from exam e
    join parameter_table t on t.hospital_id = e.hospital_id and t.device_id = e.device_id and t.state = 'in-force'
    join compliance_verdict v on v.hospital_id = t.hospital_id and v.table_id = t.table_id
    join film f on f.hospital_id = v.hospital_id and f.film_id = v.film_id and f.kind = 'image'
    where e.hospital_id = ${hospitalId} and e.exam_id = ${examId} and v.subject <> coalesce(f.position_code, '')
    on conflict do nothing`.execute(db);
};

export interface ComplianceTask {
  hospitalId: string;
  filmId: string;
  tableId: string;
  attempts: number;
}

/** Takes tasks of all hospitals, those of new films first; nobody else gets them while the lease lasts. */
export const takeTasks = async ({ db }: SystemUnitOfWork, limit: number, now: Date): Promise<ComplianceTask[]> => {
  const { rows } = await sql<ComplianceTask>`
    update compliance_task set leased_until = ${now}::timestamptz + make_interval(mins => ${leaseMinutes}), attempts = attempts + 1
    where (hospital_id, film_id, table_id) in (
      select hospital_id, film_id, table_id from compliance_task
      where leased_until is null or leased_until < ${now}
      order by priority, queued_at limit ${limit} for update skip locked)
    returning hospital_id as "hospitalId", film_id as "filmId", table_id as "tableId", attempts`.execute(db);
  return rows;
};

export const endTasks = async ({ db, hospitalId }: UnitOfWork, tasks: readonly ComplianceTask[]): Promise<void> => {
  await sql`delete from compliance_task where hospital_id = ${hospitalId}
    and (film_id, table_id) in (
      select * from unnest(${tasks.map(({ filmId }) => filmId)}::uuid[], ${tasks.map(({ tableId }) => tableId)}::uuid[]))`.execute(
    db,
  );
};

/** Films of these that still wait. */
export const countWaiting = async ({ db, hospitalId }: UnitOfWork, filmIds: readonly string[]): Promise<number> =>
  (
    await sql<{ count: number }>`select count(*)::integer as count from compliance_task
      where hospital_id = ${hospitalId} and film_id = any(${[...filmIds]}::uuid[])`.execute(db)
  ).rows[0]?.count ?? 0;
