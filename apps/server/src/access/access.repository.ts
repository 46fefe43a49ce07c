import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { isBehind, rowsOf, type ListPage } from '../platform/list-page.ts';

const accountColumns = [
  'hospital_id',
  'account_id',
  'username',
  'password_hash',
  'must_change_password',
  'staff_id',
  'display_name',
  'roles',
  'locale',
  'preferences',
  'failed_attempts',
  'locked_until',
  'disabled_at',
  'created_at',
] as const;

export type AccountRow = Awaited<ReturnType<typeof findAccount>> & object;

/** In system scope: the hospital is not known before the account is. */
export const accountsByUsername = (unit: SystemUnitOfWork, username: string) =>
  unit.db.selectFrom('account').select(accountColumns).where('username', '=', username).limit(2).execute();

export const findAccount = (unit: UnitOfWork, accountId: string) =>
  unit.db
    .selectFrom('account')
    .select(accountColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export const findAccountByUsername = (unit: UnitOfWork, username: string) =>
  unit.db
    .selectFrom('account')
    .select(accountColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('username', '=', username)
    .executeTakeFirst();

export const listAccounts = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('account')
    .select(accountColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('username', 'account_id', page))
    .orderBy('username')
    .orderBy(sql`account_id::text`)
    .limit(rowsOf(page))
    .execute();

export interface NewAccount {
  account_id: string;
  username: string;
  password_hash: string;
  must_change_password: boolean;
  staff_id: string | null;
  display_name: string;
  roles: string[];
}

/** False when the user name is taken. */
export const insertAccount = async (unit: UnitOfWork, account: NewAccount): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('account')
    .values({ hospital_id: unit.hospitalId, ...account })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'username']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
};

export interface AccountChange {
  password_hash?: string;
  must_change_password?: boolean;
  staff_id?: string | null;
  display_name?: string;
  roles?: string[];
  locale?: 'zh-CN' | 'en';
  preferences?: string;
  failed_attempts?: number;
  locked_until?: Date | null;
  disabled_at?: Date | null;
}

export const updateAccount = async (unit: UnitOfWork, accountId: string, change: AccountChange): Promise<void> => {
  await unit.db
    .updateTable('account')
    .set(change)
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .execute();
};

/** Accounts that can still administer, the given one left out. */
export const countOtherAdministrators = async (unit: UnitOfWork, accountId: string): Promise<number> => {
  const rows = await unit.db
    .selectFrom('account')
    .select(['account_id', 'roles'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('disabled_at', 'is', null)
    .where('account_id', '<>', accountId)
    .execute();
  return rows.filter((row) => row.roles.includes('administrator')).length;
};

export const insertSession = async (
  unit: UnitOfWork,
  session: { token_sha256: Buffer; account_id: string; created_at: Date; last_seen_at: Date; expires_at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('session')
    .values({ hospital_id: unit.hospitalId, ...session })
    .execute();
};

/** In system scope: the session with its account and hospital. */
export const findSession = (unit: SystemUnitOfWork, sha256: Buffer) =>
  unit.db
    .selectFrom('session')
    .innerJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'session.hospital_id')
        .onRef('account.account_id', '=', 'session.account_id'),
    )
    .select([
      'session.hospital_id',
      'session.account_id',
      'session.last_seen_at',
      'session.expires_at',
      'account.username',
      'account.display_name',
      'account.staff_id',
      'account.roles',
      'account.must_change_password',
      'account.disabled_at',
    ])
    .where('session.token_sha256', '=', sha256)
    .executeTakeFirst();

export const touchSession = async (
  unit: SystemUnitOfWork,
  sha256: Buffer,
  seenAt: Date,
  expiresAt: Date,
): Promise<void> => {
  await unit.db
    .updateTable('session')
    .set({ last_seen_at: seenAt, expires_at: expiresAt })
    .where('token_sha256', '=', sha256)
    .execute();
};

export const deleteSession = async (unit: SystemUnitOfWork, sha256: Buffer): Promise<void> => {
  await unit.db.deleteFrom('session').where('token_sha256', '=', sha256).execute();
};

/** Ends every session of an account but the one that is kept. */
export const deleteSessionsOf = async (unit: UnitOfWork, accountId: string, keep?: Buffer): Promise<void> => {
  let query = unit.db
    .deleteFrom('session')
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId);
  if (keep) query = query.where('token_sha256', '<>', keep);
  await query.execute();
};

export const deleteExpiredSessions = async (unit: SystemUnitOfWork, now: Date): Promise<void> => {
  await unit.db.deleteFrom('session').where('expires_at', '<', now).execute();
};

/** In system scope. */
export const findToken = (unit: SystemUnitOfWork, sha256: Buffer) =>
  unit.db
    .selectFrom('api_token')
    .select(['hospital_id', 'token_id', 'name', 'roles', 'last_used_at', 'revoked_at'])
    .where('token_sha256', '=', sha256)
    .executeTakeFirst();

export const touchToken = async (unit: SystemUnitOfWork, sha256: Buffer, usedAt: Date): Promise<void> => {
  await unit.db.updateTable('api_token').set({ last_used_at: usedAt }).where('token_sha256', '=', sha256).execute();
};

export const listTokens = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('api_token')
    .select(['token_id', 'name', 'roles', 'created_at', 'last_used_at', 'revoked_at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('name', 'token_id', page))
    .orderBy('name')
    .orderBy(sql`token_id::text`)
    .limit(rowsOf(page))
    .execute();

/** The oldest first. */
export const listEveryToken = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('api_token')
    .select(['token_id', 'name', 'roles', 'revoked_at'])
    .where('hospital_id', '=', unit.hospitalId)
    .orderBy('created_at')
    .execute();

export const insertToken = async (
  unit: UnitOfWork,
  token: { token_id: string; name: string; token_sha256: Buffer; roles: string[]; created_by: string | null },
): Promise<void> => {
  await unit.db
    .insertInto('api_token')
    .values({ hospital_id: unit.hospitalId, ...token })
    .execute();
};

/** False when there is no such living token. */
export const revokeToken = async (unit: UnitOfWork, tokenId: string, at: Date): Promise<boolean> => {
  const updated = await unit.db
    .updateTable('api_token')
    .set({ revoked_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('token_id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};

/** In system scope: the one hospital of this installation, if it has been made. */
export const firstHospital = (unit: SystemUnitOfWork) =>
  unit.db.selectFrom('hospital').select(['hospital_id']).orderBy('created_at').limit(1).executeTakeFirst();

/** A hospital without a name: the set-up asks for it. */
export const insertHospital = async (unit: SystemUnitOfWork, hospitalId: string): Promise<void> => {
  await unit.db.insertInto('hospital').values({ hospital_id: hospitalId, name: '—' }).execute();
};

export const hospitalOf = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('hospital')
    .select(['hospital_id', 'name', 'name_en', 'time_zone', 'set_up_at'])
    .where('hospital_id', '=', unit.hospitalId)
    .executeTakeFirstOrThrow();

/** Whether everything here was made by the virtual modality. */
export const isDemoHospital = async (unit: UnitOfWork): Promise<boolean> => {
  const setting = await unit.db
    .selectFrom('hospital_setting')
    .select('value')
    .where('hospital_id', '=', unit.hospitalId)
    .where('key', '=', 'isDemo')
    .executeTakeFirst();
  return setting?.value === true;
};
