import { execFile } from 'node:child_process';
import { chmod, chown, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a PostgreSQL program is started so that it does not see itself as root, which it refuses. */
export interface PostgresAccount {
  command(file: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number };
  /** Makes a folder the account's own. */
  own(path: string): Promise<void>;
  /** Lets the account pass through a private folder, without reading it. */
  pass(path: string): Promise<void>;
}

/** Ourselves; as root ourselves under another number; where that is forbidden an ordinary account. */
export const findPostgresAccount = async (): Promise<PostgresAccount> => {
  if (process.getuid?.() !== 0) return ourselves;
  if (await canMapUser()) return mappedUser;
  return ordinaryAccount();
};

const nothingToDo = async (): Promise<void> => undefined;

const ourselves: PostgresAccount = {
  command: (file, args) => ({ file, args }),
  own: nothingToDo,
  pass: nothingToDo,
};

const mapping = ['--user', '--map-user=1000'];

/** A user namespace in which our files belong to number 1000: needs no account and no change of owner. */
const mappedUser: PostgresAccount = {
  command: (file, args) => ({ file: 'unshare', args: [...mapping, '--', file, ...args] }),
  own: nothingToDo,
  pass: nothingToDo,
};

const canMapUser = (): Promise<boolean> =>
  run('unshare', [...mapping, '--', 'true']).then(
    () => true,
    () => false,
  );

const ordinaryAccount = async (): Promise<PostgresAccount> => {
  const { uid, gid } = await accountNumbers();
  return {
    command: (file, args) => ({ file, args, uid, gid }),
    own: (path) => chownTree(path, uid, gid),
    pass: (path) => chmod(path, 0o711),
  };
};

const chownTree = async (path: string, uid: number, gid: number): Promise<void> => {
  await chown(path, uid, gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await chownTree(inner, uid, gid);
    else if (entry.isFile()) await chown(inner, uid, gid);
  }
};

const nobody = { uid: 65_534, gid: 65_534 };

const accountNumbers = async (): Promise<{ uid: number; gid: number }> => {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return line ? { uid: Number(line[2]), gid: Number(line[3]) } : nobody;
};
