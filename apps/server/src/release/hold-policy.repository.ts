import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { isBehindKey } from '../platform/list-key.ts';

const policyRows = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('hold_policy as policy')
    .leftJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'policy.hospital_id')
        .onRef('account.account_id', '=', 'policy.published_by'),
    )
    .select(['policy.version', 'policy.content', 'policy.note', 'policy.published_at', 'account.display_name'])
    .where('policy.hospital_id', '=', unit.hospitalId);

/** The policy that rules now; none while nobody has published one. */
export const findNewestPolicy = (unit: UnitOfWork) =>
  policyRows(unit).orderBy('policy.version', 'desc').limit(1).executeTakeFirst();

const versionKey = sql<string>`lpad((1000000000 - policy.version)::text, 10, '0')`;

export const findPolicyVersions = (unit: UnitOfWork, page: ListPage) =>
  policyRows(unit)
    .select(versionKey.as('list_key'))
    .where(isBehindKey(versionKey, sql`policy.version`, page))
    .orderBy(versionKey)
    .limit(rowsOf(page))
    .execute();

/** False when somebody else has published this version in the meantime. */
export const insertPolicy = async (
  unit: UnitOfWork,
  policy: { version: number; content: string; note: string; published_at: Date; published_by: string | null },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('hold_policy')
    .values({ hospital_id: unit.hospitalId, ...policy })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
};

/** Active accounts of these roles, and those named whatever they are, by name. */
export const findCallable = (unit: UnitOfWork, asked: { roles: readonly string[]; named: readonly string[] }) =>
  unit.db
    .selectFrom('account')
    .select(['account_id', 'display_name', 'disabled_at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where(
      sql<boolean>`account_id = any(${[...asked.named]}::uuid[])
        or disabled_at is null and roles && ${[...asked.roles]}::text[]`,
    )
    .orderBy('display_name')
    .orderBy('account_id')
    .execute();
