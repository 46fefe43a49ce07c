import { close, ftruncate, rename } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FolderSync } from './folder-sync.ts';
import type { Slot } from './slot-pool.ts';

const closeFile = promisify(close);
const cutFile = promisify(ftruncate);
const renameFile = promisify(rename);

/** Objects of so long a time get their names together, ms: one folder sync for all of them, which holds up those that come meanwhile. */
const GATHER_MS = 150;
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
    let pauseMs = GATHER_MS;
    while (this.#waiting.length > 0) {
      await wait(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      const batch = this.#waiting;
      this.#waiting = [];
      const left = await this.#settleBatch(batch);
      if (this.#stop.signal.aborted) await Promise.all(left.map(giveUp));
      else this.#waiting.unshift(...left);
      pauseMs = left.length === 0 ? GATHER_MS : RETRY_MS;
    }
    this.#work = undefined;
  }

  /** Answers those that could not be settled. */
  async #settleBatch(batch: Unsettled[]): Promise<Unsettled[]> {
    // One after another: the objects that come now shall not wait for a free thread behind them.
    try {
      for (const one of batch) await giveName(one);
      await this.#folder.sync();
    } catch {
      return batch;
    }
    const left: Unsettled[] = [];
    for (const one of batch) await cutTrailer(one).catch(() => left.push(one));
    return left;
  }
}

const giveName = async (one: Unsettled): Promise<void> => {
  if (one.isRenamed) return;
  await renameFile(one.slot.path, one.target);
  one.isRenamed = true;
};

const cutTrailer = async ({ slot, sizeBytes, resolve }: Unsettled): Promise<void> => {
  await cutFile(slot.file, sizeBytes);
  // The bytes are safe; a descriptor that does not close harms no object.
  await closeFile(slot.file).catch(() => undefined);
  resolve(true);
};

const giveUp = async ({ slot, resolve }: Unsettled): Promise<void> => {
  await closeFile(slot.file).catch(() => undefined);
  resolve(false);
};
