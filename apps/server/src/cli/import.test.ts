import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { samplesFolder } from '../../../../test/testkit/src/samples.ts';
import { startServer, type Running } from '../main.ts';
import { silentLog } from '../platform/log.ts';
import { readSettings } from '../platform/settings.ts';
import { runCommandLine } from './cli.ts';

let folder: string;
let files: string;
let environment: Record<string, string>;
let server: Running;

const importJson = async (...paths: string[]) => {
  let out = '';
  const code = await runCommandLine(['import', '--json', ...paths], {
    out: { write: (text) => (out += text) },
    err: { write: () => undefined },
    environment,
  });
  return { code, report: JSON.parse(out) };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-import-'));
  files = join(folder, 'files');
  await mkdir(join(files, 'inner'), { recursive: true });
  const sample = join(samplesFolder(), 'dx', 'cr-chest-pa-nih-jpeg-baseline.dcm');
  await copyFile(sample, join(files, 'one.dcm'));
  await writeFile(join(files, 'inner', 'note.txt'), 'not a picture');
  await symlink(sample, join(files, 'link.dcm'));
  const [http, dicom] = await freePorts(2);
  environment = {
    JIAPIAN_DATA: join(folder, 'data'),
    JIAPIAN_HTTP: `127.0.0.1:${http}`,
    JIAPIAN_DICOM: `127.0.0.1:${dicom}`,
    JIAPIAN_ADMIN_PASSWORD: 'correct horse battery',
  };
  server = await startServer(readSettings(environment), silentLog);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe('import', () => {
  it('counts what was received and names what was set aside; links are not followed', async () => {
    const { code, report } = await importJson(files);
    expect(code).toBe(0);
    expect(report).toMatchObject({ files: 2, received: 1, duplicate: 0, conflict: 0, failed: [] });
    expect(report.quarantined).toEqual([{ file: 'files/inner/note.txt', reason: expect.stringMatching(/./) }]);
  });

  it('names itself as the door that the objects came by', async () => {
    const password = environment['JIAPIAN_ADMIN_PASSWORD'];
    const url = `http://${environment['JIAPIAN_HTTP']}/api/v1`;
    const signedIn = await fetch(`${url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]);
    const answer = await fetch(`${url}/quarantine`, { headers: { cookie: cookie.join('; ') } });
    const { items } = (await answer.json()) as { items: { door: string; fileName: string }[] };
    expect(items).toEqual([expect.objectContaining({ door: 'import', fileName: 'files/inner/note.txt' })]);
  });

  it('of the same file again changes nothing', async () => {
    const { report } = await importJson(join(files, 'one.dcm'));
    expect(report).toMatchObject({ files: 1, received: 0, duplicate: 1, quarantined: [] });
  });

  it('of a path that is not there is bad use', async () => {
    expect(await importJson(join(files, 'gone'))).toMatchObject({
      code: 2,
      report: { error: { code: 'COMMAND_USE_WRONG' } },
    });
  });

  it('without a running server says so', async () => {
    const elsewhere = { ...environment, JIAPIAN_DATA: join(folder, 'elsewhere') };
    const code = await runCommandLine(['import', files], {
      out: { write: () => undefined },
      err: { write: (text) => expect(text).toContain('npm start') },
      environment: elsewhere,
    });
    expect(code).toBe(1);
  });
});
