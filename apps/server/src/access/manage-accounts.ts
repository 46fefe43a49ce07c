import { randomUUID } from 'node:crypto';
import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import {
  countOtherAdministrators,
  deleteSessionsOf,
  findAccount,
  insertAccount,
  updateAccount,
  type AccountChange,
  type AccountRow,
} from './access.repository.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';

export interface AccountRequest {
  username: string;
  displayName: string;
  roles: string[];
  staffId: string | null;
  password: string;
  mustChangePassword?: boolean;
}

/** Makes an account; the user name is the staff number and is unique in the hospital. */
export const createAccount = async (
  database: Database,
  hospitalId: string,
  by: AuditActor,
  request: AccountRequest,
): Promise<AccountRow> => {
  const passwordHash = await hashPassword(request.password);
  return database.withHospital(hospitalId, async (unit) => {
    const accountId = randomUUID();
    const isNew = await insertAccount(unit, {
      account_id: accountId,
      username: request.username,
      password_hash: passwordHash,
      must_change_password: request.mustChangePassword ?? true,
      staff_id: request.staffId,
      display_name: request.displayName,
      roles: request.roles,
    });
    if (!isNew) throw new AppError('ACCESS_USERNAME_TAKEN');
    const facts = { username: request.username, roles: request.roles };
    await recordEntry(unit, by, {
      action: 'access.account-created',
      subjectKind: 'account',
      subjectId: accountId,
      facts,
    });
    return requireAccount(unit, accountId);
  });
};

export interface AccountUpdate {
  displayName?: string | undefined;
  roles?: string[] | undefined;
  staffId?: string | null | undefined;
  isDisabled?: boolean | undefined;
}

/** Changes roles, name, person or state; the last administrator stays one. */
export const changeAccount = async (
  database: Database,
  clock: Clock,
  hospitalId: string,
  by: AuditActor,
  accountId: string,
  update: AccountUpdate,
): Promise<AccountRow> =>
  database.withHospital(hospitalId, async (unit) => {
    const account = await requireAccount(unit, accountId);
    const loses = update.isDisabled === true || (update.roles !== undefined && !update.roles.includes('administrator'));
    const isAdministrator = account.roles.includes('administrator') && account.disabled_at === null;
    if (isAdministrator && loses && (await countOtherAdministrators(unit, accountId)) === 0) {
      throw new AppError('ACCESS_LAST_ADMINISTRATOR');
    }
    const change: AccountChange = {
      ...(update.displayName !== undefined && { display_name: update.displayName }),
      ...(update.roles !== undefined && { roles: update.roles }),
      ...(update.staffId !== undefined && { staff_id: update.staffId }),
      ...(update.isDisabled !== undefined && { disabled_at: update.isDisabled ? clock.now() : null }),
    };
    if (Object.keys(change).length > 0) await updateAccount(unit, accountId, change);
    if (update.isDisabled === true || update.roles !== undefined) await deleteSessionsOf(unit, accountId);
    await recordEntry(unit, by, {
      action: 'access.account-changed',
      subjectKind: 'account',
      subjectId: accountId,
      facts: { ...update },
    });
    return requireAccount(unit, accountId);
  });

/** Gives a one-time password and ends the account's sessions. */
export const resetPassword = async (
  database: Database,
  hospitalId: string,
  by: AuditActor,
  accountId: string,
): Promise<string> => {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await database.withHospital(hospitalId, async (unit) => {
    await requireAccount(unit, accountId);
    await updateAccount(unit, accountId, {
      password_hash: passwordHash,
      must_change_password: true,
      failed_attempts: 0,
      locked_until: null,
    });
    await deleteSessionsOf(unit, accountId);
    await recordEntry(unit, by, { action: 'access.password-reset', subjectKind: 'account', subjectId: accountId });
  });
  return password;
};

const requireAccount = async (unit: UnitOfWork, accountId: string): Promise<AccountRow> => {
  const account = await findAccount(unit, accountId);
  if (!account) throw new AppError('ACCESS_ACCOUNT_NOT_FOUND');
  return account;
};
