import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '@jiapian/testkit';

/**
 * Files per second that the disk takes when each is written to a new file and synced before the next one of its lane:
 * what no receiver can exceed that answers only for what is durable.
 */
export async function syncedCopyRate(files: readonly string[], lanes: number): Promise<number> {
  const folder = temporaryFolder('bench-synced');
  try {
    const started = performance.now();
    const waiting = [...files.entries()];
    const copyNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await copySynced(next[1], path.join(folder.path, String(next[0])));
      }
    };
    await Promise.all(Array.from({ length: lanes }, copyNext));
    return files.length / ((performance.now() - started) / 1000);
  } finally {
    folder.remove();
  }
}

async function copySynced(from: string, to: string): Promise<void> {
  const bytes = await readFile(from);
  const file = await open(to, 'wx');
  try {
    await file.write(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}
