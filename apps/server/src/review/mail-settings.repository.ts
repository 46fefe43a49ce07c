import type { UnitOfWork } from '../platform/database.ts';

const mailKey = 'notices.mail';

export const findMailSettings = async ({ db, hospitalId }: UnitOfWork): Promise<unknown> =>
  (
    await db
      .selectFrom('hospital_setting')
      .select('value')
      .where('hospital_id', '=', hospitalId)
      .where('key', '=', mailKey)
      .executeTakeFirst()
  )?.value;

export const writeMailSettings = async (
  { db, hospitalId }: UnitOfWork,
  value: object,
  { at, by }: { at: Date; by: string },
): Promise<void> => {
  const row = { value: JSON.stringify(value), changed_at: at, changed_by: by };
  await db
    .insertInto('hospital_setting')
    .values({ hospital_id: hospitalId, key: mailKey, ...row })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'key']).doUpdateSet(row))
    .execute();
};
