import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { ctSlice, newUid, openAssociation, storeSlice } from './ct-slices.ts';
import { OutsideDatabase } from './outside-database.ts';
import { missingOf } from './registered-instances.ts';
import { verifyFolder } from './verify-folder.ts';

/** Half a minute is what a database's machine takes to come up again. */
const AWAY_MS = 30_000;
const FROZEN_MS = 20_000;
/** A person does not wait longer for the word that it does not work now. */
const FIRST_REFUSAL_WITHIN_MS = 15_000;
const NEXT_REFUSAL_WITHIN_MS = 5_000;
/** A modality gives up on an association or an answer after some ten seconds. */
const ANSWER_WITHIN_MS = 10_000;
/** A modality's pace: an object about every so many ms and association. */
const BETWEEN_OBJECTS_MS = 20;

let database: OutsideDatabase;
let server: Server;
let admin: SignedIn;
const folder = temporaryFolder('away');
const databaseFolder = temporaryFolder('away-db');

beforeAll(async () => {
  database = await OutsideDatabase.start(databaseFolder.path);
  server = await startServer({ dataFolder: folder.path, variables: { JIAPIAN_DATABASE_URL: database.url } });
  admin = await signIn(server);
});
afterAll(async () => {
  database.thaw();
  await server.stop();
  await database.stop();
  folder.remove();
  databaseFolder.remove();
});

interface Load {
  study: string;
  statuses: Map<string, number>;
  slowestMs: number;
  end(): Promise<void>;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends without end over two associations, one of which is opened anew for every object as a DX does. */
const startLoad = (): Load => {
  const [study, series] = [newUid(), newUid()];
  let isEnding = false;
  const load = { study, statuses: new Map<string, number>(), slowestMs: 0 };
  const send = async (isOpenedAnew: boolean): Promise<void> => {
    let client = await openAssociation(server);
    while (!isEnding) {
      const slice = ctSlice({ study, series });
      const begun = performance.now();
      if (isOpenedAnew) {
        await client.release();
        client = await openAssociation(server);
      }
      load.statuses.set(slice.sopInstanceUid, (await storeSlice(client, slice)).status);
      load.slowestMs = Math.max(load.slowestMs, performance.now() - begun);
      await pause(BETWEEN_OBJECTS_MS);
    }
    await client.release();
  };
  const senders = [send(false), send(true)];
  // What a sender fails with is told by `end`.
  for (const sender of senders) sender.catch(() => undefined);
  return Object.assign(load, {
    end: async () => {
      isEnding = true;
      await Promise.all(senders);
    },
  });
};

const readiness = async (): Promise<{ status: number; checks: Record<string, string> }> => {
  const response = await fetch(`${server.url}/readyz`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, checks };
};

/** A list asked for while the database does not answer. */
const refusal = async (): Promise<{ tookMs: number }> => {
  const begun = performance.now();
  const answer = await admin.fetch('/api/v1/exams');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 });
  return { tookMs: performance.now() - begun };
};

const expectRecovered = async (load: Load): Promise<void> => {
  await waitUntil('the server to be ready again', async () => (await readiness()).status === 200);
  expect([...new Set(load.statuses.values())]).toEqual([0]);
  expect(load.slowestMs).toBeLessThan(ANSWER_WITHIN_MS);
  await waitUntil(
    'everything to be registered without anybody’s help',
    async () => (await missingOf(admin, load.study, [...load.statuses.keys()])).length === 0,
  );
};

describe('a database that is stopped while objects come in', () => {
  it('is told by readiness and HTTP, and costs no object and no refusal', { timeout: 180_000 }, async () => {
    const load = startLoad();
    await waitUntil('the load to run', () => load.statuses.size > 10);
    await database.stop();
    const stoppedAt = performance.now();
    const before = load.statuses.size;
    await waitUntil('readiness to tell', async () => (await readiness()).status === 503);
    expect((await readiness()).checks).toMatchObject({ database: 'not-ready', dicom: 'ready' });
    const refusal = await admin.fetch('/api/v1/exams');
    expect(refusal.status).toBe(503);
    expect(await refusal.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 });
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    await pause(AWAY_MS - (performance.now() - stoppedAt));
    const during = load.statuses.size - before;
    await database.startAgain();
    await load.end();
    expect(during).toBeGreaterThan(100);
    await expectRecovered(load);
  });
});

describe('a database that hangs', () => {
  it('holds up no modality, is told by readiness, and is caught up with', { timeout: 180_000 }, async () => {
    const load = startLoad();
    await waitUntil('the load to run', () => load.statuses.size > 10);
    database.freeze();
    const before = load.statuses.size;
    let during = 0;
    const frozenAt = performance.now();
    try {
      const first = await refusal();
      expect(first.tookMs).toBeLessThan(FIRST_REFUSAL_WITHIN_MS);
      expect((await refusal()).tookMs).toBeLessThan(NEXT_REFUSAL_WITHIN_MS);
      await pause(FROZEN_MS - (performance.now() - frozenAt));
      expect((await refusal()).tookMs).toBeLessThan(NEXT_REFUSAL_WITHIN_MS);
      expect(await readiness()).toMatchObject({ status: 503, checks: { database: 'not-ready' } });
      during = load.statuses.size - before;
    } finally {
      database.thaw();
    }
    await load.end();
    expect(during).toBeGreaterThan(30);
    await expectRecovered(load);
  });
});

it('leaves every byte with its row', { timeout: 60_000 }, async () => {
  await server.stop();
  const report = await verifyFolder(folder.path, { JIAPIAN_DATABASE_URL: database.url });
  expect(report).toMatchObject({ isClean: true, findings: [], waiting: 0 });
});
