import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** One writer of a hospital's register at a time: counts, conflicts and unknown devices need no second look. */
export const lockRegister = async ({ db, hospitalId }: UnitOfWork): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`register ${hospitalId}`}, 0))`.execute(db);
};
