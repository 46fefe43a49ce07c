import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dcmdump, freePorts, startStorescp, temporaryFolder, type Storescp } from '@jiapian/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from './cli.ts';

let peer: Storescp;
const folder = temporaryFolder('simulate');

beforeAll(async () => {
  peer = await startStorescp();
});
afterAll(async () => {
  await peer.stop();
  folder.remove();
});

const run = async (...args: string[]) => {
  let out = '';
  let err = '';
  const streams = {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    environment: {},
  };
  const code = await runCommandLine(['simulate', ...args], streams);
  return { code, out, err };
};

const morning = ['--exams', '4', '--seed', '9', '--defects', '1', '--day', '20261124', '--size', 'small'];

describe('jiapian simulate', () => {
  it('sends a morning to a peer and writes which object carries which defect', async () => {
    const truthFile = join(folder.path, 'truth.json');
    const address = ['--to', `127.0.0.1:${peer.port}`, '--aet', peer.aet];
    const { code, out } = await run(...address, ...morning, '--truth', truthFile, '--json');
    expect(code).toBe(0);
    const summary = JSON.parse(out) as { exams: number; objects: number; refused: number };
    expect(summary).toMatchObject({ exams: 4, refused: 0 });
    const { truth } = JSON.parse(readFileSync(truthFile, 'utf8')) as {
      truth: { sopInstanceUid: string; defects: unknown[] }[];
    };
    const files = peer.files();
    expect(files).toHaveLength(summary.objects);
    expect(truth.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      files.map((file) => file.replace(/^.*\/[A-Z]+x?\./, '')).toSorted(),
    );
    expect(truth.every(({ defects }) => defects.length > 0)).toBe(true);
    expect(await dcmdump(files[0] ?? '', ['+U8', '-q'])).toContain('示范市中心医院');
  });

  it('answers 1 and says so when nobody listens', async () => {
    const [port] = await freePorts(1);
    const { code, err } = await run('--to', `127.0.0.1:${port}`, '--aet', 'X', ...morning);
    expect(code).toBe(1);
    expect(err).toContain('DIMSE_UNREACHABLE');
  });

  it.each([
    [['--aet', 'X'], '--to is HOST:PORT'],
    [['--to', 'host', '--aet', 'X'], '--to is HOST:PORT'],
    [['--to', 'host:70000', '--aet', 'X'], '--to is HOST:PORT'],
    [['--to', 'host:104'], '--aet is'],
    [['--to', 'host:104', '--aet', 'SEVENTEEN_LETTERS'], '--aet is'],
    [['--to', 'host:104', '--aet', 'X', '--exams', '1.5'], '--exams is a whole number'],
    [['--to', 'host:104', '--aet', 'X', '--defects', '1.01'], '--defects is a number from 0 to 1'],
    [['--to', 'host:104', '--aet', 'X', '--day', '20261301'], '--day is YYYYMMDD'],
    [['--to', 'host:104', '--aet', 'X', '--size', 'huge'], '--size is full or small'],
    [['--to', 'host:104', '--aet', 'X', '--sede', '1'], '--sede'],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});
