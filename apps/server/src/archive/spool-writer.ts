import { hash } from 'node:crypto';
import { fdatasync, fstat, write } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { AppError } from '@jiapian/kernel';
import { BLOCK_BYTES, type BlockPool } from './block-pool.ts';
import { removeSlot, type Slot, type SlotPool } from './slot-pool.ts';
import { encodeTrailer, TRAILER_BYTES, trailerOffset } from './slot-trailer.ts';
import { storageError } from './storage-error.ts';

const syncData = promisify(fdatasync);
const statFile = promisify(fstat);

/** Full blocks that one object may have waiting before its sender is held: one is written while one fills. */
const HOLD_BLOCKS = 2;
/** The same for all objects in flight together, so that a hundred senders do not fill the memory: 64 MiB. */
const HOLD_BLOCKS_TOGETHER = 64;
/** First bytes of the data set that stay in memory for the register; headers of radiographs and slices take a third. */
export const HEAD_BYTES = 32 * 1024;

let writersInFlight = 0;

export interface SpoolTarget {
  objectId: string;
  slots: SlotPool;
  /** Gives the durable object its name; answers false when the next start has to. */
  settle: (slot: Slot, sizeBytes: number) => Promise<boolean>;
  blocks: BlockPool;
  envelope: Uint8Array;
  limitBytes: number;
  /** Called after `write` answered false and there is room again. */
  onRoom?: () => void;
}

export interface SpooledObject {
  sizeBytes: number;
  datasetBytes: number;
  /** Of an object of one block, taken behind the acknowledgement; of a larger one the register asks the disk. */
  sha256: Promise<string | undefined>;
  head: Uint8Array;
  /** True once the object bears its name; false when the spool was closed before, and the next start gives it. */
  settled: Promise<boolean>;
}

/**
 * One object on its way to disk, into a slot whose name is durable already. What `complete` answers for is durable:
 * written and synced with the trailer that tells its name. A failure is kept and told by `complete`, so that a door can
 * go on draining its sender.
 */
export class SpoolWriter {
  readonly #target: SpoolTarget;
  readonly #opened: Promise<Slot>;
  /** Of the bytes so far, as long as they fit into one block. */
  #crc32: number | undefined = 0;
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
    this.#opened = target.slots.take();
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
    this.#append(bytes);
    this.#isHeld = this.#full.length >= Math.min(HOLD_BLOCKS, HOLD_BLOCKS_TOGETHER / writersInFlight);
    return !this.#isHeld;
  }

  /** Throws `STORAGE_FULL`, `STORAGE_FAILED` or `INTAKE_TOO_LARGE`; nothing is left behind then. */
  async complete(): Promise<SpooledObject> {
    this.#isEnding = true;
    try {
      if (this.#pump !== undefined) await this.#pump;
      const slot = await this.#opened;
      if (this.#failure !== undefined) throw this.#failure;
      const { sha256 } = await this.#writeEnd(slot);
      return {
        sha256,
        sizeBytes: this.#writtenBytes,
        datasetBytes: this.#datasetBytes,
        head: this.#head ?? Buffer.alloc(0),
        settled: this.#target.settle(slot, this.#writtenBytes),
      };
    } catch (cause) {
      await this.#removeRemains();
      throw storageError(cause);
    } finally {
      writersInFlight--;
    }
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
    if (this.#crc32 !== undefined) this.#crc32 = crc32(bytes, this.#crc32);
    let position = 0;
    while (position < bytes.byteLength) {
      this.#block ??= this.#target.blocks.take();
      const part = bytes.subarray(position, position + BLOCK_BYTES - this.#fill);
      this.#block.set(part, this.#fill);
      this.#fill += part.byteLength;
      position += part.byteLength;
      if (this.#fill < BLOCK_BYTES) continue;
      this.#keepHead(this.#block, this.#fill);
      // It is synced before its trailer: the processor belongs to the senders.
      this.#crc32 = undefined;
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
      const { file } = await this.#opened;
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

  /** The last block and the trailer. Answers with the checksum of an object of one block, which is on its way. */
  async #writeEnd({ file }: Slot): Promise<{ sha256: Promise<string | undefined> }> {
    const { blocks, objectId } = this.#target;
    const block = (this.#block ??= blocks.take());
    this.#keepHead(block, this.#fill);
    const sizeBytes = this.#writtenBytes + this.#fill;
    const padded = trailerOffset(this.#fill);
    block.fill(0, this.#fill, padded);
    if (this.#crc32 === undefined) {
      // A trailer without checksum must not reach the disk before the bytes that it stands for.
      await writeAll(file, block, padded, this.#writtenBytes);
      await syncData(file);
      encodeTrailer(block, 0, { objectId, sizeBytes });
      await writeAll(file, block, TRAILER_BYTES, trailerOffset(sizeBytes));
    } else {
      encodeTrailer(block, padded, { objectId, sizeBytes, crc32: this.#crc32 });
      await writeAll(file, block, padded + TRAILER_BYTES, 0);
    }
    const [, { nlink }] = await Promise.all([syncData(file), statFile(file)]);
    // Somebody removed the folder under us: no name would bring the bytes back.
    if (nlink === 0) throw new AppError('STORAGE_FAILED', { code: 'ENOENT' });
    this.#writtenBytes = sizeBytes;
    this.#block = undefined;
    const sha256 = this.#checksumBehind(block, sizeBytes);
    return { sha256 };
  }

  /** While the sender reads its next file; the block is given back then. */
  #checksumBehind(block: Buffer, sizeBytes: number): Promise<string | undefined> {
    const { blocks, envelope } = this.#target;
    if (this.#crc32 === undefined) {
      blocks.give(block);
      return Promise.resolve(undefined);
    }
    return new Promise((resolve) => {
      setImmediate(() => {
        const sha256 = hash('sha256', block.subarray(envelope.byteLength, sizeBytes), 'hex');
        blocks.give(block);
        resolve(sha256);
      });
    });
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
    const slot = await this.#opened.catch(() => undefined);
    if (slot !== undefined) await removeSlot(slot);
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
