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

const WEB_ASSEMBLY_PAGE_BYTES = 64 * 1024;

/**
 * Reused blocks that the kernel accepts for direct writes (O_DIRECT) where the file system has them. Received films
 * would otherwise push everything else out of the page cache, and filling fresh pages costs more than the disk does.
 */
export class BlockPool {
  readonly #free: Buffer[] = [];
  /** Additional flag for opening the files; 0 where direct writes are not to be had. */
  readonly openFlag: number;

  constructor(folder: string) {
    const first = this.take();
    // Undefined on Windows and macOS, whatever the type says.
    const flag = (constants.O_DIRECT as number | undefined) ?? 0;
    this.openFlag = takesFlag(join(folder, '.direct-probe'), flag, first) ? flag : 0;
    this.give(first);
  }

  take(): Buffer {
    return this.#free.pop() ?? alignedBlock();
  }

  give(block: Buffer): void {
    if (this.#free.length < KEPT_BLOCKS) this.#free.push(block);
  }
}

/**
 * Node does not tell where its buffers lie. The memory of WebAssembly always begins on a page border: disks of some
 * virtual machines take bytes from anywhere else too, at a third of the speed.
 */
const alignedBlock = (): Buffer => {
  const initial = Math.ceil((BLOCK_BYTES + END_BYTES) / WEB_ASSEMBLY_PAGE_BYTES);
  return Buffer.from(new WebAssembly.Memory({ initial, maximum: initial }).buffer, 0, BLOCK_BYTES + END_BYTES);
};

/** A file system that refuses the flag is written to in the usual way. */
const takesFlag = (path: string, flag: number, block: Buffer): boolean => {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_CREAT | constants.O_WRONLY | flag, 0o600);
    return writeSync(file, block, 0, DIRECT_ALIGNMENT_BYTES, 0) === DIRECT_ALIGNMENT_BYTES;
  } catch {
    return false;
  } finally {
    if (file !== undefined) {
      closeSync(file);
      unlinkSync(path);
    }
  }
};
