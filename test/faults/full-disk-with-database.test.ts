import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { ctSlice, newUid, openAssociation, storeSlice } from './ct-slices.ts';
import { missingOf } from './registered-instances.ts';
import { SmallDisk } from './small-disk.ts';
import { verifyFolder } from './verify-folder.ts';

/** A new cluster takes about 80 MiB. */
const DISK_MIB = 320;
const ROOM_MIB = 24;
/** 800 × 800 pixels of two bytes: 1.2 MiB. */
const SIDE = 800;
/** PS3.7 annex C: refused, out of resources. */
const OUT_OF_RESOURCES = 0xa700;
/** A database that has stopped itself for want of room takes a while to come up. */
const RECOVERY_MS = 60_000;

let disk: SmallDisk;
let server: Server;
let admin: SignedIn;
const [study, series] = [newUid(), newUid()];
const acknowledged: string[] = [];

const sendUntil = async (isEnough: (status: number, sent: number) => boolean): Promise<void> => {
  const client = await openAssociation(server);
  for (let sent = 1; ; sent += 1) {
    const slice = ctSlice({ study, series, side: SIDE });
    const { status } = await storeSlice(client, slice);
    if (status === 0) acknowledged.push(slice.sopInstanceUid);
    else expect(status).toBe(OUT_OF_RESOURCES);
    if (isEnough(status, sent)) break;
  }
  await client.release();
};

describe.skipIf(process.getuid?.() !== 0)('a full disk that holds the database as well', () => {
  beforeAll(async () => {
    disk = await SmallDisk.mount(DISK_MIB);
    server = await startServer({ dataFolder: disk.path });
    admin = await signIn(server);
  });
  afterAll(async () => {
    disk.empty();
    await server.stop();
    await disk.unmount();
  });

  it('refuses objects clearly and goes on living while nothing can be written', { timeout: 120_000 }, async () => {
    disk.fill(ROOM_MIB);
    await sendUntil((status, sent) => status !== 0 || sent > ROOM_MIB);
    disk.fill(0);
    await sendUntil((_, sent) => sent === 5);
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(acknowledged.length).toBeLessThanOrEqual(ROOM_MIB);
    // Whatever a person asks is answered: with what was asked for, or with why not.
    for (let turn = 0; turn < 20; turn += 1) {
      const answer = await admin.fetch('/api/v1/exams');
      if (answer.status !== 200) {
        expect(await answer.json()).toMatchObject({ status: 503, code: expect.stringMatching(/DATABASE|STORAGE/u) });
      }
    }
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  });

  it('is survived also when the database stops for want of room', { timeout: 120_000 }, async () => {
    const [postmaster = ''] = readFileSync(join(disk.path, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
    // What PostgreSQL does to itself when it cannot write its log.
    process.kill(Number(postmaster), 'SIGKILL');
    const isAway = async (): Promise<boolean> => (await admin.fetch('/api/v1/exams')).status === 503;
    await waitUntil('the database to be missed', isAway);
    await sendUntil((_, sent) => sent === 5);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  });

  it('is caught up with when there is room, and nothing acknowledged is lost', { timeout: 180_000 }, async () => {
    disk.empty();
    const isReady = async (): Promise<boolean> => (await fetch(`${server.url}/readyz`)).status === 200;
    await waitUntil('the server to be ready again', isReady, RECOVERY_MS);
    await sendUntil((_, sent) => sent === 5);
    const isWhole = async (): Promise<boolean> => (await missingOf(admin, study, acknowledged)).length === 0;
    await waitUntil('all to be registered', isWhole, RECOVERY_MS);
    await server.stop();
    expect(await verifyFolder(disk.path)).toMatchObject({ isClean: true, findings: [], waiting: 0 });
  });
});
