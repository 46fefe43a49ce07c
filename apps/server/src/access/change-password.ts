import { AppError } from '@jiapian/kernel';
import { PASSWORD_LENGTH_MIN } from '@jiapian/contract';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import { deleteSessionsOf, findAccount, updateAccount } from './access.repository.ts';
import { hashPassword, passwordFits } from './passwords.ts';

export interface PasswordChange {
  hospitalId: string;
  accountId: string;
  currentPassword: string;
  newPassword: string;
  /** The session that asked stays open; all others end. */
  keepSession: Buffer | undefined;
}

/** Changes the own password; the old one must be known. */
export const changePassword = async (database: Database, by: AuditActor, change: PasswordChange): Promise<void> => {
  const account = await database.withHospital(change.hospitalId, (unit) => findAccount(unit, change.accountId));
  if (!account) throw new AppError('ACCESS_ACCOUNT_NOT_FOUND');
  if (!(await passwordFits(account.password_hash, change.currentPassword))) {
    throw new AppError('ACCESS_CREDENTIALS_WRONG');
  }
  const repeatsName = change.newPassword.toLowerCase().includes(account.username.toLowerCase());
  if (change.newPassword === change.currentPassword || (repeatsName && account.username.length > 3)) {
    throw new AppError('ACCESS_PASSWORD_WEAK', { minimumLength: PASSWORD_LENGTH_MIN });
  }
  const passwordHash = await hashPassword(change.newPassword);
  await database.withHospital(change.hospitalId, async (unit) => {
    await updateAccount(unit, change.accountId, { password_hash: passwordHash, must_change_password: false });
    await deleteSessionsOf(unit, change.accountId, change.keepSession);
    await recordEntry(unit, by, {
      action: 'access.password-changed',
      subjectKind: 'account',
      subjectId: change.accountId,
    });
  });
};
