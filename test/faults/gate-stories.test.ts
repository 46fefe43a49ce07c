import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStorescp, storescu } from '../testkit/src/dcmtk.ts';
import { startOrthanc, type Orthanc } from '../testkit/src/orthanc.ts';
import { repositoryRoot, temporaryFolder } from '../testkit/src/repository.ts';
import { sample } from '../testkit/src/samples.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { SmallDisk } from './small-disk.ts';

const PATIENCE_MS = 60_000;
const MEBIBYTES = 8;
const film = sample('dx/cr-hip-fuji-jpeg-lossless.dcm');
const scratch = temporaryFolder('stories');

let server: Server;
let admin: SignedIn;
let orthanc: Orthanc;
const running: { stop(): Promise<unknown> }[] = [];

interface Exam {
  examId: string;
  accessionNumber: string;
  studyInstanceUid: string;
}
interface Forward {
  destinationName: string;
  state: string;
  answerCode: string | null;
}
const exams = async (): Promise<Exam[]> => (await admin.get<{ items: Exam[] }>('/api/v1/exams')).items;
const forwards = async (state: 'unsent' | 'sent'): Promise<Forward[]> =>
  (await admin.get<{ items: Forward[] }>(`/api/v1/release/forwards?state=${state}`)).items;
const addDestination = (name: string, aeTitle: string, port: number): Promise<unknown> =>
  admin.post('/api/v1/destinations', { name, kind: 'dimse', aeTitle, host: '127.0.0.1', port });
const send = async (callingAet: string): Promise<void> => {
  const { exitCode, output } = await storescu({ port: server.dicomPort, callingAet }, [film], ['-xs']);
  expect(exitCode, output).toBe(0);
};

beforeAll(async () => {
  [server, orthanc] = await Promise.all([startServer(), startOrthanc({ aet: 'PACS' })]);
  running.push(orthanc);
  admin = await signIn(server);
  const settings = await admin.get<object>('/api/v1/organization/settings');
  await admin.put('/api/v1/organization/settings', { ...settings, quietSeconds: 5 });
  await addDestination('PACS', 'PACS', orthanc.dicomPort);
}, 90_000);
afterAll(async () => {
  await server.stop();
  for (const peer of running) await peer.stop();
  scratch.remove();
});

