import { closeSync, constants, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One block of an object on its way to disk, bytes. CT slices of 512 × 512 fit into one. */
export const BLOCK_BYTES = 1024 * 1024;

/** Direct writes must begin and end on this border: the page of every file system that we know, bytes. */
export const DIRECT_ALIGNMENT_BYTES = 4096;

/** Room behind each block for what closes an object, so that its end is one write. */
const END_BYTES = DIRECT_ALIGNMENT_BYTES;

/** Blocks kept for the next object; what is beyond goes back to the system. */
const KEPT_BLOCKS = 16;

/** glibc puts its 16-byte header before large allocations, so a page border lies here; tried first, then every other. */
const LIKELY_OFFSET = DIRECT_ALIGNMENT_BYTES - 16;
const ADDRESS_STEP = 16;

/**
 * Reused blocks that the kernel accepts for direct writes (O_DIRECT) where the file system has them. Received films
 * would otherwise push everything else out of the page cache, and filling fresh pages costs more than the disk does.
 * Node does not tell addresses, so each new block is tried once against a probe file at every possible border.
 */
export class BlockPool {
  readonly #folder: string;
  #free: Buffer[] = [];
  /** Additional flag for opening the files; 0 where direct writes are not to be had. */
  openFlag: number;

  constructor(folder: string) {
    this.#folder = folder;
    // Undefined on Windows and macOS, whatever the type says.
    this.openFlag = (constants.O_DIRECT as number | undefined) ?? 0;
    const first = this.take();
    this.give(first);
  }

  get isDirect(): boolean {
    return this.openFlag !== 0;
  }

  take(): Buffer {
    return this.#free.pop() ?? (this.isDirect ? this.#alignedBlock() : Buffer.allocUnsafeSlow(BLOCK_BYTES + END_BYTES));
  }

  give(block: Buffer): void {
    if (this.#free.length < KEPT_BLOCKS) this.#free.push(block);
  }

  #alignedBlock(): Buffer {
    const memory = Buffer.allocUnsafeSlow(BLOCK_BYTES + END_BYTES + DIRECT_ALIGNMENT_BYTES);
    const offset = this.#probe(memory);
    if (offset === undefined) this.openFlag = 0;
    return memory.subarray(offset ?? 0, (offset ?? 0) + BLOCK_BYTES + END_BYTES);
  }

  #probe(memory: Buffer): number | undefined {
    const path = join(this.#folder, '.direct-probe');
    let file: number | undefined;
    try {
      file = openSync(path, constants.O_CREAT | constants.O_WRONLY | this.openFlag, 0o600);
      if (accepts(file, memory, LIKELY_OFFSET)) return LIKELY_OFFSET;
      for (let offset = 0; offset < DIRECT_ALIGNMENT_BYTES; offset += ADDRESS_STEP) {
        if (accepts(file, memory, offset)) return offset;
      }
      return undefined;
    } catch {
      // The file system refuses the flag: ordinary writes serve.
      return undefined;
    } finally {
      if (file !== undefined) {
        closeSync(file);
        unlinkSync(path);
      }
    }
  }
}

const accepts = (file: number, memory: Buffer, offset: number): boolean => {
  try {
    memory.fill(0, offset, offset + DIRECT_ALIGNMENT_BYTES);
    return writeSync(file, memory, offset, DIRECT_ALIGNMENT_BYTES, 0) === DIRECT_ALIGNMENT_BYTES;
  } catch {
    return false;
  }
};
