import type { Session } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import type { Caller } from '../platform/http.ts';
import { findAccount, hospitalOf, isDemoHospital } from './access.repository.ts';
import { knownRoles, permissionsOf } from './permissions-of.ts';

/** What the web client needs to know about who is signed in, and where. */
export const describeSession = async (
  database: Database,
  caller: Pick<Caller, 'hospitalId' | 'accountId'>,
): Promise<Session> =>
  database.withHospital(caller.hospitalId, async (unit) => {
    const account = await findAccount(unit, caller.accountId);
    if (!account) throw new AppError('ACCESS_SIGN_IN_REQUIRED');
    const hospital = await hospitalOf(unit);
    return {
      accountId: account.account_id,
      username: account.username,
      displayName: account.display_name,
      staffId: account.staff_id,
      roles: knownRoles(account.roles),
      permissions: account.must_change_password ? [] : [...permissionsOf(account.roles)],
      locale: account.locale === 'en' ? 'en' : 'zh-CN',
      mustChangePassword: account.must_change_password,
      preferences: account.preferences as Record<string, unknown>,
      hospital: {
        hospitalId: hospital.hospital_id,
        name: hospital.name,
        nameEn: hospital.name_en,
        timeZone: hospital.time_zone,
        isSetUp: hospital.set_up_at !== null,
        isDemo: await isDemoHospital(unit),
      },
    };
  });
