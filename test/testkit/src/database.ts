import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type Database } from '../../../apps/server/src/platform/database.ts';
import { startEmbeddedPostgres } from '../../../apps/server/src/platform/embedded-postgres.ts';
import { createJobRegistry, type JobRegistry } from '../../../apps/server/src/platform/job-registry.ts';
import { silentLog } from '../../../apps/server/src/platform/log.ts';
import { migrate } from '../../../apps/server/src/platform/migrate.ts';
import { layCluster } from './cluster-template.ts';

export interface TestDatabase {
  /** Connects as the owner: what it sees is not bound by row-level security. */
  ownerUrl: string;
  database: Database;
  registry: JobRegistry;
  /** Two hospitals, so that every test can prove that it does not see the other; the first was set up first. */
  hospitalId: string;
  otherHospitalId: string;
  asOwner<Row extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

const templateName = 'jiapian_template';

/** One fresh, migrated database with two hospitals; the server behind it is shared by the whole test run. */
export const startTestDatabase = async (): Promise<TestDatabase> => {
  const shared = process.env['JIAPIAN_TEST_POSTGRES'];
  const server = shared ? { url: shared, stop: async () => undefined } : await startTestPostgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server.url, `create database ${name} template ${templateName}`);
  const ownerUrl = withDatabase(server.url, name);
  const registry = createJobRegistry();
  const database = openDatabase(ownerUrl, { registry, maxConnections: 10 });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  owner.on('error', () => undefined);
  const hospitalId = randomUUID();
  const otherHospitalId = randomUUID();
  await owner.query(
    `insert into hospital (hospital_id, name, created_at)
     values ($1, 'First', now()), ($2, 'Second', now() + interval '1 second')`,
    [hospitalId, otherHospitalId],
  );
  return {
    ownerUrl,
    database,
    registry,
    hospitalId,
    otherHospitalId,
    asOwner: async <Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []) =>
      (await owner.query<Row>(statement, values)).rows,
    stop: async () => {
      await database.close();
      await owner.end();
      await onServer(server.url, `drop database ${name} with (force)`);
      await server.stop();
    },
  };
};

/** A throw-away PostgreSQL with a migrated template; the global set-up of the test run starts one for all files. */
export const startTestPostgres = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const parent = await mkdtemp(join(tmpdir(), 'jiapian-pg-'));
  const folder = join(parent, 'postgres');
  await layCluster(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const postgres = await startEmbeddedPostgres(folder, silentLog);
  await onServer(postgres.url, `create database ${templateName}`);
  await migrate(withDatabase(postgres.url, templateName));
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
};

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const onServer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
