import { sql } from 'kysely';
import type { UnitOfWork } from './database.ts';

/** Wakes who listens, in every process, when the transaction commits. */
export const notifyWith = async ({ db }: Pick<UnitOfWork, 'db'>, channel: string, payload = ''): Promise<void> => {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
};
