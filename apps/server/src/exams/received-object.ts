import type { Envelope } from '../archive/index.ts';

/** One object whose bytes are durable, on its way into the register. */
export interface ReceivedObject extends Envelope {
  objectId: string;
  receivedAt: Date;
  /** Of the bytes as received (from `datasetOffset` to the end of the file), hexadecimal. */
  sha256: string;
  /** Of the whole file, envelope included. */
  sizeBytes: number;
  /** Where the received bytes begin in the file. */
  datasetOffset: number;
  /** The first block as received; a longer header needs a read from the store. */
  head: Uint8Array;
}

/** What the register made of one object. */
export type RegisterOutcome =
  | { kind: 'registered' }
  /** The same bytes are held already; the new copy is not needed. */
  | { kind: 'duplicate'; heldObjectId: string }
  /** Other bytes under the same SOP Instance UID: both are kept. */
  | { kind: 'conflict'; heldObjectId: string }
  /** Cannot be entered; `reason` says why in words for staff. */
  | { kind: 'quarantined'; reasonCode: string; reason: string };

/**
 * Enters a batch into the register in one transaction: one outcome per object, in order. An object that is already
 * entered under its own `objectId` answers `registered` again: after a crash the same object comes twice.
 */
export type RegisterBatch = (received: readonly ReceivedObject[]) => Promise<readonly RegisterOutcome[]>;
