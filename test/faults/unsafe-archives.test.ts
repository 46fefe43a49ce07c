import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, runToEnd } from '../testkit/src/programs.ts';
import { repositoryRoot, temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

/** The watched folder is looked at every five seconds, and a file must stand still for one look. */
const PATIENCE_MS = 60_000;

/** Each is written by Python's zipfile, so that the reader is not tested with its own writer. */
const archives: Record<string, string> = {
  'outside.zip': `z.writestr('../../outside.dcm', b'x')`,
  'link.zip': `i = zipfile.ZipInfo('l'); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, '/etc/passwd')`,
  'bomb.zip': `[z.writestr(f'{n}.dcm', bytes(1 << 26)) for n in range(5)]`,
  // Each of the inner ones is below every limit: together they are 1.5 GiB in 1.6 MB.
  'many-small-bombs.zip': `[z.writestr(f'{n}.zip', packed(lambda y: y.writestr('0.dcm', bytes(255 << 20)))) for n in range(6)]`,
  'deep.zip': `z.writestr('a.zip', packed(lambda a: a.writestr('b.zip', packed(lambda b: b.writestr('c.dcm', b'x')))))`,
};

let server: Server;
let admin: SignedIn;
const scratch = temporaryFolder('archives');

beforeAll(async () => {
  server = await startServer();
  admin = await signIn(server);
  const lines = Object.entries(archives).map(
    ([name, line]) => `z = zipfile.ZipFile(${JSON.stringify(name)}, 'w', zipfile.ZIP_DEFLATED); ${line}; z.close()`,
  );
  const script = `
import io, zipfile
def packed(fill):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, 'w', zipfile.ZIP_DEFLATED) as inner: fill(inner)
    return whole.getvalue()
${lines.join('\n')}`;
  const { exitCode, output } = await runToEnd(findProgram('python3', 'python3'), ['-c', script], { cwd: scratch.path });
  if (exitCode !== 0) throw new Error(output);
  mkdirSync(join(scratch.path, 'linked'));
  symlinkSync('/etc', join(scratch.path, 'linked', 'etc'));
});
afterAll(async () => {
  await server.stop();
  scratch.remove();
});

const filesBelow = (place: string): string[] =>
  readdirSync(join(server.dataFolder, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const waitingInQuarantine = async (): Promise<number> =>
  (await admin.get<{ items: unknown[] }>('/api/v1/quarantine?state=waiting&limit=200')).items.length;

describe('an archive that must not be opened', () => {
  it(
    'in the browser is named for what it is, also when the harm is in archives inside',
    { timeout: 60_000 },
    async () => {
      const before = await waitingInQuarantine();
      const { uploadId } = await admin.post<{ uploadId: string }>('/api/v1/uploads', {});
      const response = await admin.fetch(`/api/v1/uploads/${uploadId}/files?fileKey=b.zip&fileName=b.zip`, {
        method: 'PUT',
        headers: { 'content-type': 'application/zip' },
        body: readFileSync(join(scratch.path, 'many-small-bombs.zip')),
      });
      const answer = (await response.json()) as { objects: number };
      expect(answer).toMatchObject({ outcome: 'archive', reason: 'unpacks-to-far-more-than-it-holds' });
      // What came out of it before it was known for a bomb is no more than one inner archive, and is told.
      const kept = (await waitingInQuarantine()) - before;
      expect(kept).toBeLessThanOrEqual(1);
      expect(answer.objects).toBe(kept);
      expect(filesBelow('uploads')).toEqual([]);
    },
  );

  it('is not taken by import, which names each', { timeout: 120_000 }, async () => {
    const names = Object.keys(archives).filter((name) => name !== 'many-small-bombs.zip');
    const paths = [...names, 'linked'].map((name) => join(scratch.path, name));
    const { output } = await runToEnd(process.execPath, ['apps/server/src/cli/cli.ts', 'import', '--json', ...paths], {
      cwd: repositoryRoot,
      env: {
        JIAPIAN_TEST_POSTGRES: undefined,
        JIAPIAN_SAMPLES: undefined,
        JIAPIAN_DATA: server.dataFolder,
        JIAPIAN_HTTP: `127.0.0.1:${server.httpPort}`,
      },
    });
    const report = JSON.parse(output.slice(output.indexOf('{"'))) as { received: number; files: number };
    expect(report).toMatchObject({ files: names.length, received: 0 });
    for (const name of names) expect(output).toContain(name);
    expect(output).toMatch(/name-leads-outside/u);
    expect(output).toMatch(/link-or-device/u);
  });

  it(
    'is put away as failed by the watched folder, and a link out of it is left alone',
    { timeout: 120_000 },
    async () => {
      const watched = join(server.dataFolder, 'watched');
      renameSync(join(scratch.path, 'linked', 'etc'), join(watched, 'etc'));
      for (const name of Object.keys(archives)) renameSync(join(scratch.path, name), join(watched, name));
      const failed = (): string[] => (existsSync(join(watched, 'failed')) ? filesBelow('watched/failed') : []);
      await waitUntil(
        'every archive to be put away',
        () => failed().length === Object.keys(archives).length,
        PATIENCE_MS,
      );
      expect(failed().sort()).toEqual(Object.keys(archives).sort());
      expect(readdirSync(watched).sort()).toEqual(['etc', 'failed']);
      expect(filesBelow('uploads')).toEqual([]);
    },
  );

  it('leaves nothing outside, and nothing in the register', () => {
    expect(existsSync(join(server.dataFolder, '..', 'outside.dcm'))).toBe(false);
    expect(filesBelow('objects')).toEqual([]);
  });
});
