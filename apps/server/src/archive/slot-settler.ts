import { close, ftruncate, rename } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FolderSync } from './folder-sync.ts';
import type { Slot } from './slot-pool.ts';

const closeFile = promisify(close);
const cutFile = promisify(ftruncate);
const renameFile = promisify(rename);

/** Objects get their names together when no more came for so long, ms: one folder sync for all of them. */
const GATHER_MS = 50;
/** Under a steady stream they get them after so long, ms, or so many (each keeps a file open): names hold up the disk for those that come meanwhile. */
const GATHER_LIMIT_MS = 2_000;
const GATHER_OBJECTS = 500;
/** So many are worked on at once: of the four threads of the pool one is left to what comes now. */
const AT_ONCE = 3;
/** Pause after a failure, ms: the objects are durable where they are. */
const RETRY_MS = 1_000;

interface Unsettled {
  slot: Slot;
  target: string;
  sizeBytes: number;
  isRenamed: boolean;
  resolve: (isSettled: boolean) => void;
}

/**
 * Gives acknowledged objects their names, behind the acknowledgement. The order matters: the trailer is cut off only when
 * the name is durable, so that at every moment one of the two says what the file is.
 */
export class SlotSettler {
  readonly #folder: FolderSync;
  readonly #stop = new AbortController();
  #waiting: Unsettled[] = [];
  #work: Promise<void> | undefined;

  constructor(folder: FolderSync) {
    this.#folder = folder;
  }

  /** Answers true once the object bears its name; false when the spool was closed before, and the next start does it. */
  settle(slot: Slot, target: string, sizeBytes: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push({ slot, target, sizeBytes, isRenamed: false, resolve });
    this.#work ??= this.#run();
    return promise;
  }

  /** Settles what waits without pausing. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#waiting;
      this.#waiting = [];
      const left = await this.#settleBatch(batch);
      if (this.#stop.signal.aborted) await Promise.all(left.map(giveUp));
      else this.#waiting.unshift(...left);
      if (left.length > 0) await this.#pause(RETRY_MS);
    }
    this.#work = undefined;
  }

  async #gather(): Promise<void> {
    for (let waitedMs = 0, before = -1; waitedMs < GATHER_LIMIT_MS; waitedMs += GATHER_MS) {
      const { length } = this.#waiting;
      if (length === before || length >= GATHER_OBJECTS) return;
      before = length;
      await this.#pause(GATHER_MS);
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    // Closing the spool ends the pause early.
    await wait(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  /** Answers those that could not be settled. */
  async #settleBatch(batch: Unsettled[]): Promise<Unsettled[]> {
    const unnamed = await forEach(batch, giveName);
    if (unnamed.length > 0) return batch;
    try {
      await this.#folder.sync();
    } catch {
      return batch;
    }
    const left = await forEach(batch, cutTrailer);
    for (const one of batch) if (!left.includes(one)) one.resolve(true);
    return left;
  }
}

/** Answers those whose work failed. */
const forEach = async (batch: readonly Unsettled[], work: (one: Unsettled) => Promise<void>): Promise<Unsettled[]> => {
  const failed: Unsettled[] = [];
  for (let first = 0; first < batch.length; first += AT_ONCE) {
    const some = batch.slice(first, first + AT_ONCE);
    await Promise.all(some.map((one) => work(one).catch(() => failed.push(one))));
  }
  return failed;
};

const giveName = async (one: Unsettled): Promise<void> => {
  if (one.isRenamed) return;
  await renameFile(one.slot.path, one.target);
  one.isRenamed = true;
};

const cutTrailer = async ({ slot, sizeBytes }: Unsettled): Promise<void> => {
  await cutFile(slot.file, sizeBytes);
  // The bytes are safe; a descriptor that does not close harms no object.
  await closeFile(slot.file).catch(() => undefined);
};

const giveUp = async ({ slot, resolve }: Unsettled): Promise<void> => {
  await closeFile(slot.file).catch(() => undefined);
  resolve(false);
};
