import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

const writtenKey = 'notices.digests-written';

/** The day whose digests were written last; null before the first. */
export const findWrittenDay = async ({ db, hospitalId }: UnitOfWork): Promise<string | null> => {
  const found = await db
    .selectFrom('hospital_setting')
    .select('value')
    .where('hospital_id', '=', hospitalId)
    .where('key', '=', writtenKey)
    .executeTakeFirst();
  return typeof found?.value === 'string' ? found.value : null;
};

export const saveWrittenDay = async ({ db, hospitalId }: UnitOfWork, day: string, at: Date): Promise<void> => {
  const row = { value: JSON.stringify(day), changed_at: at, changed_by: null };
  await db
    .insertInto('hospital_setting')
    .values({ hospital_id: hospitalId, key: writtenKey, ...row })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'key']).doUpdateSet(row))
    .execute();
};

/** Accounts of people who may have taken films. */
export const findStaffAccounts = async ({
  db,
  hospitalId,
}: UnitOfWork): Promise<{ account_id: string; staff_id: string }[]> => {
  const found = await sql<{ account_id: string; staff_id: string }>`select account_id, staff_id from account
    where hospital_id = ${hospitalId} and disabled_at is null and staff_id is not null
    order by account_id`.execute(db);
  return found.rows;
};
