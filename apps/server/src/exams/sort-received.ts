import type { ReadObject } from './read-received.ts';
import type { RegisterOutcome } from './received-object.ts';

/** Bytes that are held already under a UID; exactly one of a UID is the registered one, the others are kept apart. */
export interface HeldObject {
  objectId: string;
  sopInstanceUid: string;
  sha256: string;
  isRegistered: boolean;
}

export interface SortedBatch {
  outcomes: Map<string, RegisterOutcome>;
  /** To be entered. */
  fresh: ReadObject[];
  /** To be kept apart: other bytes under a UID that is held or entered in this batch. */
  apart: ReadObject[];
}

/** New, the same again, or other bytes under one UID: told by checksum, against what is held and within the batch. */
export const sortReceived = (batch: readonly ReadObject[], held: readonly HeldObject[]): SortedBatch => {
  const byUid = Map.groupBy(held, ({ sopInstanceUid }) => sopInstanceUid);
  const sorted: SortedBatch = { outcomes: new Map(), fresh: [], apart: [] };
  for (const read of batch) {
    const { objectId, sha256 } = read.received;
    const { sopInstanceUid } = read.facts;
    const known = byUid.get(sopInstanceUid) ?? [];
    const itself = known.find((other) => other.objectId === objectId);
    const same = known.find((other) => other.sha256 === sha256);
    const registered = known.find((other) => other.isRegistered);
    if (itself !== undefined) {
      sorted.outcomes.set(objectId, itself.isRegistered ? { kind: 'registered' } : apartFrom(registered, itself));
      continue;
    }
    if (same !== undefined) {
      sorted.outcomes.set(objectId, { kind: 'duplicate', heldObjectId: same.objectId });
      continue;
    }
    sorted.outcomes.set(objectId, registered === undefined ? { kind: 'registered' } : apartFrom(registered));
    (registered === undefined ? sorted.fresh : sorted.apart).push(read);
    byUid.set(sopInstanceUid, [...known, { objectId, sopInstanceUid, sha256, isRegistered: registered === undefined }]);
  }
  return sorted;
};

const apartFrom = (registered: HeldObject | undefined, itself?: HeldObject): RegisterOutcome => ({
  kind: 'conflict',
  heldObjectId: (registered ?? itself)?.objectId ?? '',
});
