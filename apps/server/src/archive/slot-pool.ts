import { randomBytes } from 'node:crypto';
import { close, constants, open, unlink } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FolderSync } from './folder-sync.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const removeFile = promisify(unlink);

export const SLOT_SUFFIX = '.slot';

/** Slots made at once: one folder sync serves all of them. */
const MADE_AT_ONCE = 48;
/** Fewer than these free, and more are made while the rest is used. */
const LOW_WATER = 24;

/** An empty file whose name is durable already, open for one object. */
export interface Slot {
  path: string;
  file: number;
}

/** Files made ahead, so that an acknowledgement waits for no folder: only the object's own bytes are left to sync. */
export class SlotPool {
  readonly #path: string;
  readonly #folder: FolderSync;
  readonly #openFlag: number;
  readonly #free: Slot[] = [];
  #filling: Promise<void> | undefined;

  constructor(path: string, folder: FolderSync, openFlag: number) {
    this.#path = path;
    this.#folder = folder;
    this.#openFlag = openFlag;
  }

  /** Fails as the disk does. */
  async take(): Promise<Slot> {
    for (;;) {
      const slot = this.#free.pop();
      if (slot === undefined) await this.#fill();
      else {
        // A failure here is met again, and told, by whoever finds the pool empty.
        if (this.#free.length < LOW_WATER) this.#fill().catch(() => undefined);
        return slot;
      }
    }
  }

  /** The first slots, ahead of the first object. */
  async open(): Promise<void> {
    await this.#fill().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#filling?.catch(() => undefined);
    await Promise.all(this.#free.splice(0).map(removeSlot));
  }

  #fill(): Promise<void> {
    this.#filling ??= this.#make().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  async #make(): Promise<void> {
    const made: Slot[] = [];
    try {
      for (let count = 0; count < MADE_AT_ONCE; count++) made.push(await this.#makeOne());
      await this.#folder.sync();
    } catch (cause) {
      await Promise.all(made.map(removeSlot));
      throw cause;
    }
    this.#free.push(...made);
  }

  async #makeOne(): Promise<Slot> {
    const path = join(this.#path, randomBytes(8).toString('hex') + SLOT_SUFFIX);
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | this.#openFlag;
    return { path, file: await openFile(path, flags, 0o600) };
  }
}

/** What cannot be removed now has no trailer and is removed at the next start. */
export const removeSlot = async ({ path, file }: Slot): Promise<void> => {
  await closeFile(file).catch(() => undefined);
  await removeFile(path).catch(() => undefined);
};
