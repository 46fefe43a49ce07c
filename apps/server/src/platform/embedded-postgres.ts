import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '@jiapian/kernel';
import pg from 'pg';
import type { Log } from './log.ts';
import { findPostgresAccount, type PostgresAccount } from './postgres-account.ts';
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts';
import { isProcessAlive } from './process-alive.ts';

export interface EmbeddedPostgres {
  url: string;
  major: number;
  /** The server's process now; it changes when a killed server is started again. */
  pid(): number;
  stop(): Promise<void>;
  /** Ends the watching and lets the server run for others. */
  leave(): void;
}

interface Cluster {
  /** The folder that holds cluster, socket, password and log. */
  folder: string;
  binaries: PostgresBinaries;
  account: PostgresAccount;
  endpoint: { host: string; port: number };
  password: string;
}

const databaseName = 'jiapian';
const run = promisify(execFile);

/** After a kill the kernel frees the shared memory only when the last backend has noticed: about 5 s. */
const startTimeoutMs = 15_000;
const retryMs = 100;
const stopTimeoutMs = 20_000;
const superviseMs = 500;

/** Starts (or adopts) the PostgreSQL of this data folder, keeps it running, and says how to reach it. */
export const startEmbeddedPostgres = async (folder: string, log: Log): Promise<EmbeddedPostgres> => {
  const cluster = await openCluster(folder);
  let pid = await ensureRunning(cluster, log);
  await createDatabase(cluster);
  let isStopping = false;
  let isRestarting = false;
  const supervisor = setInterval(() => {
    if (isStopping || isRestarting || isProcessAlive(pid)) return;
    isRestarting = true;
    log.warn('postgres.gone', { pid });
    ensureRunning(cluster, log)
      .then((started) => {
        pid = started;
      })
      .catch((error: unknown) => log.error('postgres.start-failed', {}, error))
      .finally(() => {
        isRestarting = false;
      });
  }, superviseMs);
  return {
    url: urlOf(cluster, databaseName),
    major: cluster.binaries.major,
    pid: () => pid,
    stop: async () => {
      isStopping = true;
      clearInterval(supervisor);
      await stopServer(pid);
    },
    leave: () => {
      isStopping = true;
      clearInterval(supervisor);
    },
  };
};

const openCluster = async (folder: string): Promise<Cluster> => {
  const candidates = await findPostgres();
  const existingMajor = await readFile(join(folder, 'cluster', 'PG_VERSION'), 'utf8').then(Number, () => null);
  // A cluster can only be read by the major that made it, whatever was installed since.
  const binaries = candidates.find(({ major }) => existingMajor === null || major === existingMajor);
  if (!binaries)
    throw new AppError('DATABASE_UNAVAILABLE', { reason: 'no PostgreSQL found', major: existingMajor ?? '>= 15' });
  const account = await findPostgresAccount();
  await account.pass(dirname(folder));
  const cluster = { folder, binaries, account, endpoint: endpointOf(folder), password: await ownPassword(folder) };
  if (existingMajor === null) await initialise(cluster);
  if (isSocket(cluster)) {
    await mkdir(cluster.endpoint.host, { recursive: true, mode: 0o700 });
    await account.own(cluster.endpoint.host);
  }
  return cluster;
};

/** sockaddr_un holds 108 bytes on Linux, 104 on macOS; ".s.PGSQL.5432.lock" takes 19 of them. */
const maxSocketFolder = 84;
const windowsPort = 54_329;

const endpointOf = (folder: string): Cluster['endpoint'] => {
  if (platform() === 'win32') return { host: '127.0.0.1', port: windowsPort };
  const inside = join(folder, 'socket');
  if (inside.length <= maxSocketFolder) return { host: inside, port: 5432 };
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return { host: join(tmpdir(), `jiapian-${name}`), port: 5432 };
};

const isSocket = (cluster: Cluster): boolean => cluster.endpoint.host.startsWith('/');

