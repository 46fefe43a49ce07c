import pg from 'pg';
import { startTestPostgres } from '../test/testkit/src/database.ts';

export interface OwnDatabase {
  /** For `JIAPIAN_DATABASE_URL`; empty until the server has migrated it. */
  readonly url: string;
  /** A connection of the owner, which no row-level security binds. */
  readonly owner: pg.Client;
  readonly stop: () => Promise<void>;
}

/** A database beside the server under measurement, so that the bench can look into it. */
export const startOwnDatabase = async (): Promise<OwnDatabase> => {
  const postgres = await startTestPostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('create database bench');
  await client.end();
  const address = new URL(postgres.url);
  address.pathname = '/bench';
  const owner = new pg.Client({ connectionString: address.href });
  await owner.connect();
  return {
    url: address.href,
    owner,
    stop: async () => {
      await owner.end();
      await postgres.stop();
    },
  };
};
