import { defaultStandard, type ReviewStandard } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findCurrent, insertVersion } from './standards.repository.ts';

/** The review standard in force at the moment; a hospital that has none yet starts with the default one. */
export const currentStandard = async (unit: UnitOfWork, at: Date): Promise<ReviewStandard> => {
  const current = await findCurrent(unit, at);
  if (current) return current;
  await insertVersion(unit, defaultStandard, { effectiveFrom: at, at, by: null, note: '' });
  return defaultStandard;
};
