import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readPart10 } from '@jiapian/dicom';
import { defaultStandard } from '@jiapian/rules';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStorescp, type Storescp } from '../testkit/src/dcmtk.ts';
import { freePorts } from '../testkit/src/free-ports.ts';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { ctSlice, newUid, openAssociation, storeSlice } from './ct-slices.ts';
import { OutsideDatabase } from './outside-database.ts';

const SLICES = 400;
/** So many have arrived when the process is killed. */
const KILLED_AFTER = 60;
const PATIENCE_MS = 90_000;

const folder = temporaryFolder('killed');
const databaseFolder = temporaryFolder('killed-db');
let database: OutsideDatabase;
let server: Server;
let admin: SignedIn;
let pacs: Storescp;
let pacsPort = 0;

const start = async (): Promise<void> => {
  server = await startServer({ dataFolder: folder.path, variables: { JIAPIAN_DATABASE_URL: database.url } });
  admin = await signIn(server);
};
const kill = async (): Promise<void> => {
  server.signal('SIGKILL');
  await server.exited;
};
/** What stands in the queue; also while the product is gone. */
const rows = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};
/** How often the PACS got each object. */
const receptions = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const file of pacs.files()) {
    const uid = readPart10(new Uint8Array(readFileSync(file))).sopInstanceUid ?? '';
    counts.set(uid, (counts.get(uid) ?? 0) + 1);
  }
  return counts;
};
const notes = (): string[] => pacs.files().filter((file) => file.includes('KO'));

/** One exam of a device that nobody has named: it passes the gate at once. */
const arrive = async (count: number): Promise<string[]> => {
  const [study, series] = [newUid(), newUid()];
  const client = await openAssociation(server);
  const uids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const slice = ctSlice({ study, series, instanceNumber: number });
    await storeSlice(client, slice);
    uids.push(slice.sopInstanceUid);
  }
  await client.release();
  return uids;
};

const rejectFirst = async (): Promise<void> => {
  const { items } = await admin.get<{ items: { filmId: string; grade: string | null }[] }>('/api/v1/films');
  const film = items.find(({ grade }) => grade === null);
  const detail = await admin.get<{ film: { version: number } }>(`/api/v1/films/${film?.filmId}`);
  const [exam] = await rows<{ study: string }>(
    `select study_instance_uid as study from exam join film using (hospital_id, exam_id) where film_id = '${film?.filmId}'`,
  );
  await admin.post(`/api/v1/films/${film?.filmId}/readings`, {
    ...{ grade: 'reject', marks: [{ code: 'D03', step: 2 }], conditionsNotMet: [], places: [], note: '' },
    ...{ overrideReason: 'not readable', secondsSpent: 8, filmVersion: detail.film.version },
    reject: {
      reasonCode: '111209',
      affectsDiagnosis: 'no-repeat',
      confirmation: (exam?.study ?? '').slice(-4),
    },
    standardVersion: defaultStandard.version,
  });
};

beforeAll(async () => {
  database = await OutsideDatabase.start(databaseFolder.path);
  [pacsPort = 0] = await freePorts(1);
  pacs = await startStorescp(['--unique-filenames'], 'PACS', pacsPort);
  await start();
  const settings = await admin.get<object>('/api/v1/organization/settings');
  await admin.put('/api/v1/organization/settings', { ...settings, quietSeconds: 5 });
  await admin.post('/api/v1/destinations', {
    ...{ name: 'PACS', kind: 'dimse', aeTitle: 'PACS', host: '127.0.0.1', port: pacsPort },
  });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await pacs.stop();
  await database.stop();
  folder.remove();
  databaseFolder.remove();
});

it(
  'a kill between released and sent loses nothing, and sends nothing twice that was confirmed',
  { timeout: 240_000 },
  async () => {
    const uids = await arrive(SLICES);
    await waitUntil('some to be in the PACS', () => pacs.files().length >= KILLED_AFTER, PATIENCE_MS);
    await kill();
    const confirmed = await rows<{ uid: string }>(`select sop_instance_uid as uid from forward where state = 'sent'`);
    const waiting = await rows<{ state: string }>(`select state from forward where state <> 'sent'`);
    expect(waiting.length + confirmed.length).toBe(SLICES);
    expect(waiting.length).toBeGreaterThan(0);
    await start();
    await waitUntil(
      'the rest to be sent',
      async () => (await rows(`select 1 from forward where state <> 'sent'`)).length === 0,
      PATIENCE_MS,
    );
    const got = receptions();
    expect([...got.keys()].toSorted()).toEqual(uids.toSorted());
    expect(confirmed.filter(({ uid }) => got.get(uid) !== 1)).toEqual([]);
    const twice = [...got.values()].filter((count) => count > 1).length;
    console.log(
      `${SLICES} objects: ${confirmed.length} confirmed before the kill, ${twice} unconfirmed ones sent again`,
    );
  },
);

it(
  'a kill between the note written and the note sent leaves one note that arrives, valid and readable',
  { timeout: 240_000 },
  async () => {
    await pacs.stop();
    await rejectFirst();
    await waitUntil(
      'the note to be written',
      async () => (await rows(`select 1 from rejection where state in ('queued', 'failed')`)).length === 1,
      PATIENCE_MS,
    );
    await kill();
    pacs = await startStorescp(['--unique-filenames'], 'PACS', pacsPort);
    await start();
    await admin.post('/api/v1/release/forwards/retry', {});
    await waitUntil('the note to be in the PACS', () => notes().length > 0, PATIENCE_MS);
    await waitUntil(
      'the note to be confirmed',
      async () => (await rows(`select 1 from rejection where state = 'sent'`)).length === 1,
      PATIENCE_MS,
    );
    const [note = ''] = notes();
    expect(notes()).toHaveLength(1);
    const complaints = execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1 || true', 'dciodvfy', note], { encoding: 'utf8' });
    expect(complaints.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    const text = execFileSync('dsrdump', ['+U8', '+Pc', note], { encoding: 'utf8' });
    console.log([...new Set(text.split('\n'))].join('\n'));
    expect(text).toContain('(113001,DCM,"Rejected for Quality Reasons")');
  },
);

it('a film rejected while the PACS is away is not sent, also after a kill', { timeout: 240_000 }, async () => {
  await pacs.stop();
  const uids = await arrive(3);
  await waitUntil(
    'the exam to be released',
    async () => (await rows(`select 1 from forward where state in ('queued', 'failed')`)).length === uids.length,
    PATIENCE_MS,
  );
  await rejectFirst();
  await waitUntil(
    'the queue to be emptied of it',
    async () => (await rows(`select 1 from forward where state = 'cancelled'`)).length === uids.length,
    PATIENCE_MS,
  );
  await kill();
  pacs = await startStorescp(['--unique-filenames'], 'PACS', pacsPort);
  await start();
  await admin.post('/api/v1/release/forwards/retry', {});
  const good = await arrive(1);
  await waitUntil('the next exam to be in the PACS', () => receptions().has(good[0] ?? ''), PATIENCE_MS);
  expect(uids.filter((uid) => receptions().has(uid))).toEqual([]);
});
