import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '@jiapian/kernel';

export interface FileToSend {
  path: string;
  /** With its folders from the named one on. */
  name: string;
  size: number;
}

/** The files that were named and those below the folders that were named; links inside a folder are not followed. */
export const filesBelow = async (paths: readonly string[]): Promise<FileToSend[]> => {
  const files: FileToSend[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (found === null) throw new AppError('COMMAND_USE_WRONG', { reason: `${path} does not exist` });
    if (found.isDirectory()) await addFolder(path, basename(path), files);
    else files.push({ path, name: basename(path), size: found.size });
  }
  return files;
};

const addFolder = async (folder: string, name: string, files: FileToSend[]): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(path, `${name}/${entry.name}`, files);
    else if (entry.isFile()) files.push({ path, name: `${name}/${entry.name}`, size: (await stat(path)).size });
  }
};
