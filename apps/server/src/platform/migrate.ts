import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@jiapian/kernel';
import pg from 'pg';
import { asDatabaseError } from './database-error.ts';

export const migrationsFolder = join(import.meta.dirname, '..', '..', 'migrations');

interface Migration {
  version: number;
  name: string;
  sql: string;
  sha256: string;
}

/** Any number that nobody else locks; one per product, so that starts of several processes queue up. */
const advisoryLock = 7_412_061;

/** Brings the schema forward to the newest file, or fails with `DATABASE_SCHEMA_UNKNOWN` and changes nothing. */
export const migrate = async (
  ownerUrl: string,
  folder = migrationsFolder,
  upTo = Infinity,
): Promise<{ applied: string[] }> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    return await bringForward(client, await readMigrations(folder), upTo);
  } catch (error) {
    throw asDatabaseError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const bringForward = async (
  client: pg.Client,
  migrations: Migration[],
  upTo: number,
): Promise<{ applied: string[] }> => {
  await client.query(`create table if not exists schema_migration (
    version integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ version: number; name: string; sha256: string }>(
    'select version, name, sha256 from schema_migration order by version',
  );
  for (const row of rows) refuseForeign(row, migrations);
  const done = new Set(rows.map(({ version }) => version));
  const pending = migrations.filter(({ version }) => !done.has(version) && version <= upTo);
  for (const migration of pending) await apply(client, migration);
  return { applied: pending.map(({ name }) => name) };
};

const refuseForeign = (row: { version: number; name: string; sha256: string }, migrations: Migration[]): void => {
  const known = migrations.find(({ version }) => version === row.version);
  if (!known) {
    const newest = migrations.at(-1)?.version ?? 0;
    throw new AppError('DATABASE_SCHEMA_UNKNOWN', { reason: 'newer than this program', found: row.version, newest });
  }
  if (known.sha256 !== row.sha256)
    throw new AppError('DATABASE_SCHEMA_UNKNOWN', { reason: 'a migration was changed after it ran', name: row.name });
};

const apply = async (client: pg.Client, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migration (version, name, sha256) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};

const readMigrations = async (folder: string): Promise<Migration[]> => {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      return { version: Number(file.slice(0, 4)), name: file.replace('.sql', ''), sql, sha256 };
    }),
  );
};
