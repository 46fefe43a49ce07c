import { createReadStream } from 'node:fs';
import { open, readdir, rename, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 as addCrc32 } from 'node:zlib';
import { OBJECT_SUFFIX } from './spooled-file.ts';
import { SLOT_SUFFIX } from './slot-pool.ts';
import { readTrailer, type SlotTrailer } from './slot-trailer.ts';

/** A slot whose trailer is whole and whose bytes are not: never acknowledged as far as we can tell, and kept for a person. */
const TORN_SUFFIX = '.torn';

/**
 * Finishes what an ended process left in its slots: whole objects get their names, the rest was never acknowledged and
 * goes; named objects lose their trailers. Answers the names of torn ones.
 */
export const recoverSlots = async (spoolPath: string, slotsPath: string): Promise<string[]> => {
  const torn: string[] = [];
  for (const name of await readdir(slotsPath)) {
    if (!name.endsWith(SLOT_SUFFIX)) continue;
    const path = join(slotsPath, name);
    const trailer = await readTrailer(path);
    if (trailer === undefined) await unlink(path);
    else if (await isTorn(path, trailer)) {
      await rename(path, path + TORN_SUFFIX);
      torn.push(name + TORN_SUFFIX);
    } else await giveName(path, join(spoolPath, trailer.objectId + OBJECT_SUFFIX));
  }
  await syncFolder(spoolPath);
  await cutTrailers(spoolPath);
  return torn;
};

const giveName = async (path: string, target: string): Promise<void> => {
  // A process may have been killed between writing and syncing.
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
  // Both names can be there after a power failure on a file system without a journal.
  const isNamed = (await stat(target).catch(() => undefined)) !== undefined;
  if (isNamed) await unlink(path);
  else await rename(path, target);
};

const isTorn = async (path: string, { sizeBytes, crc32 }: SlotTrailer): Promise<boolean> => {
  if (crc32 === undefined) return false;
  let found = 0;
  // The end of a read stream is its last byte; no object is empty, for each begins with its envelope.
  for await (const chunk of createReadStream(path, { end: sizeBytes - 1 })) found = addCrc32(chunk as Buffer, found);
  return found !== crc32;
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const cutTrailers = async (spoolPath: string): Promise<void> => {
  for (const name of await readdir(spoolPath)) {
    if (!name.endsWith(OBJECT_SUFFIX)) continue;
    const path = join(spoolPath, name);
    const trailer = await readTrailer(path);
    if (trailer?.objectId === name.slice(0, -OBJECT_SUFFIX.length)) await truncate(path, trailer.sizeBytes);
  }
};
