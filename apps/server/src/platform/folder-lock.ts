import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { isProcessAlive, processFields } from './process-alive.ts';

export interface LockHolder {
  id: string;
  role: string;
  pid: number;
  /** Tells a living holder from a later process that was given the same number. */
  processStart: string;
  host: string;
  startedAt: string;
  address: string;
}

export interface FolderLock {
  holder: LockHolder;
  release(): Promise<void>;
}

const heartbeatMs = 5_000;
/** A holder on another host cannot be asked; six missed heartbeats say that it is gone. */
const foreignStaleMs = 30_000;
const maxAttempts = 5;

/** Creates the lock file exclusively; takes over a dead holder's, names a living one (`DATA_FOLDER_HELD`). */
export const acquireLock = async (path: string, claim: { role: string; address: string }): Promise<FolderLock> => {
  await mkdir(dirname(path), { recursive: true });
  const holder: LockHolder = {
    id: randomUUID(),
    role: claim.role,
    pid: process.pid,
    processStart: processStartOf(process.pid) ?? 'unknown',
    host: hostname(),
    startedAt: new Date().toISOString(),
    address: claim.address,
  };
  const draft = `${path}.${holder.id}`;
  await writeFile(draft, JSON.stringify(holder, null, 2) + '\n', { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      if (await linkExclusively(draft, path)) return heldLock(path, holder);
      const other = await readLockHolder(path);
      if (other && (await isAlive(path, other))) throw new AppError('DATA_FOLDER_HELD', { ...other });
      await removeStale(path, other, `${draft}.stale`);
    }
    throw new AppError('DATA_FOLDER_HELD', { path });
  } finally {
    await rm(draft, { force: true });
  }
};

/** Who holds the lock now, dead or alive; null when nobody does. */
export const readLockHolder = async (path: string): Promise<LockHolder | null> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockHolder;
  } catch {
    return null;
  }
};

export const isLockHeld = async (path: string): Promise<boolean> => {
  const holder = await readLockHolder(path);
  return holder !== null && (await isAlive(path, holder));
};

const heldLock = (path: string, holder: LockHolder): FolderLock => {
  const heartbeat = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  return {
    holder,
    release: async () => {
      clearInterval(heartbeat);
      if ((await readLockHolder(path))?.id === holder.id) await unlink(path);
    },
  };
};

/** `link` is atomic and brings the content with it: nobody ever reads a half-written holder. */
const linkExclusively = async (draft: string, path: string): Promise<boolean> => {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Two starts may find the same dead holder: whoever moved away a fresh lock puts it back. */
const removeStale = async (path: string, seen: LockHolder | null, aside: string): Promise<void> => {
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readLockHolder(aside);
  if (moved && moved.id !== seen?.id) await linkExclusively(aside, path);
  await rm(aside, { force: true });
};

const isAlive = async (path: string, holder: LockHolder): Promise<boolean> => {
  if (holder.host !== hostname()) {
    const age = await stat(path)
      .then((found) => Date.now() - found.mtimeMs)
      .catch(() => Infinity);
    return age < foreignStaleMs;
  }
  if (!isProcessAlive(holder.pid)) return false;
  const start = processStartOf(holder.pid);
  return start === null || start === holder.processStart;
};

/** Boot and start tick of a process on Linux (proc(5), stat field 22); null where /proc is absent. */
const processStartOf = (pid: number): string | null => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${processFields(pid)[19]}`;
  } catch {
    return null;
  }
};
