import type { Database, UnitOfWork } from './database.ts';

/** Every hospital of the installation, the first set up first. */
export const listHospitalIds = async (database: Database): Promise<string[]> => {
  const hospitals = await database.withSystem(({ db }) =>
    db.selectFrom('hospital').select('hospital_id').orderBy('created_at').orderBy('hospital_id').execute(),
  );
  return hospitals.map(({ hospital_id }) => hospital_id);
};

/** One unit of work for each hospital, one after the other; a failure of one does not keep the others waiting. */
export const forEachHospital = async (database: Database, work: (unit: UnitOfWork) => Promise<void>): Promise<void> => {
  const failures: unknown[] = [];
  for (const hospitalId of await listHospitalIds(database))
    await database.withHospital(hospitalId, work).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
};
