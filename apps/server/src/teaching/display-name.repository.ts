import type { UnitOfWork } from '../platform/database.ts';

export const findDisplayName = async (unit: UnitOfWork, accountId: string | null): Promise<string | null> => {
  if (accountId === null) return null;
  const account = await unit.db
    .selectFrom('account')
    .select('display_name')
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return account?.display_name ?? null;
};
