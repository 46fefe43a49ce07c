import { AppError } from '@jiapian/kernel';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { asDatabaseError } from './database-error.ts';
import { createListener } from './database-listener.ts';
import type { DatabaseSchema } from './database-schema.ts';
import { typeParsers } from './database-types.ts';
import type { JobRegistry } from './job-registry.ts';
import type { Sql, SystemUnitOfWork, UnitOfWork } from './unit-of-work.ts';

export type { SystemUnitOfWork, UnitOfWork } from './unit-of-work.ts';

export interface Database {
  withHospital<Value>(hospitalId: string, work: (unit: UnitOfWork) => Promise<Value>): Promise<Value>;
  withSystem<Value>(work: (unit: SystemUnitOfWork) => Promise<Value>): Promise<Value>;
  /** A statement outside any hospital; for health checks. */
  ping(): Promise<void>;
  /** Calls back for every NOTIFY on the channel, and once after each lost and regained connection. */
  listen(channel: string, onMessage: (payload: string) => void): () => void;
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const connectTimeoutMs = 5_000;
const defaultMaxConnections = 20;
/** Beyond this a statement is a defect or the database hangs: whoever waits for it gets an answer. */
const statementTimeoutMs = 60_000;

export interface DatabaseOptions {
  registry: JobRegistry;
  maxConnections?: number;
}

/** A pool that works as the role `jiapian_app`: neither owner nor superuser, so row-level security binds it. */
export const openDatabase = (url: string, options: DatabaseOptions): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? defaultMaxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + connectTimeoutMs,
    keepAlive: true,
    types: typeParsers,
    onConnect: async (client) => {
      // A connection lost between two statements of one unit has no other listener, and would end the process.
      client.on('error', () => undefined);
      await client.query('set role jiapian_app');
    },
  });
  pool.on('error', () => undefined);
  const kysely = new Kysely<DatabaseSchema>({ dialect: new PostgresDialect({ pool }) });
  const { registry } = options;

  const transact = async <Value>(setting: string, value: string, work: (db: Sql) => Promise<Value>): Promise<Value> => {
    try {
      return await kysely.transaction().execute(async (db) => {
        await sql`select set_config(${setting}, ${value}, true)`.execute(db);
        return work(db);
      });
    } catch (error) {
      throw asDatabaseError(error);
    }
  };

  const notices = createListener(url);
  return {
    withHospital: async (hospitalId, work) => {
      if (!uuidPattern.test(hospitalId)) throw new AppError('SERVER_DEFECT', { reason: 'unit of work without a hospital' });
      return transact('jiapian.hospital_id', hospitalId, (db) => work(unitOf(db, hospitalId, registry)));
    },
    withSystem: (work) =>
      transact('jiapian.scope', 'system', (db) => work({ db, asHospital: (hospitalId) => unitOf(db, hospitalId, registry) })),
    ping: async () => {
      await pool.query('select 1').catch((error: unknown) => Promise.reject(asDatabaseError(error)));
    },
    listen: (channel, onMessage) => notices.listen(channel, onMessage),
    notify: async (channel, payload) => {
      await pool.query('select pg_notify($1, $2)', [channel, payload]).catch((error: unknown) => Promise.reject(asDatabaseError(error)));
    },
    close: async () => {
      await notices.close();
      await kysely.destroy();
    },
  };
};

const unitOf = (db: Sql, hospitalId: string, registry: JobRegistry): UnitOfWork => ({
  db,
  hospitalId,
  emit: (event) => registry.enqueue(db, hospitalId, event),
});
