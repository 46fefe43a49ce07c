import { AppError } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';

/** What devices and the RIS send belongs to the hospital that was set up first; the called AE title is not asked. */
export const firstHospital = async (database: Database): Promise<string> => {
  const hospital = await database.withSystem(({ db }) =>
    db.selectFrom('hospital').select('hospital_id').orderBy('created_at').limit(1).executeTakeFirst(),
  );
  if (hospital === undefined) throw new AppError('DATABASE_UNAVAILABLE', { reason: 'no hospital has been set up' });
  return hospital.hospital_id;
};
