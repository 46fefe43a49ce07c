import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectId } from '../archive/index.ts';
import type { DataFolder } from '../platform/data-folder.ts';

const suffix = '.dcm';

/** Objects that are durable and not yet at their place, of every writer. */
export const spooledObjects = async (folder: DataFolder): Promise<string[]> => {
  const writers = await readdir(folder.spool, { withFileTypes: true });
  const names = await Promise.all(
    writers.filter((writer) => writer.isDirectory()).map((writer) => readdir(join(folder.spool, writer.name))),
  );
  return names
    .flat()
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .filter(isObjectId)
    .sort();
};
