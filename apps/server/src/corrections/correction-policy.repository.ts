import type { CorrectionPolicyValues } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';

const KEY = 'correctionPolicy';

export const readPolicyValue = async (unit: UnitOfWork): Promise<unknown> => {
  const row = await unit.db
    .selectFrom('hospital_setting')
    .select('value')
    .where('hospital_id', '=', unit.hospitalId)
    .where('key', '=', KEY)
    .executeTakeFirst();
  return row?.value;
};

export const writePolicyValue = async (
  unit: UnitOfWork,
  policy: CorrectionPolicyValues,
  changed: { by: string | null; at: Date },
): Promise<void> => {
  const values = { value: JSON.stringify(policy), changed_by: changed.by, changed_at: changed.at };
  await unit.db
    .insertInto('hospital_setting')
    .values({ hospital_id: unit.hospitalId, key: KEY, ...values })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'key']).doUpdateSet(values))
    .execute();
};
