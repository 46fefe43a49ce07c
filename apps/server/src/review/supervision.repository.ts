import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export const findSupervisions = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('supervision')
    .innerJoin('staff as trainee', (join) =>
      join
        .onRef('trainee.hospital_id', '=', 'supervision.hospital_id')
        .onRef('trainee.staff_id', '=', 'supervision.trainee_staff_id'),
    )
    .innerJoin('staff as supervisor', (join) =>
      join
        .onRef('supervisor.hospital_id', '=', 'supervision.hospital_id')
        .onRef('supervisor.staff_id', '=', 'supervision.supervisor_staff_id'),
    )
    .select(['trainee_staff_id', 'supervisor_staff_id', 'from_day', 'to_day'])
    .select(['trainee.name as trainee_name', 'supervisor.name as supervisor_name'])
    .where('supervision.hospital_id', '=', unit.hospitalId)
    .orderBy('from_day', 'desc')
    .limit(500)
    .execute();

/** From a day on, a trainee's films count for the supervisor; a new row from the same day takes the place of the old. */
export const saveSupervision = async (
  unit: UnitOfWork,
  row: { traineeStaffId: string; supervisorStaffId: string; fromDay: string; toDay: string | null },
): Promise<void> => {
  const values = { supervisor_staff_id: row.supervisorStaffId, to_day: row.toDay };
  await unit.db
    .insertInto('supervision')
    .values({ hospital_id: unit.hospitalId, trainee_staff_id: row.traineeStaffId, from_day: row.fromDay, ...values })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'trainee_staff_id', 'from_day']).doUpdateSet(values))
    .execute();
};

/** How many of the two people are staff of this hospital. */
export const countStaff = async (unit: UnitOfWork, staffIds: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from staff
    where hospital_id = ${unit.hospitalId} and staff_id = any(${staffIds}::uuid[])`.execute(unit.db);
  return rows[0]?.count ?? 0;
};
