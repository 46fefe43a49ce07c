import { randomUUID } from 'node:crypto';
import { recordEntry, systemActor } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import { firstHospital, insertAccount, insertHospital } from './access.repository.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';

export const FIRST_USERNAME = 'admin';

export interface FirstStart {
  hospitalId: string;
  /** Shown once on the console; null when the installation already had an administrator or was given a password. */
  oneTimePassword: string | null;
}

/** Makes the hospital and its first administrator on the first start; later starts only find them. */
export const ensureFirstAdministrator = async (
  database: Database,
  givenPassword: string | null,
): Promise<FirstStart> => {
  const password = givenPassword ?? oneTimePassword();
  const passwordHash = await hashPassword(password);
  return database.withSystem(async (unit) => {
    const existing = await firstHospital(unit);
    if (existing) return { hospitalId: existing.hospital_id, oneTimePassword: null };
    const hospitalId = randomUUID();
    await insertHospital(unit, hospitalId);
    const bound = unit.asHospital(hospitalId);
    const accountId = randomUUID();
    await insertAccount(bound, {
      account_id: accountId,
      username: FIRST_USERNAME,
      password_hash: passwordHash,
      must_change_password: givenPassword === null,
      staff_id: null,
      display_name: '管理员',
      roles: ['administrator', 'team-leader'],
    });
    await recordEntry(bound, systemActor('first-start'), {
      action: 'access.account-created',
      subjectKind: 'account',
      subjectId: accountId,
    });
    return { hospitalId, oneTimePassword: givenPassword === null ? password : null };
  });
};
