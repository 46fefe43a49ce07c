import type { UnitOfWork } from '../platform/database.ts';

/** The newest version of the settings. */
export const findCheckPolicy = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('check_policy')
    .select(['version', 'is_self_check_on', 'cross_share', 'seed'])
    .where('hospital_id', '=', unit.hospitalId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

/** False when somebody else has made this version first. */
export const insertCheckPolicy = async (
  unit: UnitOfWork,
  policy: { version: number; isSelfCheckOn: boolean; crossShare: number; seed: string; at: Date; accountId: string },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('check_policy')
    .values({
      hospital_id: unit.hospitalId,
      version: policy.version,
      is_self_check_on: policy.isSelfCheckOn,
      cross_share: policy.crossShare,
      seed: policy.seed,
      effective_from: policy.at,
      changed_by: policy.accountId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst();
  return inserted !== undefined;
};
