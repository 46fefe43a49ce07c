import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The password of the mail server lies among the secrets of the data folder: not in the database, not in a backup. */
export interface MailPasswords {
  /** Empty forgets it. */
  keep(hospitalId: string, password: string): Promise<void>;
  /** Undefined when there is none. */
  find(hospitalId: string): Promise<string | undefined>;
}

export const mailPasswordsIn = (secretsFolder: string): MailPasswords => {
  const pathOf = (hospitalId: string): string => join(secretsFolder, `mail-${hospitalId}`);
  return {
    keep: async (hospitalId, password) => {
      const path = pathOf(hospitalId);
      if (password === '') return rm(path, { force: true });
      await writeFile(`${path}.new`, password, { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
    },
    find: async (hospitalId) => {
      try {
        return await readFile(pathOf(hospitalId), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
};
