import type { Database, UnitOfWork } from './database.ts';

/** One unit of work for each hospital, one after the other; a failure of one does not keep the others waiting. */
export const forEachHospital = async (database: Database, work: (unit: UnitOfWork) => Promise<void>): Promise<void> => {
  const hospitals = await database.withSystem(({ db }) =>
    db.selectFrom('hospital').select('hospital_id').orderBy('hospital_id').execute(),
  );
  const failures: unknown[] = [];
  for (const { hospital_id } of hospitals)
    await database.withHospital(hospital_id, work).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
};
