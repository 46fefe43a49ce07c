import type { Clock } from '@jiapian/kernel';
import { receivedAtOf, type Envelope, type Spool } from '../archive/index.ts';
import type { ReceivedObject } from '../exams/index.ts';

/** Largest object that is taken, in bytes: twice the largest multi-frame object seen in practice (tomosynthesis, 4 GB). */
export const OBJECT_LIMIT_BYTES = 8 * 1024 ** 3;

/** An object that is coming in through some door. */
export interface Reception {
  /** Copies the bytes; false asks the door to hold its sender until `onRoom`. */
  write(bytes: Uint8Array): boolean;
  /** Durable and handed to the register's queue when this answers. Throws `STORAGE_FULL`, `STORAGE_FAILED`, `INTAKE_TOO_LARGE`. */
  complete(): Promise<ReceivedObject>;
  /** The sender broke off; nothing remains. */
  discard(): Promise<void>;
}

/** Receive, persist, acknowledge: the one way in, whatever the door. */
export class Corridor {
  readonly #spool: Spool;
  readonly #clock: Clock;
  readonly #onReceived: (received: ReceivedObject) => void;
  readonly #limitBytes: number;

  constructor(parts: {
    spool: Spool;
    clock: Clock;
    onReceived: (received: ReceivedObject) => void;
    limitBytes?: number;
  }) {
    this.#spool = parts.spool;
    this.#clock = parts.clock;
    this.#onReceived = parts.onReceived;
    this.#limitBytes = parts.limitBytes ?? OBJECT_LIMIT_BYTES;
  }

  begin(envelope: Envelope, onRoom?: () => void): Reception {
    const { objectId, datasetOffset, writer } = this.#spool.begin(envelope, {
      receivedAt: this.#clock.now(),
      limitBytes: this.#limitBytes,
      ...(onRoom === undefined ? {} : { onRoom }),
    });
    return {
      write: (bytes) => writer.write(bytes),
      complete: async () => {
        const { sha256, sizeBytes, head } = await writer.complete();
        const receivedAt = receivedAtOf(objectId);
        const received = { ...envelope, objectId, receivedAt, sha256, sizeBytes, datasetOffset, head };
        this.#onReceived(received);
        return received;
      },
      discard: () => writer.discard(),
    };
  }
}