const ownPassword = async (folder: string): Promise<string> => {
  const path = join(folder, 'password');
  if (!existsSync(path)) await writeFile(path, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return (await readFile(path, 'utf8')).trim();
};

/** The libc locale decides which characters pg_trgm takes for letters: under plain C no Chinese character is one. */
const localesByPreference = ['C.UTF-8', 'en_US.UTF-8', 'C'];

const initialise = async (cluster: Cluster): Promise<void> => {
  const draft = join(cluster.folder, 'cluster.new');
  let failure: unknown;
  for (const locale of localesByPreference) {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    const passwordFile = join(draft, '..', 'password');
    await cluster.account.own(cluster.folder);
    const args = ['-D', draft, '-U', databaseName, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    const command = cluster.account.command(cluster.binaries.initdb, [...args, '-E', 'UTF8', `--locale=${locale}`]);
    try {
      await run(command.file, command.args, { cwd: cluster.folder, ...numbersOf(command) });
      await rename(draft, join(cluster.folder, 'cluster'));
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw new AppError('DATABASE_UNAVAILABLE', { reason: 'initdb failed', log: outputOf(failure) }, failure);
};

const numbersOf = ({ uid, gid }: { uid?: number; gid?: number }): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid };

const outputOf = (error: unknown): string => String((error as { stderr?: unknown }).stderr ?? '').slice(-500);

/** The living server's process: an orphan of a killed run is adopted, else one is started. */
const ensureRunning = async (cluster: Cluster, log: Log): Promise<number> => {
  const deadline = Date.now() + startTimeoutMs;
  let child: ChildProcess | null = null;
  while (Date.now() < deadline) {
    const pid = await runningPid(cluster);
    if (pid !== null && (await answers(cluster))) {
      log.info(child === null ? 'postgres.adopted' : 'postgres.started', { pid, major: cluster.binaries.major });
      return pid;
    }
    if (pid === null && (child === null || child.exitCode !== null || child.signalCode !== null))
      child = await spawnServer(cluster);
    await pause(retryMs);
  }
  throw new AppError('DATABASE_UNAVAILABLE', { reason: 'PostgreSQL did not start', log: await logTail(cluster) });
};

const runningPid = async (cluster: Cluster): Promise<number | null> => {
  const text = await readFile(join(cluster.folder, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return pid > 0 && isProcessAlive(pid) ? pid : null;
};

const answers = async (cluster: Cluster): Promise<boolean> => {
  const client = new pg.Client({ connectionString: urlOf(cluster, 'postgres'), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const maxLogBytes = 10 * 1024 * 1024;

/** Detached: Ctrl-C reaches the whole foreground group, and the database must outlive the doors that write to it. */
const spawnServer = async (cluster: Cluster): Promise<ChildProcess> => {
  const logPath = join(cluster.folder, 'server.log');
  const size = await stat(logPath).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await rename(logPath, `${logPath}.1`);
  const output = await open(logPath, 'a', 0o600);
  const args = ['-D', join(cluster.folder, 'cluster'), ...serverSettings(cluster).flatMap((pair) => ['-c', pair])];
  const command = cluster.account.command(cluster.binaries.postgres, args);
  const child = spawn(command.file, command.args, {
    cwd: cluster.folder,
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    ...numbersOf(command),
  });
  child.on('error', () => undefined);
  child.unref();
  await output.close();
  return child;
};

const serverSettings = (cluster: Cluster): string[] => [
  ...(isSocket(cluster)
    ? ['listen_addresses=', `unix_socket_directories=${cluster.endpoint.host}`, 'unix_socket_permissions=0700']
    : [`listen_addresses=${cluster.endpoint.host}`]),
  `port=${cluster.endpoint.port}`,
  'max_connections=100',
  'shared_buffers=128MB',
  'effective_cache_size=1GB',
  'work_mem=16MB',
  'maintenance_work_mem=128MB',
  'max_wal_size=2GB',
  'wal_compression=on',
  'synchronous_commit=on',
  'random_page_cost=1.1',
  'jit=off',
  // Statements carry patient data as parameters: an error is logged without its statement.
  'log_min_error_statement=panic',
  'log_parameter_max_length_on_error=0',
  'log_error_verbosity=terse',
];

const logTail = async (cluster: Cluster): Promise<string> =>
  (await readFile(join(cluster.folder, 'server.log'), 'utf8').catch(() => '')).slice(-500);

const createDatabase = async (cluster: Cluster): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf(cluster, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
};

const urlOf = (cluster: Cluster, database: string): string => {
  const { host, port } = cluster.endpoint;
  const authority = `${databaseName}:${cluster.password}@`;
  return isSocket(cluster)
    ? `postgresql://${authority}localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgresql://${authority}${host}:${port}/${database}`;
};

/** SIGINT is the fast shutdown: open transactions are rolled back, the checkpoint is written (postgres manual 18.5). */
const stopServer = async (pid: number): Promise<void> => {
  if (!isProcessAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopTimeoutMs;
  while (isProcessAlive(pid) && Date.now() < deadline) await pause(50);
  if (isProcessAlive(pid)) process.kill(pid, 'SIGQUIT');
};