it(
  'beside: a copy that the PACS has from its device is called back there by a valid note, and never forwarded',
  { timeout: 180_000 },
  async () => {
    const device = await admin.post<{ deviceId: string }>('/api/v1/devices', {
      ...{ name: 'DR 1', modality: 'CR', aeTitle: 'DR1', priorityClass: 'routine' },
    });
    const place = `/api/v1/release/devices/${device.deviceId}`;
    const { checks } = await admin.get<{ checks: { code: string }[] }>(`${place}/checks?mode=beside`);
    await admin.put(place, { mode: 'beside', care: 'none', confirmed: checks.map(({ code }) => code), version: 0 });
    // The modality sends to both.
    await storescu({ port: orthanc.dicomPort, calledAet: 'PACS', callingAet: 'DR1' }, [film], ['-xs']);
    await send('DR1');
    const films = () => admin.get<{ items: { filmId: string }[] }>('/api/v1/films');
    await waitUntil('the film to be here', async () => (await films()).items.length === 1, PATIENCE_MS);
    const filmId = (await films()).items[0]?.filmId ?? '';
    const { film: detail } = await admin.get<{ film: { version: number } }>(`/api/v1/films/${filmId}`);
    const [exam] = await exams();
    const words = exam?.accessionNumber || exam?.studyInstanceUid || '';
    await admin.post(`/api/v1/films/${filmId}/readings`, {
      ...{ grade: 'reject', marks: [{ code: 'D03', step: 2 }], conditionsNotMet: [], places: [], note: '' },
      ...{ overrideReason: 'not readable', secondsSpent: 8, filmVersion: detail.version },
      reject: { reasonCode: '111209', affectsDiagnosis: 'repeat', confirmation: words.slice(-4) },
      standardVersion: defaultStandard.version,
    });
    const held = () => orthanc.get<string[]>('/instances');
    await waitUntil('the note to be in Orthanc', async () => (await held()).length === 2, PATIENCE_MS);
    const classes = await Promise.all(
      (await held()).map(async (id) => ({
        id,
        modality: (await orthanc.get<{ Modality?: string }>(`/instances/${id}/simplified-tags`)).Modality,
      })),
    );
    const note = classes.find(({ modality }) => modality === 'KO');
    const file = join(scratch.path, 'note.dcm');
    writeFileSync(file, Buffer.from(await (await fetch(`${orthanc.url}/instances/${note?.id}/file`)).arrayBuffer()));
    const complaints = execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1 || true', 'dciodvfy', file], { encoding: 'utf8' });
    expect(complaints.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    const text = execFileSync('dsrdump', ['+U8', '+Pc', file], { encoding: 'utf8' });
    console.log(text);
    expect(text).toContain('(113001,DCM,"Rejected for Quality Reasons")');
    expect([...(await forwards('unsent')), ...(await forwards('sent'))]).toEqual([]);
  },
);

it('an exam that its device sends again every night is one exam, sent on once', { timeout: 180_000 }, async () => {
  const disk = await startStorescp([], 'NIGHT');
  running.push(disk);
  await addDestination('NIGHT', 'NIGHT', disk.port);
  const nightly = sample('dx/dx-chest-pa-canon-j2k-lossless.dcm');
  for (let night = 0; night < 3; night += 1) {
    const { exitCode, output } = await storescu({ port: server.dicomPort, callingAet: 'ROOM9' }, [nightly], ['-xv']);
    expect(exitCode, output).toBe(0);
    await waitUntil('the first copy to be sent on', () => disk.files().length === 1, PATIENCE_MS);
  }
  await waitUntil('the queue to be empty', async () => (await forwards('unsent')).length === 0, PATIENCE_MS);
  expect(await exams()).toHaveLength(2);
  expect((await forwards('sent')).filter(({ destinationName }) => destinationName === 'NIGHT')).toHaveLength(1);
  expect(disk.files()).toHaveLength(1);
});

it(
  'a PACS whose disk is full is told as such, and gets the film when there is room',
  { timeout: 180_000 },
  async () => {
    const disk = await SmallDisk.mount(MEBIBYTES);
    const full = await startStorescp(['-od', disk.path], 'FULL');
    running.push(full, { stop: () => disk.unmount() });
    disk.fill(0);
    await addDestination('FULL', 'FULL', full.port);
    const another = sample('dx/dx-thorax-veterinary-fuji-ei.dcm');
    await storescu({ port: server.dicomPort, callingAet: 'ROOM9' }, [another]);
    const toFull = async (state: 'unsent' | 'sent') =>
      (await forwards(state)).find(({ destinationName }) => destinationName === 'FULL');
    await waitUntil(
      'the PACS to say that it is full',
      async () => (await toFull('unsent'))?.state === 'failed',
      PATIENCE_MS,
    );
    expect((await toFull('unsent'))?.answerCode).toBe('A700');
    disk.empty();
    await admin.post('/api/v1/release/forwards/retry', {});
    await waitUntil('the film to be sent', async () => (await toFull('sent')) !== undefined, PATIENCE_MS);
    expect(readdirSync(disk.path).length).toBe(1);
  },
);

it('every metric that an alert rule names is told by the running product', async () => {
  const rules = join(repositoryRoot, 'docs/operate/jiapian-alerts.yml');
  const named = new Set(readFileSync(rules, 'utf8').match(/\bjiapian_[a-z_]+/g) ?? []);
  const told = await (await admin.fetch('/metrics')).text();
  expect([...named].filter((name) => !told.includes(`# TYPE ${name} `))).toEqual([]);
  expect(named.size).toBeGreaterThan(5);
  // Where Prometheus is installed, its own program judges the file.
  if (existsSync('/usr/bin/promtool')) {
    expect(execFileSync('/usr/bin/promtool', ['check', 'rules', rules], { encoding: 'utf8' })).toContain('SUCCESS');
  }
});
