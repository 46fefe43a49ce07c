import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, isLockHeld, type LockHolder } from './folder-lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-lock-'));
  path = join(folder, 'web.lock');
});
afterEach(() => rm(folder, { recursive: true }));

const claim = { role: 'web', address: '127.0.0.1:8080' };

/** Another process that takes the lock and keeps it until it is killed. */
const holdInOtherProcess = async (): Promise<{ pid: number; kill(): Promise<void> }> => {
  const program = `
    import { acquireLock } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))};
    await acquireLock(${JSON.stringify(path)}, ${JSON.stringify(claim)});
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

const rewrite = async (change: Partial<LockHolder>): Promise<void> => {
  const holder = JSON.parse(await readFile(path, 'utf8')) as LockHolder;
  await writeFile(path, JSON.stringify({ ...holder, ...change }));
};

describe('the lock of a data folder', () => {
  it('names its living holder to a second start', async () => {
    const other = await holdInOtherProcess();
    await expect(acquireLock(path, claim)).rejects.toMatchObject({
      code: 'DATA_FOLDER_HELD',
      facts: { role: 'web', pid: other.pid, address: '127.0.0.1:8080' },
    });
    await other.kill();
  });

  it('is taken over when its holder was killed', async () => {
    const other = await holdInOtherProcess();
    await other.kill();
    expect(await isLockHeld(path)).toBe(false);
    const lock = await acquireLock(path, claim);
    expect(lock.holder.pid).toBe(process.pid);
    await lock.release();
  });

  it('is taken over when the number of its holder now belongs to a later process', async () => {
    await acquireLock(path, claim);
    await rewrite({ id: 'earlier', processStart: 'another-boot:17' });
    await (await acquireLock(path, claim)).release();
  });

  it('of another host is kept while it is refreshed, and taken over after half a minute of silence', async () => {
    await acquireLock(path, claim);
    await rewrite({ id: 'foreign', host: 'other-host' });
    await expect(acquireLock(path, claim)).rejects.toMatchObject({ code: 'DATA_FOLDER_HELD' });
    const silent = new Date(Date.now() - 31_000);
    await utimes(path, silent, silent);
    await (await acquireLock(path, claim)).release();
  });

  it('is taken over when the file is broken', async () => {
    await writeFile(path, 'not json');
    await (await acquireLock(path, claim)).release();
  });

  it('leaves nothing behind when released, and does not release another holder', async () => {
    const lock = await acquireLock(path, claim);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    const next = await acquireLock(path, claim);
    await lock.release();
    expect(await isLockHeld(path)).toBe(true);
    await next.release();
  });

  it('goes to exactly one of many that start at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(path, claim)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
