import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@jiapian/kernel';
import { anyRoleHeld, createDataFolder, holdRoles, type DataFolder } from './data-folder.ts';
import { isPassing } from './database-error.ts';
import { openDatabase, type Database } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { createReadiness, type Readiness } from './health.ts';
import type { App } from './app.ts';
import { createJobRegistry, type AnyJob, type JobRegistry } from './job-registry.ts';
import { createLiveEvents, type LiveEvents } from './live-events.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { migrate } from './migrate.ts';
import type { Tick } from './schedule.ts';
import type { Role, Settings } from './settings.ts';
import { checkStorage } from './storage-check.ts';

/** What every room is given. */
export interface Platform {
  settings: Settings;
  folder: DataFolder;
  clock: Clock;
  log: Log;
  database: Database;
  registry: JobRegistry;
  metrics: Metrics;
  readiness: Readiness;
  liveEvents: LiveEvents;
}

/** Runs in the role `worker`, unless another is named. */
export interface RoomTick extends Tick {
  role?: Role;
}

/** What a room gives to the process; each part runs where its role runs. */
export interface Room {
  /** Role `web`. */
  routes?(app: App): void | Promise<void>;
  /** Registered in every process (any may emit), run by role `worker`. */
  jobs?: readonly AnyJob[];
  ticks?: readonly RoomTick[];
  /** Before the doors open; `roles` are those of this process. */
  start?(roles: ReadonlySet<Role>): Promise<void>;
  /** Takes nothing new from outside, and finishes what is coming in. */
  closeDoors?(): Promise<void>;
  /** After the doors are closed and the jobs have ended. */
  stop?(): Promise<void>;
}

export interface OpenPlatform extends Platform {
  applied: readonly string[];
  close(): Promise<void>;
}

const systemClock: Clock = { now: () => new Date() };

/** Data folder, locks, database and schema; what was opened is closed again when a later step fails. */
export const openPlatform = async (settings: Settings, log: Log): Promise<OpenPlatform> => {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = await createDataFolder(settings.dataFolder);
    const locks = await holdRoles(folder, settings);
    closers.push(() => locks.release());
    const { url, applied } = await openSchema(settings, folder, log, closers);
    const registry = createJobRegistry();
    const database = openDatabase(url, { registry });
    closers.push(() => database.close());
    const liveEvents = createLiveEvents(database);
    closers.push(async () => liveEvents.close());
    const readiness = createReadiness(log);
    readiness.add('database', () => database.ping());
    readiness.add('storage', () => checkStorage(folder.cache));
    const metrics = createMetrics();
    return {
      settings,
      folder,
      clock: systemClock,
      log,
      database,
      registry,
      metrics,
      readiness,
      liveEvents,
      applied,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const openSchema = async (
  settings: Settings,
  folder: DataFolder,
  log: Log,
  closers: (() => Promise<void>)[],
): Promise<{ url: string; applied: string[] }> => {
  if (settings.databaseUrl !== null)
    return { url: settings.databaseUrl, ...(await migrateWhenReachable(settings.databaseUrl, log)) };
  const postgres = await startEmbeddedPostgres(folder.postgres, log);
  closers.push(async () => {
    // Another process of this data folder may still work on the same server: the last one stops it.
    if (await anyRoleHeld(folder, settings.roles)) postgres.leave();
    else await postgres.stop();
  });
  return { url: postgres.url, ...(await migrate(postgres.url)) };
};

/** After a power cut the database's machine may come up after ours. */
const startPatienceMs = 60_000;
const startRetryMs = 1_000;

const migrateWhenReachable = async (url: string, log: Log): Promise<{ applied: string[] }> => {
  const deadline = performance.now() + startPatienceMs;
  for (;;) {
    try {
      return await migrate(url);
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error;
      log.warn('database.waiting', {});
      await pause(startRetryMs);
    }
  }
};
