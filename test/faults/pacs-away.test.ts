import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStorescp, storescu, type Storescp } from '../testkit/src/dcmtk.ts';
import { freePorts } from '../testkit/src/free-ports.ts';
import { startOrthanc } from '../testkit/src/orthanc.ts';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { sample } from '../testkit/src/samples.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

/** What a slow PACS takes for each piece of an object, s; ours comes in some five. */
const SLOW_SECONDS = 2;
/** The quiet period of an exam (5 s at least), the gate and the clocks of the queue. */
const PATIENCE_MS = 60_000;
const DIGITAL_X_RAY = '1.2.840.10008.5.1.4.1.1.1.1';

interface Forward {
  destinationName: string;
  state: string;
  sent: number;
  total: number;
  attempts: number;
  nextAttemptAt: string | null;
  answerCode: string | null;
  answerText: string | null;
}

let server: Server;
let admin: SignedIn;
let slow: Storescp;
let picky: Storescp;
let awayPort: number;
const folder = temporaryFolder('pacs');
const running: { stop(): Promise<unknown> }[] = [];

beforeAll(async () => {
  server = await startServer({ dataFolder: folder.path });
  admin = await signIn(server);
  const settings = await admin.get<object>('/api/v1/organization/settings');
  await put('/api/v1/organization/settings', { ...settings, quietSeconds: 5 });
  // Two of its processes write the object that is sent twice; under one name the first would remove the other's file.
  slow = await startStorescp(['--sleep-during', String(SLOW_SECONDS), '--unique-filenames'], 'SLOW');
  picky = await startStorescp(['-xf', ctOnly(), 'Default'], 'PICKY');
  running.push(slow, picky);
  awayPort = (await freePorts(1))[0] ?? 0;
  await addDestination('SLOW', slow.port);
  await addDestination('PICKY', picky.port);
  await addDestination('AWAY', awayPort);
});
afterAll(async () => {
  await server.stop();
  for (const peer of running) await peer.stop();
  folder.remove();
});

it('each PACS has what it does wrong told in its own words, and holds up no other', { timeout: 120_000 }, async () => {
  // Nobody has named this device: its exams pass the gate at once.
  const sent = await storescu({ port: server.dicomPort }, [sample('dx/dx-thorax-veterinary-fuji-ei.dcm')]);
  expect(sent.exitCode, sent.output).toBe(0);
  const [away, refused] = await Promise.all([
    forwardWhen('AWAY', ({ state }) => state === 'failed'),
    forwardWhen('PICKY', ({ state }) => state === 'refused'),
  ]);
  expect(away).toMatchObject({ sent: 0, total: 1, attempts: 1, answerText: expect.stringContaining('ECONNREFUSED') });
  expect(Date.parse(away.nextAttemptAt ?? '')).toBeGreaterThan(Date.now());
  expect(refused).toMatchObject({ sent: 0, total: 1, nextAttemptAt: null });
  expect(refused.answerText).toContain(DIGITAL_X_RAY);
  expect((await forwardOf('SLOW'))?.state).toBe('sending');
});

it(
  'the queue is the same after a kill in the middle of sending, and goes on by itself',
  { timeout: 120_000 },
  async () => {
    server.signal('SIGKILL');
    await server.exited;
    server = await startServer({ dataFolder: folder.path });
    admin = await signIn(server);
    expect(await forwardOf('PICKY')).toMatchObject({
      state: 'refused',
      answerText: expect.stringContaining(DIGITAL_X_RAY),
    });
    expect(await forwardOf('AWAY')).toMatchObject({ state: 'failed', total: 1 });
    await forwardWhen('SLOW', ({ state }) => state === 'sent');
    await waitUntil('the half of the broken association to be gone', () => slow.files().length === 1);
  },
);

it('what waited arrives when the PACS is back, without anybody’s help', { timeout: 120_000 }, async () => {
  const orthanc = await startOrthanc({ aet: 'AWAY', settings: { DicomPort: awayPort } });
  running.push(orthanc);
  await forwardWhen('AWAY', ({ state }) => state === 'sent');
  expect(await orthanc.get<string[]>('/instances')).toHaveLength(1);
});

it('what was refused leaves when the PACS has learnt it and a person asks again', { timeout: 120_000 }, async () => {
  await picky.stop();
  running.push(await startStorescp([], 'PICKY', picky.port));
  expect(await forwardOf('PICKY')).toMatchObject({ state: 'refused', attempts: 1 });
  expect(await admin.post('/api/v1/release/forwards/retry', {})).toEqual({ queued: 1 });
  await forwardWhen('PICKY', ({ state }) => state === 'sent');
});

const put = async (place: string, body: object): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await admin.fetch(place, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${place}: ${answer.status} ${await answer.text()}`);
};

const addDestination = (name: string, port: number): Promise<unknown> =>
  admin.post('/api/v1/destinations', { name, kind: 'dimse', aeTitle: name, host: '127.0.0.1', port });

/** A configuration of storescp that takes CT images and nothing else. */
const ctOnly = (): string => {
  const path = join(folder.path, 'ct-only.cfg');
  const lines = [
    '[[TransferSyntaxes]]',
    '[Any]',
    'TransferSyntax1 = LittleEndianExplicit',
    'TransferSyntax2 = LittleEndianImplicit',
    '[[PresentationContexts]]',
    '[OnlyCt]',
    'PresentationContext1 = CTImageStorage\\Any',
    '[[Profiles]]',
    '[Default]',
    'PresentationContexts = OnlyCt',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

const forwardOf = async (destination: string): Promise<Forward | undefined> => {
  const lists = await Promise.all(
    ['unsent', 'sent'].map((state) => admin.get<{ items: Forward[] }>(`/api/v1/release/forwards?state=${state}`)),
  );
  return lists.flatMap(({ items }) => items).find(({ destinationName }) => destinationName === destination);
};

const forwardWhen = (destination: string, isWanted: (forward: Forward) => boolean): Promise<Forward> =>
  waitUntil(
    `the forward to ${destination}`,
    async () => {
      const forward = await forwardOf(destination);
      return forward !== undefined && isWanted(forward) && forward;
    },
    PATIENCE_MS,
  );
