import type { UnitOfWork } from '../platform/database.ts';

const settingKey = 'protocols.calculators';

export const findCalculatorSettings = ({ db, hospitalId }: UnitOfWork) =>
  db
    .selectFrom('hospital_setting')
    .select(['value', 'changed_at'])
    .where('hospital_id', '=', hospitalId)
    .where('key', '=', settingKey)
    .executeTakeFirst();

export const writeCalculatorSettings = async (
  { db, hospitalId }: UnitOfWork,
  value: unknown,
  { at, by }: { at: Date; by: string | null },
): Promise<void> => {
  const row = { value: JSON.stringify(value), changed_at: at, changed_by: by };
  await db
    .insertInto('hospital_setting')
    .values({ hospital_id: hospitalId, key: settingKey, ...row })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'key']).doUpdateSet(row))
    .execute();
};
