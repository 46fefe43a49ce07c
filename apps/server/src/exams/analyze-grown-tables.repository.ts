import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';

/** Gives the planner statistics of tables that have just grown from nothing; why, is told in migration 0005. */
export const analyzeGrownTables = async (database: Database): Promise<number> => {
  const done = await database.withSystem(({ db }) =>
    sql<{ analyzed: number }>`select analyze_grown_tables() as analyzed`.execute(db),
  );
  return done.rows[0]?.analyzed ?? 0;
};
