import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { Spool, type ObjectStore } from '../archive/index.ts';
import type { RegisterBatch } from '../exams/index.ts';
import { startDimseServer, type DimseServer } from '../platform/dimse-server.ts';
import type { DimseServices } from '../platform/dimse-services.ts';
import type { Platform, Room } from '../platform/platform.ts';
import type { Role } from '../platform/settings.ts';
import { createAdmission } from './admit-caller.ts';
import { Corridor } from './corridor.ts';
import { IndexQueue } from './index-received.ts';
import { IndexedOutcomes } from './indexed-outcomes.ts';
import type { OpenDoors } from './open-doors.ts';
import { quarantineRoutes } from './quarantine.routes.ts';
import { replaySpool } from './replay-spool.ts';
import { stowRoutes } from './stow.routes.ts';
import { uploadRoutes } from './uploads.routes.ts';
import { watchFolders } from './watch-folders.ts';

/** How often the spool is looked through for what does not wait in memory, ms. */
const REPLAY_EVERY_MS = 60_000;
/** Time a stopping process gives to the register, ms; the rest is replayed at the next start. */
const LAST_INDEXING_MS = 5_000;

/** How often the watched folders are looked through; a file must stand still for as long, ms. */
const WATCH_EVERY_MS = 5_000;

/** The roles that have doors, in the order in which they name the spool of a process. */
const spoolRoles = ['dicom', 'web', 'worker'] as const satisfies readonly Role[];

export interface IntakeParts {
  store: ObjectStore;
  registerBatch: RegisterBatch;
}

interface OpenIntake extends OpenDoors {
  /** The role that looks after this process's spool. */
  role: Role;
  spool: Spool;
  queue: IndexQueue;
}

/** Four doors, one corridor: what comes in is durable, then acknowledged, then registered. */
export const createIntakeRoom = (platform: Platform, { store, registerBatch }: IntakeParts): Room => {
  const { folder, clock, log, settings, metrics, readiness } = platform;
  const received = metrics.counter('jiapian_objects_received', 'Objects made durable, by door.');
  const receivedBytes = metrics.counter('jiapian_bytes_received', 'Bytes made durable, by door.');
  const indexed = metrics.counter('jiapian_objects_indexed', 'Objects that left the spool, by outcome.');
  let intake: OpenIntake | undefined;
  let dimse: DimseServer | undefined;
  metrics.gauge(
    'jiapian_spool_objects',
    'Durable objects that wait for the register.',
    () => intake?.queue.length ?? 0,
  );

  /** Requests come only after the room has started. */
  const doors: OpenDoors = {
    get corridor() {
      return opened(intake).corridor;
    },
    get outcomes() {
      return opened(intake).outcomes;
    },
    get scratchFolder() {
      return opened(intake).scratchFolder;
    },
  };

  const openIntake = async (roles: ReadonlySet<Role>): Promise<OpenIntake> => {
    const [first = 'worker', ...others] = spoolRoles.filter((role) => roles.has(role));
    const spool = await Spool.open(folder.spool, first, ...others);
    const outcomes = new IndexedOutcomes();
    // What a killed process was unpacking is of no use: its sender got no answer.
    const scratchFolder = join(folder.uploads, first);
    await rm(scratchFolder, { recursive: true, force: true });
    await mkdir(scratchFolder, { recursive: true, mode: 0o700 });
    const queue = new IndexQueue({
      register: registerBatch,
      store,
      log,
      onIndexed: ({ objectId }, outcome) => {
        indexed.add({ outcome: outcome.kind });
        outcomes.settle(objectId, outcome);
      },
    });
    const corridor = new Corridor({
      spool,
      clock,
      onReceived: (object) => {
        received.add({ door: object.door });
        receivedBytes.add({ door: object.door }, object.sizeBytes);
        // A modality has its answer already; the other doors may ask.
        if (object.door !== 'dimse') outcomes.expect(object.objectId);
        queue.add(object);
      },
    });
    return { role: first, spool, corridor, queue, outcomes, scratchFolder };
  };

  return {
    routes: (app) => {
      stowRoutes(app, doors, platform.database);
      uploadRoutes(app, doors, platform.database);
      quarantineRoutes(app, { ...platform, store, registerBatch });
    },
    start: async (roles) => {
      intake = await openIntake(roles);
      // The doors open at once; what an earlier process left is brought in behind their backs.
      void replaySpool({ ...intake, store, log }).catch((cause: unknown) =>
        log.error('intake.replay-failed', {}, cause),
      );
      if (!roles.has('dicom')) return;
      const admit = createAdmission({ ...platform, aeTitle: settings.aeTitle });
      dimse = await startDimseServer({ ...settings.dicom, log, services: dimseServices(intake.corridor, admit) });
      log.info('dimse.listening', { ...dimse.address, aeTitle: settings.aeTitle });
      readiness.add('dicom', async () => {
        await dimse?.check();
      });
    },
    ticks: [
      ...spoolRoles.map((role) => ({
        name: `intake.replay-${role}`,
        role,
        everyMs: REPLAY_EVERY_MS,
        run: async () => {
          if (intake?.role === role && intake.queue.length === 0) await replaySpool({ ...intake, store, log });
        },
      })),
      { name: 'intake.watch-folders', everyMs: WATCH_EVERY_MS, run: watchFolders({ ...platform, doors }) },
    ],
    closeDoors: async () => {
      await dimse?.close();
    },
    stop: async () => {
      if (intake === undefined) return;
      await Promise.race([intake.queue.whenIdle(), elapsed(LAST_INDEXING_MS)]);
      await intake.queue.close();
      await intake.spool.close();
    },
  };
};

const dimseServices = (corridor: Corridor, admit: DimseServices['admit']): DimseServices => ({
  admit,
  beginStore: ({ sopClassUid, sopInstanceUid, ...request }, onRoom) =>
    corridor.begin(
      {
        ...request,
        door: 'dimse',
        fileName: '',
        sopClassUid,
        // A device that names no instance in its command names it in the data set.
        ...(sopInstanceUid === '' ? {} : { sopInstanceUid }),
      },
      onRoom,
    ),
});

const elapsed = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

const opened = (intake: OpenIntake | undefined): OpenIntake => {
  if (intake === undefined) throw new AppError('SERVER_DEFECT', { reason: 'intake-not-started' });
  return intake;
};
