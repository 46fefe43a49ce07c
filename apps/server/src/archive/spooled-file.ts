import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectId } from './object-id.ts';
import { SLOT_SUFFIX } from './slot-pool.ts';
import { readTrailer } from './slot-trailer.ts';

/** Below the spool of each writer: files made ahead, and objects that do not bear their name yet. */
export const SLOTS_FOLDER = 'slots';

export const OBJECT_SUFFIX = '.dcm';

export interface SpooledFile {
  objectId: string;
  path: string;
  /** Without padding and trailer, which may still stand behind the object. */
  sizeBytes: number;
}

/** The object under its name in one writer's spool. */
export const namedInSpool = async (spoolPath: string, objectId: string): Promise<SpooledFile | undefined> => {
  const path = join(spoolPath, objectId + OBJECT_SUFFIX);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const trailer = await readTrailer(path);
  return { objectId, path, sizeBytes: trailer?.objectId === objectId ? trailer.sizeBytes : found.size };
};

/** Acknowledged objects of one writer that do not bear their name yet: a moment's worth, or what a killed process left. */
export const objectsInSlots = async (spoolPath: string): Promise<SpooledFile[]> => {
  const slotsPath = join(spoolPath, SLOTS_FOLDER);
  const names = await readdir(slotsPath).catch(() => []);
  const found: SpooledFile[] = [];
  for (const name of names) {
    if (!name.endsWith(SLOT_SUFFIX)) continue;
    const path = join(slotsPath, name);
    const trailer = await readTrailer(path);
    if (trailer !== undefined) found.push({ objectId: trailer.objectId, path, sizeBytes: trailer.sizeBytes });
  }
  return found;
};

/** Names of the objects that bear them, in order of receipt. */
export const namedObjects = async (spoolPath: string): Promise<string[]> =>
  (await readdir(spoolPath))
    .filter((name) => name.endsWith(OBJECT_SUFFIX))
    .map((name) => name.slice(0, -OBJECT_SUFFIX.length))
    .filter(isObjectId)
    .sort();
