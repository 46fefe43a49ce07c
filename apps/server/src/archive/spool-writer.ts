import { createHash } from 'node:crypto';
import { close, constants, fdatasync, ftruncate, open, rename, unlink, write } from 'node:fs';
import { promisify } from 'node:util';
import { AppError } from '@jiapian/kernel';
import { BLOCK_BYTES, DIRECT_ALIGNMENT_BYTES, type BlockPool } from './block-pool.ts';
import type { FolderSync } from './folder-sync.ts';
import { storageError } from './storage-error.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const syncData = promisify(fdatasync);
const cutFile = promisify(ftruncate);
const renameFile = promisify(rename);
const removeFile = promisify(unlink);

/** Full blocks that one object may have waiting before its sender is held: one is written while one fills. */
const HOLD_BLOCKS = 2;
/** The same for all objects in flight together, so that a hundred senders do not fill the memory: 64 MiB. */
const HOLD_BLOCKS_TOGETHER = 64;
/** First bytes of the data set that stay in memory for the register; headers of radiographs and slices take a third. */
export const HEAD_BYTES = 32 * 1024;

export const PARTIAL_SUFFIX = '.part';

let writersInFlight = 0;

export interface SpoolTarget {
  /** Final name; until the object is complete it carries `.part` behind it. */
  path: string;
  folder: FolderSync;
  blocks: BlockPool;
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
  readonly #hash = createHash('sha256');
  #currentPath: string;
  #isClosed = false;
  #block: Buffer | undefined;
  #fill = 0;
  readonly #full: Buffer[] = [];
  #writtenBytes = 0;
  #datasetBytes = 0;
  #head: Buffer | undefined;
  #pump: Promise<void> | undefined;
  #isEnding = false;
  #isHeld = false;
  #failure: AppError | undefined;

  constructor(target: SpoolTarget) {
    this.#target = target;
    this.#partialPath = target.path + PARTIAL_SUFFIX;
    this.#currentPath = this.#partialPath;
    this.#opened = openFile(
      this.#partialPath,
      constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | target.blocks.openFlag,
      0o600,
    );
    this.#opened.catch((cause: unknown) => this.#fail(cause));
    this.#append(target.envelope);
    writersInFlight++;
  }

  /** Takes the bytes over; false asks the sender to wait for `onRoom`. */
  write(bytes: Uint8Array): boolean {
    this.#datasetBytes += bytes.byteLength;
    if (this.#failure !== undefined) return true;
    if (this.#datasetBytes > this.#target.limitBytes) {
      this.#fail(new AppError('INTAKE_TOO_LARGE', { limitBytes: this.#target.limitBytes }));
      return true;
    }
    this.#hash.update(bytes);
    this.#append(bytes);
    this.#isHeld = this.#full.length >= Math.min(HOLD_BLOCKS, HOLD_BLOCKS_TOGETHER / writersInFlight);
    return !this.#isHeld;
  }

  /** Throws `STORAGE_FULL`, `STORAGE_FAILED` or `INTAKE_TOO_LARGE`; nothing is left behind then. */
  async complete(): Promise<SpooledFile> {
    this.#isEnding = true;
    try {
      if (this.#pump !== undefined) await this.#pump;
      const file = await this.#opened;
      if (this.#failure === undefined) await this.#writeRest(file);
      if (this.#failure !== undefined) throw this.#failure;
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
      head: this.#head ?? Buffer.alloc(0),
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

  #append(bytes: Uint8Array): void {
    let position = 0;
    while (position < bytes.byteLength) {
      this.#block ??= this.#target.blocks.take();
      const part = bytes.subarray(position, position + BLOCK_BYTES - this.#fill);
      this.#block.set(part, this.#fill);
      this.#fill += part.byteLength;
      position += part.byteLength;
      if (this.#fill < BLOCK_BYTES) continue;
      this.#keepHead(this.#block, this.#fill);
      this.#full.push(this.#block);
      this.#block = undefined;
      this.#fill = 0;
      this.#startPump();
    }
  }

  #keepHead(firstBlock: Buffer, fill: number): void {
    const start = this.#target.envelope.byteLength;
    this.#head ??= Buffer.from(firstBlock.subarray(start, Math.min(start + HEAD_BYTES, fill)));
  }

  #startPump(): void {
    this.#pump ??= this.#writeFull().finally(() => {
      this.#pump = undefined;
    });
  }

  async #writeFull(): Promise<void> {
    try {
      const file = await this.#opened;
      for (let block = this.#full[0]; block !== undefined; block = this.#full[0]) {
        await writeAll(file, block, BLOCK_BYTES, this.#writtenBytes);
        this.#writtenBytes += BLOCK_BYTES;
        this.#full.shift();
        this.#target.blocks.give(block);
        this.#releaseSender();
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** The last, partly filled block; a direct write needs it padded and the file cut back. */
  async #writeRest(file: number): Promise<void> {
    const block = this.#block;
    if (block === undefined) return;
    this.#keepHead(block, this.#fill);
    const { isDirect } = this.#target.blocks;
    const length = isDirect ? Math.ceil(this.#fill / DIRECT_ALIGNMENT_BYTES) * DIRECT_ALIGNMENT_BYTES : this.#fill;
    block.fill(0, this.#fill, length);
    await writeAll(file, block, length, this.#writtenBytes);
    this.#writtenBytes += this.#fill;
    if (length !== this.#fill) await cutFile(file, this.#writtenBytes);
    this.#block = undefined;
    this.#target.blocks.give(block);
  }

  #fail(cause: unknown): void {
    this.#failure ??= storageError(cause);
    this.#block = undefined;
    this.#fill = 0;
    this.#full.length = 0;
    this.#releaseSender();
  }

  #releaseSender(): void {
    if (!this.#isHeld || this.#full.length > 1) return;
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

const writeAll = async (file: number, block: Buffer, length: number, position: number): Promise<void> => {
  let done = 0;
  while (done < length) {
    const written = await writeSome(file, block, done, length - done, position + done);
    if (written === 0) throw new AppError('STORAGE_FAILED', { code: 'nothing-written' });
    done += written;
  }
};

const writeSome = (file: number, block: Buffer, offset: number, length: number, position: number): Promise<number> =>
  new Promise((resolve, reject) => {
    write(file, block, offset, length, position, (cause, written) =>
      cause === null ? resolve(written) : reject(cause),
    );
  });
