import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Spool, type ObjectStore } from '../archive/index.ts';
import type { RegisterBatch } from '../exams/index.ts';
import type { OperationService } from '../platform/dimse-operations.ts';
import type { Platform } from '../platform/platform.ts';
import type { Role } from '../platform/settings.ts';
import { Corridor } from './corridor.ts';
import type { ObjectCounts } from './count-objects.ts';
import { IndexQueue } from './index-received.ts';
import { IndexedOutcomes } from './indexed-outcomes.ts';
import type { OpenDoors } from './open-doors.ts';

/** The roles that have doors, in the order in which they name the spool of a process. */
export const spoolRoles = ['dicom', 'web', 'worker'] as const satisfies readonly Role[];

export interface IntakeParts {
  store: ObjectStore;
  registerBatch: RegisterBatch;
  /** Services of the DICOM door besides storage. */
  operations?: readonly OperationService[];
}

export interface OpenIntake extends OpenDoors {
  /** The role that looks after this process's spool. */
  role: Role;
  spool: Spool;
  queue: IndexQueue;
}

/** The corridor of one process: its spool, and the queue into the register behind it. */
export const openIntake = async (
  { folder, clock, log }: Pick<Platform, 'folder' | 'clock' | 'log'>,
  parts: IntakeParts & { roles: ReadonlySet<Role>; countObject: ObjectCounts },
): Promise<OpenIntake> => {
  const [role = 'worker', ...others] = spoolRoles.filter((one) => parts.roles.has(one));
  const spool = await Spool.open(folder.spool, role, ...others);
  for (const slot of spool.torn) log.error('intake.torn-slot', { slot });
  const scratchFolder = join(folder.uploads, role);
  // What a killed process was unpacking is of no use: its sender got no answer.
  await rm(scratchFolder, { recursive: true, force: true });
  await mkdir(scratchFolder, { recursive: true, mode: 0o700 });
  const outcomes = new IndexedOutcomes();
  const queue = new IndexQueue({
    register: parts.registerBatch,
    store: parts.store,
    log,
    onIndexed: ({ objectId }, outcome) => {
      parts.countObject.indexed(outcome);
      outcomes.settle(objectId, outcome);
    },
  });
  const corridor = new Corridor({
    spool,
    clock,
    onDurable: (object) => {
      parts.countObject.received(object);
      // A modality has its answer already; the other doors may ask.
      if (object.door !== 'dimse') outcomes.expect(object.objectId);
    },
    onReceived: (object) => void queue.add(object),
  });
  return { role, spool, corridor, queue, outcomes, scratchFolder };
};
