import { mkdirSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../testkit/src/programs.ts';
import { temporaryFolder } from '../testkit/src/repository.ts';

const MEBIBYTE = 1024 * 1024;

/** A disk of its own that can be filled and emptied; only root may mount one. */
export class SmallDisk {
  readonly path: string;
  readonly #folder: { remove(): void };

  private constructor(folder: { path: string; remove(): void }) {
    this.#folder = folder;
    this.path = join(folder.path, 'disk');
  }

  static async mount(sizeMebibytes: number): Promise<SmallDisk> {
    const disk = new SmallDisk(temporaryFolder('disk'));
    mkdirSync(disk.path);
    const size = `size=${sizeMebibytes}m`;
    const { exitCode, output } = await runToEnd('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', disk.path]);
    if (exitCode !== 0) throw new Error(`mount: ${output}`);
    return disk;
  }

  /** Leaves about so many MiB free. */
  fill(freeMebibytes: number): void {
    this.empty();
    const { bavail, bsize } = statfsSync(this.path);
    try {
      writeFileSync(this.#ballast, Buffer.alloc(bavail * bsize - freeMebibytes * MEBIBYTE));
    } catch (cause) {
      // Others took of the room meanwhile: it is as full as it can be.
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
    }
  }

  empty(): void {
    try {
      unlinkSync(this.#ballast);
    } catch {
      // Nothing was there.
    }
  }

  async unmount(): Promise<void> {
    await runToEnd('umount', ['-l', this.path]);
    this.#folder.remove();
  }

  get #ballast(): string {
    return join(this.path, 'ballast');
  }
}
