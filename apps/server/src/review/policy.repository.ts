import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The newest version of the policy, with who changed it. */
export const findPolicy = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('review_policy')
    .leftJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'review_policy.hospital_id')
        .onRef('account.account_id', '=', 'review_policy.changed_by'),
    )
    .select(['review_policy.version', 'content', 'seed', 'effective_from', 'account.display_name'])
    .where('review_policy.hospital_id', '=', unit.hospitalId)
    .orderBy('review_policy.version', 'desc')
    .limit(1)
    .executeTakeFirst();

/** A new version; false when somebody else has made it first. */
export const insertPolicy = async (
  unit: UnitOfWork,
  policy: { version: number; content: string; seed: string; at: Date; accountId: string | null },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('review_policy')
    .values({
      hospital_id: unit.hospitalId,
      version: policy.version,
      content: policy.content,
      seed: policy.seed,
      effective_from: policy.at,
      changed_by: policy.accountId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst();
  return inserted !== undefined;
};

/** Changes of the policy and draws wait for one another. */
export const lockPolicy = async (unit: UnitOfWork): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('review_policy'), hashtext(${unit.hospitalId}))`.execute(unit.db);
};
