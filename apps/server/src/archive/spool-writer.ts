import { createHash } from 'node:crypto';
import { close, fdatasync, open, rename, unlink, writev } from 'node:fs';
import { promisify } from 'node:util';
import { AppError } from '@jiapian/kernel';
import type { FolderSync } from './folder-sync.ts';
import { storageError } from './storage-error.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const syncData = promisify(fdatasync);
const renameFile = promisify(rename);
const removeFile = promisify(unlink);

/** Bytes gathered before they are written in one call; smaller blocks cost a thread switch each. */
const BLOCK_BYTES = 512 * 1024;
/** Bytes one object may have in memory before its sender is held. */
const HOLD_BYTES = 4 * 1024 * 1024;
/** The same for all objects in flight together, so that a hundred senders do not fill the memory. */
const HOLD_BYTES_TOGETHER = 64 * 1024 * 1024;
/** First bytes of the data set that stay in memory for the register. */
export const HEAD_BYTES = 64 * 1024;

export const PARTIAL_SUFFIX = '.part';

let writersInFlight = 0;

export interface SpoolTarget {
  /** Final name; until the object is complete it carries `.part` behind it. */
  path: string;
  folder: FolderSync;
  envelope: Uint8Array;
  limitBytes: number;
  /** Called after `write` answered false and there is room again. */
  onRoom?: () => void;
}

export interface SpooledFile {
  sha256: string;
  sizeBytes: number;
  datasetBytes: number;
  head: Uint8Array;
}

/**
 * One object on its way to disk. What `complete` answers for is durable: temporary name, data synced, renamed, folder
 * synced. A failure is kept and told by `complete`, so that a door can go on draining its sender.
 */
export class SpoolWriter {
  readonly #target: SpoolTarget;
  readonly #partialPath: string;
  readonly #opened: Promise<number>;
  #currentPath: string;
  #isClosed = false;
  readonly #hash = createHash('sha256');
  #pending: Uint8Array[];
  #bufferedBytes = 0;
  #writtenBytes = 0;
  #datasetBytes = 0;
  #head: Buffer | undefined;
  #headBytes = 0;
  #pump: Promise<void> | undefined;
  #isEnding = false;
  #isHeld = false;
  #failure: AppError | undefined;

  constructor(target: SpoolTarget) {
    this.#target = target;
    this.#partialPath = target.path + PARTIAL_SUFFIX;
    this.#currentPath = this.#partialPath;
    this.#opened = openFile(this.#partialPath, 'wx', 0o600);
    this.#opened.catch((cause: unknown) => this.#fail(cause));
    this.#pending = [target.envelope];
    this.#bufferedBytes = target.envelope.byteLength;
    writersInFlight++;
  }

  /** Takes the bytes without copying them; false asks the sender to wait for `onRoom`. */
  write(bytes: Uint8Array): boolean {
    this.#datasetBytes += bytes.byteLength;
    if (this.#failure !== undefined) return true;
    if (this.#datasetBytes > this.#target.limitBytes) {
      this.#fail(new AppError('INTAKE_TOO_LARGE', { limitBytes: this.#target.limitBytes }));
      return true;
    }
    this.#hash.update(bytes);
    if (this.#headBytes < HEAD_BYTES) this.#keepHead(bytes);
    this.#pending.push(bytes);
    this.#bufferedBytes += bytes.byteLength;
    if (this.#bufferedBytes >= BLOCK_BYTES) this.#startPump();
    this.#isHeld = this.#bufferedBytes >= Math.min(HOLD_BYTES, HOLD_BYTES_TOGETHER / writersInFlight);
    return !this.#isHeld;
  }

  /** Throws `STORAGE_FULL`, `STORAGE_FAILED` or `INTAKE_TOO_LARGE`; nothing is left behind then. */
  async complete(): Promise<SpooledFile> {
    this.#isEnding = true;
    try {
      if (this.#pump !== undefined) await this.#pump;
      this.#startPump();
      await this.#pump;
      if (this.#failure !== undefined) throw this.#failure;
      const file = await this.#opened;
      await syncData(file);
      await renameFile(this.#partialPath, this.#target.path);
      this.#currentPath = this.#target.path;
      await Promise.all([this.#target.folder.sync(), this.#close(file)]);
    } catch (cause) {
      await this.#removeRemains();
      throw storageError(cause);
    } finally {
      writersInFlight--;
    }
    return {
      sha256: this.#hash.digest('hex'),
      sizeBytes: this.#writtenBytes,
      datasetBytes: this.#datasetBytes,
      head: this.#head?.subarray(0, this.#headBytes) ?? Buffer.alloc(0),
    };
  }

  /** The sender broke off: nothing of the object remains. */
  async discard(): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    writersInFlight--;
    this.#fail(new AppError('DIMSE_PROTOCOL', { reason: 'broken-off' }));
    await this.#removeRemains();
  }

  #keepHead(bytes: Uint8Array): void {
    this.#head ??= Buffer.allocUnsafeSlow(HEAD_BYTES);
    const part = bytes.subarray(0, HEAD_BYTES - this.#headBytes);
    this.#head.set(part, this.#headBytes);
    this.#headBytes += part.byteLength;
  }

  #startPump(): void {
    this.#pump ??= this.#writePending().finally(() => {
      this.#pump = undefined;
    });
  }

  async #writePending(): Promise<void> {
    try {
      const file = await this.#opened;
      while (this.#pending.length > 0 && (this.#isEnding || this.#bufferedBytes >= BLOCK_BYTES)) {
        const batch = this.#pending;
        this.#pending = [];
        const written = await writeAll(file, batch);
        this.#writtenBytes += written;
        this.#bufferedBytes -= written;
        this.#releaseSender();
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #fail(cause: unknown): void {
    this.#failure ??= storageError(cause);
    this.#pending = [];
    this.#bufferedBytes = 0;
    this.#releaseSender();
  }

  #releaseSender(): void {
    if (!this.#isHeld || this.#bufferedBytes > BLOCK_BYTES) return;
    this.#isHeld = false;
    this.#target.onRoom?.();
  }

  async #removeRemains(): Promise<void> {
    await this.#pump;
    const file = await this.#opened.catch(() => undefined);
    if (file === undefined) return;
    // What cannot be removed now is removed, or replayed as never acknowledged, at the next start.
    await this.#close(file).catch(() => undefined);
    await removeFile(this.#currentPath).catch(() => undefined);
  }

  /** Once only: the number of a closed file may already belong to another one. */
  async #close(file: number): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await closeFile(file);
  }
}

const writeAll = async (file: number, parts: Uint8Array[]): Promise<number> => {
  let total = 0;
  let rest = parts.filter((part) => part.byteLength > 0);
  while (rest.length > 0) {
    const written = await writeSome(file, rest);
    if (written === 0) throw new AppError('STORAGE_FAILED', { code: 'nothing-written' });
    total += written;
    rest = withoutFirst(rest, written);
  }
  return total;
};

const writeSome = (file: number, parts: Uint8Array[]): Promise<number> =>
  new Promise((resolve, reject) => {
    writev(file, parts, null, (cause, written) => (cause === null ? resolve(written) : reject(cause)));
  });

const withoutFirst = (parts: Uint8Array[], count: number): Uint8Array[] => {
  let skipped = 0;
  for (const [index, part] of parts.entries()) {
    if (skipped + part.byteLength > count) return [part.subarray(count - skipped), ...parts.slice(index + 1)];
    skipped += part.byteLength;
  }
  return [];
};
