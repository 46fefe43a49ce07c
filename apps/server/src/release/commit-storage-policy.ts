import { stat } from 'node:fs/promises';
import type { ObjectStore } from '../archive/index.ts';
import { failureReasons, type DecidedObject } from './storage-commitment-data.ts';
import type { HeldObject } from './storage-commitment.repository.ts';

/** `durable-here`: our own disk is enough. `confirmed-by-pacs`: every archive must have said that it has the object. */
export type CommitmentPolicy = 'durable-here' | 'confirmed-by-pacs';

/** An object just received may still be on its way from the spool into the register, ms. [PD] */
export const REGISTER_WITHIN_MS = 60_000;
/** How long an archive may take before a modality is told no, ms: it keeps its copy and asks again. [PD] */
export const ARCHIVE_WITHIN_MS = 24 * 3_600_000;

/**
 * What may be said of one object; null while it is too early. A no is always safe: the modality keeps its copy. A film
 * that is not sent (废) is kept here for good, so our disk is enough for it under either policy.
 */
export const decideObject = async (
  object: HeldObject,
  { policy, waitedMs, store }: { policy: CommitmentPolicy; waitedMs: number; store: Pick<ObjectStore, 'path'> },
): Promise<DecidedObject | null> => {
  const { sopClassUid, sopInstanceUid } = object;
  const say = (failureReason: number): DecidedObject => ({ sopClassUid, sopInstanceUid, failureReason });
  if (object.objectId === null) return waitedMs < REGISTER_WITHIN_MS ? null : say(failureReasons.noSuchInstance);
  if (object.heldClassUid !== sopClassUid) return say(failureReasons.classInstanceConflict);
  if (!(await isOnDisk(object, store))) return say(failureReasons.processingFailure);
  const isConfirmed = object.unsent === 0 && (object.sent > 0 || object.cancelled > 0);
  if (policy === 'durable-here' || isConfirmed) return say(0);
  return waitedMs < ARCHIVE_WITHIN_MS ? null : say(failureReasons.processingFailure);
};

/** The register says so, and the file is there with all its bytes. */
const isOnDisk = async ({ objectId, sizeBytes }: HeldObject, store: Pick<ObjectStore, 'path'>): Promise<boolean> => {
  try {
    const { size } = await stat(await store.path(objectId ?? ''));
    return size === sizeBytes;
  } catch {
    return false;
  }
};
