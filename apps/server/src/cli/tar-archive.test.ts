import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTar, readTar, type TarEntry } from './tar-archive.ts';

let folder: string;
let path: string;
const contents = { empty: '', 'objects/one': 'x'.repeat(511), 'objects/two': 'y'.repeat(512), last: 'z'.repeat(513) };

const textOf = async (entry: TarEntry): Promise<string> => {
  let text = '';
  for await (const block of entry.content()) text += block.toString();
  return text;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-tar-'));
  path = join(folder, 'archive.tar');
  const tar = await createTar(path);
  for (const [name, text] of Object.entries(contents))
    await tar.add(name, text.length, Readable.from([Buffer.from(text)]));
  await tar.finish();
});
afterAll(() => rm(folder, { recursive: true }));

it('an archive is read by the tar of the system', () => {
  expect(execFileSync('tar', ['-tf', path], { encoding: 'utf8' }).trim().split('\n')).toEqual(Object.keys(contents));
  expect(execFileSync('tar', ['-xOf', path, 'objects/two'], { encoding: 'utf8' })).toBe(contents['objects/two']);
});

it('an archive is read back whole', async () => {
  const found: Record<string, string> = {};
  for await (const entry of readTar(path)) found[entry.name] = await textOf(entry);
  expect(found).toEqual(contents);
});

it('an entry that grew or shrank while it was read is refused', async () => {
  const tar = await createTar(join(folder, 'other.tar'));
  await expect(tar.add('a', 3, Readable.from([Buffer.from('four')]))).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  await tar.discard();
});
