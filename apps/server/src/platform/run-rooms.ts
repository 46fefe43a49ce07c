import type { AddressInfo } from 'node:net';
import type { Authenticate } from './caller.ts';
import { forgetDoneJobs } from './dead-jobs.ts';
import type { App } from './app.ts';
import { createHttp } from './http.ts';
import { countJobs, createJobDispatcher } from './jobs.ts';
import type { OpenPlatform, Room, RoomTick } from './platform.ts';
import { createSchedule } from './schedule.ts';
import type { Endpoint } from './settings.ts';
import { softwareVersion } from './software-version.ts';
import { servePages, webDistFolder } from './web-pages.ts';

const hourMs = 3_600_000;

export interface RunningRooms {
  http: Endpoint | null;
  /** Doors first, then what runs, then the rooms; the platform stays open. */
  stop(): Promise<void>;
}

/** Starts in this process the parts of the rooms that belong to its roles. */
export const runRooms = async (
  platform: OpenPlatform,
  rooms: readonly Room[],
  authenticate: Authenticate,
): Promise<RunningRooms> => {
  const { settings, log, database, registry, readiness, metrics, liveEvents } = platform;
  const { roles } = settings;
  for (const room of rooms) registry.register(room.jobs ?? []);
  const dispatcher = createJobDispatcher(database, registry, log);
  const forget: RoomTick = { name: 'jobs.forget-done', everyMs: hourMs, run: () => forgetDoneJobs(database) };
  const ticks = [forget, ...rooms.flatMap((room) => room.ticks ?? [])].filter(({ role = 'worker' }) => roles.has(role));
  const schedule = createSchedule(ticks, log);
  metrics.gauge('jiapian_jobs', 'Jobs by state.', () => countJobs(database));

  const app = await createHttp({ authenticate, readiness, metrics, liveEvents, log, version: softwareVersion });
  const stop = async (): Promise<void> => {
    await app.close();
    for (const room of rooms) await room.closeDoors?.();
    await Promise.all([dispatcher.stop(), schedule.stop()]);
    for (const room of [...rooms].reverse()) await room.stop?.();
  };
  try {
    if (roles.has('web')) {
      for (const room of rooms) await room.routes?.(app);
      await servePages(app, webDistFolder);
    }
    for (const room of rooms) await room.start?.(roles);
    if (roles.has('worker')) {
      readiness.add('worker', () => dispatcher.check());
      dispatcher.start();
    }
    schedule.start();
    return { http: await listen(app, platform), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Without the web role only health is served, and a neighbour on this machine may have the port already. */
const listen = async (app: App, { settings, log }: OpenPlatform): Promise<Endpoint | null> => {
  try {
    await app.listen(settings.http);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!isTaken || settings.roles.has('web')) throw error;
    log.warn('health.port-taken', { ...settings.http });
    return null;
  }
  const { address, port } = app.server.address() as AddressInfo;
  return { host: address, port };
};
