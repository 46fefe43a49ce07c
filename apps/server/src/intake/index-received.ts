import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import type { ReceivedObject, RegisterBatch, RegisterOutcome } from '../exams/index.ts';
import type { Log } from '../platform/log.ts';
import type { DurableObject } from './durable-object.ts';
import { readHead } from './rebuild-received.ts';

/** Most objects that enter the register in one transaction. */
const BATCH_OBJECTS = 200;
/** What has come is entered when nothing more comes for so long, ms. */
const GATHER_MS = 50;
/** Under a steady stream it is entered after so long, ms: until then the processor belongs to the doors. */
const GATHER_LIMIT_MS = 2_000;
/** So many are entered at once, whatever comes. */
const GATHER_OBJECTS = 2_000;
/** First bytes of waiting objects kept in memory; beyond, they are read again from disk when their turn comes. */
const HEADS_IN_MEMORY_BYTES = 32 * 1024 * 1024;
/** Objects that may wait in memory; those beyond stay in the spool until the next look into it. */
const WAITING_OBJECTS = 20_000;
/** Pause after a failed batch, doubled each time from the first to the last, ms: the database may be away for a minute. */
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5_000;
/** A batch that failed so often for no outage is entered one by one: one object must not hold up the rest. */
const WHOLE_BATCH_ATTEMPTS = 2;

export interface IndexParts {
  register: RegisterBatch;
  store: ObjectStore;
  log: Log;
  /** Told once per object, after its bytes are where they belong. */
  onIndexed?: (received: ReceivedObject, outcome: RegisterOutcome) => void;
}

/**
 * The queue between "durable" and "registered". It never refuses: intake goes on while the database is away, and what
 * is not registered when the process ends lies in the spool for the next start.
 */
export class IndexQueue {
  readonly #parts: IndexParts;
  readonly #waiting = new Map<string, DurableObject>();
  readonly #stop = new AbortController();
  #headBytes = 0;
  #failures = 0;
  #outages = 0;
  #work: Promise<void> | undefined;

  constructor(parts: IndexParts) {
    this.#parts = parts;
  }

  /** Objects that are durable and not yet registered, as far as they are in memory. */
  get length(): number {
    return this.#waiting.size;
  }

  has(objectId: string): boolean {
    return this.#waiting.has(objectId);
  }

  /** False when the object has to wait in the spool. */
  add(received: DurableObject): boolean {
    if (this.#waiting.has(received.objectId)) return true;
    if (this.#waiting.size >= WAITING_OBJECTS) return false;
    const { byteLength } = received.head;
    const keepsHead = this.#headBytes + byteLength <= HEADS_IN_MEMORY_BYTES;
    if (keepsHead) this.#headBytes += byteLength;
    this.#waiting.set(received.objectId, keepsHead ? received : { ...received, head: new Uint8Array(0) });
    if (!this.#stop.signal.aborted) this.#work ??= this.#drain();
    return true;
  }

  /** Resolves when nothing waits, or the queue is closed. */
  async whenIdle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  /** Ends after the batch in hand; the rest stays in the spool. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.size > 0 && !this.#stop.signal.aborted) {
      await this.#gather();
      const gathered = this.#waiting.size;
      for (let entered = 0; entered < gathered && !this.#stop.signal.aborted;) {
        const batch = this.#nextBatch();
        if (batch.length === 0) break;
        await this.#tryBatch(batch);
        entered += batch.length;
      }
    }
    this.#work = undefined;
  }

  async #gather(): Promise<void> {
    for (let waitedMs = 0, before = -1; waitedMs < GATHER_LIMIT_MS; waitedMs += GATHER_MS) {
      const { size } = this.#waiting;
      if (size === before || size >= GATHER_OBJECTS) return;
      before = size;
      await this.#pause(GATHER_MS);
    }
  }

  #nextBatch(): DurableObject[] {
    const size = this.#failures >= WHOLE_BATCH_ATTEMPTS ? 1 : BATCH_OBJECTS;
    const batch: DurableObject[] = [];
    for (const received of this.#waiting.values()) {
      if (batch.push(received) === size) break;
    }
    return batch;
  }

  async #tryBatch(batch: readonly DurableObject[]): Promise<void> {
    try {
      await this.#indexBatch(batch);
      this.#failures = 0;
      this.#outages = 0;
    } catch (cause) {
      const isOutage = cause instanceof AppError && cause.kind === 'unavailable';
      if (isOutage) this.#outages++;
      else this.#failures++;
      const tries = this.#outages + this.#failures;
      this.#parts.log.error(
        'intake.index-failed',
        { objects: batch.length, waiting: this.#waiting.size, tries },
        cause,
      );
      // It stays in the spool and is tried again at the next look into it.
      if (!isOutage && batch.length === 1 && batch[0] !== undefined) this.#forget(batch[0]);
      await this.#pause(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (tries - 1)));
    }
  }

  async #indexBatch(batch: readonly DurableObject[]): Promise<void> {
    const { register } = this.#parts;
    const whole: ReceivedObject[] = [];
    for (const received of batch) whole.push(await this.#completed(received));
    const outcomes = await register(whole);
    if (outcomes.length !== batch.length) {
      throw new AppError('SERVER_DEFECT', {
        reason: 'outcomes-missing',
        objects: batch.length,
        outcomes: outcomes.length,
      });
    }
    await Promise.all(whole.map((received, index) => this.#settle(received, outcomes[index])));
  }

  /** With what was left for later: the head that found no room in memory, the checksum of a large object. */
  async #completed(received: DurableObject): Promise<ReceivedObject> {
    const { store } = this.#parts;
    const isHeadDropped = received.head.byteLength === 0 && received.sizeBytes > received.datasetOffset;
    const head = isHeadDropped ? await readHead(store, received) : received.head;
    const sha256 = received.sha256 ?? (await store.checksum(received.objectId, received.datasetOffset));
    // A batch that fails is not read again.
    if (received.sha256 === undefined) this.#remember(received, sha256);
    return { ...received, head, sha256 };
  }

  #remember(received: DurableObject, sha256: string): void {
    if (this.#waiting.has(received.objectId)) this.#waiting.set(received.objectId, { ...received, sha256 });
  }

  /** Once the row is committed, the bytes go where the row says; a crash before this is mended by the next start. */
  async #settle(received: ReceivedObject, outcome: RegisterOutcome | undefined): Promise<void> {
    if (outcome === undefined) return;
    const { store, onIndexed } = this.#parts;
    const { objectId } = received;
    if (outcome.kind === 'quarantined') await store.move(objectId, 'quarantine');
    // After a crash an object may be compared with itself: never remove the only copy.
    else if (outcome.kind === 'duplicate' && outcome.heldObjectId !== objectId) await store.remove(objectId);
    else await store.move(objectId, 'objects');
    this.#forget(received);
    onIndexed?.(received, outcome);
  }

  #forget({ objectId }: Pick<ReceivedObject, 'objectId'>): void {
    const waiting = this.#waiting.get(objectId);
    if (waiting === undefined) return;
    this.#headBytes -= waiting.head.byteLength;
    this.#waiting.delete(objectId);
  }

  async #pause(milliseconds: number): Promise<void> {
    // Closing the queue ends the pause early.
    await wait(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
