import { AppError } from '@jiapian/kernel';
import type { DimseServer } from '../platform/dimse-server.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { countObjects } from './count-objects.ts';
import { openDicomDoor } from './dicom-door.ts';
import type { OpenDoors } from './open-doors.ts';
import { fetchExams } from './fetch-exams.ts';
import { fetchRoutes } from './fetch.routes.ts';
import { openIntake, spoolRoles, type IntakeParts, type OpenIntake } from './open-intake.ts';
import { quarantineRoutes } from './quarantine.routes.ts';
import { replaySpool } from './replay-spool.ts';
import { stowRoutes } from './stow.routes.ts';
import { uploadRoutes } from './uploads.routes.ts';
import { watchFolders } from './watch-folders.ts';

/** How often the spool is looked through for what does not wait in memory, ms. */
const REPLAY_EVERY_MS = 60_000;
/** How often the watched folders are looked through; a file must stand still for as long, ms. */
const WATCH_EVERY_MS = 5_000;
/** How often the archives of fetched devices have their turn, ms. */
const FETCH_EVERY_MS = 10_000;
/** Time a stopping process gives to the register, ms; the rest is replayed at the next start. */
const LAST_INDEXING_MS = 5_000;

/** Four doors, one corridor: what comes in is durable, then acknowledged, then registered. */
export const createIntakeRoom = (platform: Platform, parts: IntakeParts): Room => {
  const { log, database } = platform;
  let intake: OpenIntake | undefined;
  let dimse: DimseServer | undefined;
  const countObject = countObjects(platform.metrics, () => intake?.queue.length ?? 0);
  const doors = doorsOf(() => intake);

  return {
    routes: (app) => {
      stowRoutes(app, doors, database);
      uploadRoutes(app, doors, database);
      quarantineRoutes(app, { ...platform, ...parts });
      fetchRoutes(app, platform);
    },
    start: async (roles) => {
      intake = await openIntake(platform, { ...parts, roles, countObject });
      // The doors open at once; what an earlier process left is brought in behind their backs.
      void replaySpool({ ...parts, ...intake, log }).catch((cause: unknown) =>
        log.error('intake.replay-failed', {}, cause),
      );
      if (roles.has('dicom')) dimse = await openDicomDoor(platform, intake.corridor, parts.operations);
    },
    ticks: [
      ...spoolRoles.map((role) => ({
        name: `intake.replay-${role}`,
        role,
        everyMs: REPLAY_EVERY_MS,
        run: async () => {
          if (intake?.role === role && intake.queue.length === 0) await replaySpool({ ...parts, ...intake, log });
        },
      })),
      {
        name: 'intake.fetch-exams',
        everyMs: FETCH_EVERY_MS,
        run: (signal) => fetchExams({ ...platform, ...platform.settings, corridor: () => doors.corridor }, signal),
      },
      { name: 'intake.watch-folders', everyMs: WATCH_EVERY_MS, run: watchFolders({ ...platform, doors }) },
    ],
    closeDoors: async () => {
      await dimse?.close();
    },
    stop: async () => {
      if (intake === undefined) return;
      await intake.spool.close();
      await Promise.race([intake.queue.whenIdle(), elapsed(LAST_INDEXING_MS)]);
      await intake.queue.close();
    },
  };
};

/** Requests come only after the room has started. */
const doorsOf = (opened: () => OpenIntake | undefined): OpenDoors => {
  const intake = (): OpenIntake => {
    const open = opened();
    if (open === undefined) throw new AppError('SERVER_DEFECT', { reason: 'intake-not-started' });
    return open;
  };
  return {
    get corridor() {
      return intake().corridor;
    },
    get outcomes() {
      return intake().outcomes;
    },
    get scratchFolder() {
      return intake().scratchFolder;
    },
  };
};

const elapsed = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
