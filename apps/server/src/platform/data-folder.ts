import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock, isLockHeld, type FolderLock } from './folder-lock.ts';
import { roles, type Role, type Settings } from './settings.ts';

/** Where things lie below the data folder; rooms name their own files below these. */
export interface DataFolder {
  root: string;
  objects: string;
  spool: string;
  quarantine: string;
  uploads: string;
  watched: string;
  /** De-identified films of the teaching file. */
  teaching: string;
  /** HL7 messages as files. */
  orders: string;
  cache: string;
  postgres: string;
  locks: string;
  secrets: string;
}

export const dataFolderAt = (root: string): DataFolder => ({
  root,
  objects: join(root, 'objects'),
  spool: join(root, 'spool'),
  quarantine: join(root, 'quarantine'),
  uploads: join(root, 'uploads'),
  watched: join(root, 'watched'),
  teaching: join(root, 'teaching'),
  orders: join(root, 'orders'),
  cache: join(root, 'cache'),
  postgres: join(root, 'postgres'),
  locks: join(root, 'locks'),
  secrets: join(root, 'secrets'),
});

/** Creates what is missing. Private to the account: the folder holds images of patients and the database password. */
export const createDataFolder = async (root: string): Promise<DataFolder> => {
  const folder = dataFolderAt(root);
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  await chmod(folder.root, 0o700);
  for (const path of Object.values(folder)) await mkdir(path, { recursive: true, mode: 0o700 });
  return folder;
};

export interface RoleLocks {
  release(): Promise<void>;
}

/** Takes the lock of every role that runs here, or fails with `DATA_FOLDER_HELD` and the holder. */
export const holdRoles = async (folder: DataFolder, settings: Settings): Promise<RoleLocks> => {
  const held: FolderLock[] = [];
  const release = async (): Promise<void> => {
    for (const lock of held.splice(0).reverse()) await lock.release();
  };
  try {
    for (const role of settings.roles)
      held.push(await acquireLock(lockPath(folder, role), { role, address: addressOf(role, settings) }));
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
};

/** Whether another process works in this folder with roles other than ours. */
export const anyRoleHeld = async (folder: DataFolder, ours: ReadonlySet<Role>): Promise<boolean> => {
  const others = roles.filter((role) => !ours.has(role));
  return (await Promise.all(others.map((role) => isLockHeld(lockPath(folder, role))))).includes(true);
};

export const lockPath = (folder: DataFolder, role: Role): string => join(folder.locks, `${role}.lock`);

const addressOf = (role: Role, settings: Settings): string => {
  const endpoint = role === 'dicom' ? settings.dicom : settings.http;
  return role === 'worker' ? '' : `${endpoint.host}:${endpoint.port}`;
};
