import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@jiapian/kernel';
import { authenticate, createToken } from './access/index.ts';
import { systemActor } from './audit/index.ts';
import type { DataFolder } from './platform/data-folder.ts';
import type { Database } from './platform/database.ts';

export const localTokenPath = (folder: DataFolder): string => join(folder.secrets, 'local-token');

/** Whoever may read the private data folder may hand files in from this machine: that is what a technologist may do. */
const localRoles = ['technologist'];

/** Leaves a token in the data folder for the command line; a token that the database does not know is replaced. */
export const ensureLocalToken = async (parts: {
  database: Database;
  clock: Clock;
  folder: DataFolder;
  hospitalId: string;
}): Promise<void> => {
  const { database, clock, folder, hospitalId } = parts;
  const path = localTokenPath(folder);
  const existing = await readFile(path, 'utf8').catch(() => '');
  const authorization = `Bearer ${existing.trim()}`;
  if (existing !== '' && (await authenticate(database, clock, { cookie: undefined, authorization })) !== null) return;
  const request = { name: 'local command line', roles: localRoles };
  const { token } = await createToken(database, hospitalId, systemActor('first-start'), request);
  await writeFile(`${path}.new`, token, { mode: 0o600 });
  await rename(`${path}.new`, path);
};
