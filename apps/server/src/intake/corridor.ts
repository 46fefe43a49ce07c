import type { Clock } from '@jiapian/kernel';
import { receivedAtOf, type Envelope, type Spool } from '../archive/index.ts';
import type { DurableObject } from './durable-object.ts';

/** Largest object that is taken, in bytes: twice the largest multi-frame object seen in practice (tomosynthesis, 4 GB). */
export const OBJECT_LIMIT_BYTES = 8 * 1024 ** 3;

/** First bytes of objects that wait for their name, kept in memory; beyond, they are read again when they are registered. */
const UNNAMED_HEADS_BYTES = 4 * 1024 * 1024;

/** An object that is coming in through some door. */
export interface Reception {
  /** Copies the bytes; false asks the door to hold its sender until `onRoom`. */
  write(bytes: Uint8Array): boolean;
  /** Durable when this answers; the register's queue gets it a moment later. Throws `STORAGE_FULL`, `STORAGE_FAILED`, `INTAKE_TOO_LARGE`. */
  complete(): Promise<DurableObject>;
  /** The sender broke off; nothing remains. */
  discard(): Promise<void>;
}

interface CorridorParts {
  spool: Spool;
  clock: Clock;
  /** Told at once when an object is durable. */
  onDurable?: (received: DurableObject) => void;
  /** Told when it bears its name and may be registered; not told when the next start has to do it. */
  onReceived: (received: DurableObject) => void;
  limitBytes?: number;
}

/** Receive, persist, acknowledge: the one way in, whatever the door. */
export class Corridor {
  readonly #parts: CorridorParts;
  #unnamedHeadBytes = 0;

  constructor(parts: CorridorParts) {
    this.#parts = parts;
  }

  begin(envelope: Envelope, onRoom?: () => void): Reception {
    const { spool, clock, limitBytes = OBJECT_LIMIT_BYTES } = this.#parts;
    const { objectId, datasetOffset, writer } = spool.begin(envelope, {
      receivedAt: clock.now(),
      limitBytes,
      ...(onRoom === undefined ? {} : { onRoom }),
    });
    return {
      write: (bytes) => writer.write(bytes),
      complete: async () => {
        const { sha256, sizeBytes, head, settled } = await writer.complete();
        const receivedAt = receivedAtOf(objectId);
        const durable = { ...envelope, objectId, receivedAt, sizeBytes, datasetOffset, head };
        this.#parts.onDurable?.(durable);
        this.#tellWhenNamed(durable, sha256, settled);
        return durable;
      },
      discard: () => writer.discard(),
    };
  }

  #tellWhenNamed(durable: DurableObject, checksum: Promise<string | undefined>, settled: Promise<boolean>): void {
    const keepsHead = this.#unnamedHeadBytes + durable.head.byteLength <= UNNAMED_HEADS_BYTES;
    const received = keepsHead ? durable : { ...durable, head: new Uint8Array(0) };
    this.#unnamedHeadBytes += received.head.byteLength;
    void Promise.all([settled, checksum]).then(([isSettled, sha256]) => {
      this.#unnamedHeadBytes -= received.head.byteLength;
      if (isSettled) this.#parts.onReceived(sha256 === undefined ? received : { ...received, sha256 });
    });
  }
}
