import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { samplesBelow } from '../testkit/src/samples.ts';
import { startServer } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { verifyFolder } from './verify-folder.ts';

const hardFolders = ['malformed', 'pixel-format', 'charset', 'transfer-syntax'];
const PATIENCE_MS = 120_000;

// The other doors are tested with the same files beside the intake.
it('the watched folder takes every difficult file and puts each away', { timeout: 240_000 }, async () => {
  const folder = temporaryFolder('hard');
  const server = await startServer({ dataFolder: folder.path });
  const watched = join(folder.path, 'watched');
  const names: string[] = [];
  for (const place of hardFolders) {
    mkdirSync(join(watched, place));
    for (const file of samplesBelow(place)) {
      copyFileSync(file, join(watched, place, basename(file)));
      names.push(basename(file));
    }
  }
  const filesIn = (place: string): string[] =>
    readdirSync(join(watched, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  await waitUntil(
    'every file to be put away',
    () => readdirSync(watched).every((name) => ['done', 'failed'].includes(name)),
    PATIENCE_MS,
  );
  expect(filesIn('.').sort()).toEqual(names.sort());
  // A picture that no reader can open is set aside; odd values in one that can be read are no reason.
  expect(filesIn('done').length).toBeGreaterThan(filesIn('failed').length);
  await server.stop();
  expect(await verifyFolder(folder.path)).toMatchObject({ isClean: true, findings: [], waiting: 0 });
  folder.remove();
});
