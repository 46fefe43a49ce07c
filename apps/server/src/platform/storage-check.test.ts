import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkStorage } from './storage-check.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-storage-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('storage that can be written is ready, and nothing of the probe remains', async () => {
  await checkStorage(folder, 1);
  expect(await readdir(folder)).toEqual([]);
});

it('storage with too little room is full', async () => {
  await expect(checkStorage(folder, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
});

it('storage that is gone has failed', async () => {
  await rm(folder, { recursive: true });
  await expect(checkStorage(folder)).rejects.toMatchObject({ code: 'STORAGE_FAILED', facts: { code: 'ENOENT' } });
});
