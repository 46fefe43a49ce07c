import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { emptyTally, looksLikeArchive, readArchive } from '../intake/index.ts';
import { filesBelow } from './files-below.ts';

/** One file to look at: `release` gives back what was unpacked for it. */
export interface FileToInspect {
  name: string;
  path: string;
  /** Set when an archive cannot be read: there is nothing at `path`. */
  problem?: unknown;
  release(): Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/** The named files, those below named folders, and what is in ZIP archives, unpacked one at a time into a folder of its own. */
export async function* filesToInspect(paths: readonly string[]): AsyncGenerator<FileToInspect> {
  for (const { path, name } of await filesBelow(paths)) {
    if (await isArchive(path)) yield* entriesOf(path, name);
    else yield { name, path, release: nothing };
  }
}

const magicBytes = 4;

const isArchive = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magicBytes), 0, magicBytes, 0);
    return bytesRead === magicBytes && looksLikeArchive(buffer);
  } finally {
    await file.close();
  }
};

async function* entriesOf(archive: string, archiveName: string): AsyncGenerator<FileToInspect> {
  try {
    for await (const entry of readArchive(archive, emptyTally())) {
      const folder = await mkdtemp(join(tmpdir(), 'jiapian-inspect-'));
      const path = join(folder, 'object');
      const release = (): Promise<void> => rm(folder, { recursive: true, force: true });
      const name = `${archiveName}/${entry.name}`;
      try {
        await pipeline(await entry.open(), createWriteStream(path, { mode: 0o600 }));
        yield { name, path, release };
      } catch (problem) {
        yield { name, path, problem, release };
      }
    }
  } catch (problem) {
    yield { name: archiveName, path: archive, problem, release: nothing };
  }
}
