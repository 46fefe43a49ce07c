import { defaultStandard, type ReviewStandard } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';

/** The review standard in force at the moment; a hospital that has none yet starts with the default one. */
export const currentStandard = async (unit: UnitOfWork, at: Date): Promise<ReviewStandard> => {
  const published = await unit.db
    .selectFrom('review_standard')
    .select('content')
    .where('hospital_id', '=', unit.hospitalId)
    .where('effective_from', '<=', at)
    .orderBy('effective_from', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (published) return published.content as unknown as ReviewStandard;
  await unit.db
    .insertInto('review_standard')
    .values({
      hospital_id: unit.hospitalId,
      standard_id: defaultStandard.id,
      version: defaultStandard.version,
      content: JSON.stringify(defaultStandard),
      effective_from: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return defaultStandard;
};
