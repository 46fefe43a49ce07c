import { AppError } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import { listHospitalIds } from '../platform/each-hospital.ts';

/** What devices and the RIS send belongs to the hospital that was set up first; the called AE title is not asked. */
export const firstHospital = async (database: Database): Promise<string> => {
  const [first] = await listHospitalIds(database);
  if (first === undefined) throw new AppError('DATABASE_UNAVAILABLE', { reason: 'no hospital has been set up' });
  return first;
};
