import { AppError } from '@jiapian/kernel';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { DatabaseBreaker } from './database-breaker.ts';
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
/** The breaker gives up sooner; this ends the attempt itself. */
const probeTimeoutMs = 3_000;
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

  const breaker = new DatabaseBreaker(() => probe(url));
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await breaker.guard(work);
    } catch (error) {
      throw asDatabaseError(error);
    }
  };
  const transact = <Value>(setting: string, value: string, work: (db: Sql) => Promise<Value>): Promise<Value> =>
    guarded(() =>
      kysely.transaction().execute(async (db) => {
        await sql`select set_config(${setting}, ${value}, true)`.execute(db);
        return work(db);
      }),
    );

  const notices = createListener(url);
  return {
    withHospital: async (hospitalId, work) => {
      if (!uuidPattern.test(hospitalId))
        throw new AppError('SERVER_DEFECT', { reason: 'unit of work without a hospital' });
      return transact('jiapian.hospital_id', hospitalId, (db) => work(unitOf(db, hospitalId, registry)));
    },
    withSystem: (work) =>
      transact('jiapian.scope', 'system', (db) =>
        work({ db, asHospital: (hospitalId) => unitOf(db, hospitalId, registry) }),
      ),
    ping: async () => {
      await guarded(() => pool.query('select 1'));
    },
    listen: (channel, onMessage) => notices.listen(channel, onMessage),
    notify: async (channel, payload) => {
      await guarded(() => pool.query('select pg_notify($1, $2)', [channel, payload]));
    },
    close: async () => {
      breaker.close();
      await notices.close();
      await kysely.destroy();
    },
  };
};

/** On a connection of its own: the pool may be full of connections that hang. */
const probe = async (url: string): Promise<void> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: probeTimeoutMs,
    query_timeout: probeTimeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    // A server that refuses in words lives.
    if (!(error instanceof pg.DatabaseError)) throw error;
  } finally {
    // A connection that hangs is not waited for.
    void client.end().catch(() => undefined);
  }
};

const unitOf = (db: Sql, hospitalId: string, registry: JobRegistry): UnitOfWork => ({
  db,
  hospitalId,
  emit: (event) => registry.enqueue(db, hospitalId, event),
});
