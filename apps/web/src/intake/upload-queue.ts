import type { UploadFile } from '@jiapian/contract';
import { ApiProblem, asProblem } from '../api/api-problem.ts';
import type { ChosenFile } from './chosen-files.ts';

export interface UploadItem {
  readonly chosen: ChosenFile;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  readonly sentBytes: number;
  readonly result: UploadFile | null;
  readonly problem: ApiProblem | null;
}
export interface UploadState {
  readonly items: ReadonlyMap<string, UploadItem>;
  /** The connection was lost; what has not arrived waits for it. */
  readonly isLost: boolean;
  /** The upload itself could not be started or asked about. */
  readonly problem: ApiProblem | null;
}

/** What the queue needs of the outside. */
export interface UploadDoor {
  /** Begins a new upload. */
  start: () => Promise<string>;
  /** What of an upload has arrived; null when the server does not know it any more. */
  arrived: (uploadId: string) => Promise<readonly UploadFile[] | null>;
  send: (
    uploadId: string,
    chosen: ChosenFile,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
  ) => Promise<UploadFile>;
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly wait: (ms: number) => Promise<void>;
}

/** Files on their way at the same time: more gain nothing on one line. */
const SENDERS = 3;
const LOOK_AGAIN_MS = 4000;
const memoryKey = 'jiapian.upload';

/**
 * Sends chosen files one by one. After a lost connection it asks the server what has arrived and sends the rest;
 * after a reload the same files, chosen again, are recognised by their keys.
 */
export class UploadQueue {
  readonly #door: UploadDoor;
  #state: UploadState = { items: new Map(), isLost: false, problem: null };
  #listeners = new Set<() => void>();
  #isRunning = false;
  #stop = new AbortController();

  constructor(door: UploadDoor) {
    this.#door = door;
  }

  readonly state = (): UploadState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Adds files (those that are in it already are left out) and begins to send. */
  add(files: readonly ChosenFile[]): void {
    const items = new Map(this.#state.items);
    for (const chosen of files) {
      if (!items.has(chosen.fileKey)) items.set(chosen.fileKey, newItem(chosen));
    }
    this.#change({ items });
    void this.#run();
  }

  /** Tries the failed ones again. */
  retry(): void {
    const items = new Map(this.#state.items);
    for (const [key, item] of items) if (item.state === 'failed') items.set(key, newItem(item.chosen));
    this.#change({ items });
    void this.#run();
  }

  /** Forgets everything; the next file begins a new upload. */
  clear(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#door.memory.removeItem(memoryKey);
    this.#change({ items: new Map(), isLost: false, problem: null });
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { signal } = this.#stop;
    try {
      while (!signal.aborted && this.#next()) {
        const uploadId = await this.#open();
        this.#change({ isLost: false, problem: null });
        await Promise.all(Array.from({ length: SENDERS }, () => this.#sendAll(uploadId, signal)));
        if (this.#state.isLost) await this.#door.wait(LOOK_AGAIN_MS);
      }
    } catch (error) {
      if (!signal.aborted) this.#change({ problem: asProblem(error) });
    } finally {
      this.#isRunning = false;
    }
    // Chosen while the last run was ending.
    if (!this.#state.problem && this.#next()) void this.#run();
  }

  /** The upload of this tab, with what has arrived of it taken over; a new one when there is none. */
  async #open(): Promise<string> {
    for (;;) {
      try {
        const known = this.#door.memory.getItem(memoryKey);
        const arrived = known === null ? null : await this.#door.arrived(known);
        if (known !== null && arrived) {
          for (const result of arrived) {
            const item = this.#state.items.get(result.fileKey);
            if (item?.state === 'waiting') this.#set(item, { state: 'done', result });
          }
          return known;
        }
        const started = await this.#door.start();
        this.#door.memory.setItem(memoryKey, started);
        return started;
      } catch (error) {
        if (!isLost(error)) throw error;
        this.#change({ isLost: true });
        await this.#door.wait(LOOK_AGAIN_MS);
      }
    }
  }

  async #sendAll(uploadId: string, signal: AbortSignal): Promise<void> {
    for (let item = this.#next(); item && !signal.aborted && !this.#state.isLost; item = this.#next()) {
      await this.#sendOne(uploadId, item, signal);
    }
  }

  async #sendOne(uploadId: string, item: UploadItem, signal: AbortSignal): Promise<void> {
    this.#set(item, { state: 'sending' });
    try {
      const result = await this.#door.send(
        uploadId,
        item.chosen,
        (sentBytes) => this.#set(item, { state: 'sending', sentBytes }),
        signal,
      );
      this.#set(item, { state: 'done', result });
    } catch (error) {
      if (signal.aborted) return;
      if (isLost(error)) {
        this.#set(item, { state: 'waiting' });
        this.#change({ isLost: true });
      } else this.#set(item, { state: 'failed', problem: asProblem(error) });
    }
  }

  #next(): UploadItem | undefined {
    for (const item of this.#state.items.values()) if (item.state === 'waiting') return item;
    return undefined;
  }

  #set(item: UploadItem, change: Partial<UploadItem>): void {
    const { fileKey } = item.chosen;
    if (!this.#state.items.has(fileKey)) return;
    const items = new Map(this.#state.items);
    items.set(fileKey, { ...newItem(item.chosen), ...change });
    this.#change({ items });
  }

  #change(change: Partial<UploadState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const newItem = (chosen: ChosenFile): UploadItem => ({
  chosen,
  state: 'waiting',
  sentBytes: 0,
  result: null,
  problem: null,
});

const isLost = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'NETWORK_LOST';
