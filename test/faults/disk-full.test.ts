import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePart10, joinChunks } from '@jiapian/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import {
  CT_IMAGE,
  ctSlice,
  EXPLICIT_LITTLE_ENDIAN,
  newUid,
  openAssociation,
  storeSlice,
  type Slice,
} from './ct-slices.ts';
import { OutsideDatabase } from './outside-database.ts';
import { missingOf } from './registered-instances.ts';
import { SmallDisk } from './small-disk.ts';
import { verifyFolder } from './verify-folder.ts';

/** Above what readiness asks for. */
const DISK_MIB = 160;
const ROOM_MIB = 40;
/** Less than one object. */
const TOO_LITTLE_MIB = 1;
/** 1200 × 1200 pixels of two bytes: 2.7 MiB. */
const SIDE = 1_200;
/** PS3.7 annex C: refused, out of resources. */
const OUT_OF_RESOURCES = 0xa700;

let disk: SmallDisk;
let database: OutsideDatabase;
let server: Server;
let admin: SignedIn;
const databaseFolder = temporaryFolder('full-db');
const [study, series] = [newUid(), newUid()];
const acknowledged: string[] = [];

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)('a disk that fills up', () => {
  beforeAll(async () => {
    disk = await SmallDisk.mount(DISK_MIB);
    database = await OutsideDatabase.start(databaseFolder.path);
    server = await startServer({ dataFolder: disk.path, variables: { JIAPIAN_DATABASE_URL: database.url } });
    admin = await signIn(server);
  });
  afterAll(async () => {
    await server.stop();
    await database.stop();
    await disk.unmount();
    databaseFolder.remove();
  });

  it('is told to a modality as out of resources, with the association kept, and only what was kept is acknowledged', async () => {
    disk.fill(ROOM_MIB);
    const client = await openAssociation(server);
    let refused = 0;
    for (let sent = 0; sent < ROOM_MIB && refused < 3; sent += 1) {
      const slice = newSlice();
      const answer = await storeSlice(client, slice);
      if (answer.kind === 'success') acknowledged.push(slice.sopInstanceUid);
      else refused += 1;
      if (answer.kind !== 'success')
        expect(answer).toMatchObject({ status: OUT_OF_RESOURCES, comment: 'STORAGE_FULL' });
    }
    await client.release();
    expect(refused).toBe(3);
    // 40 MiB hold 14 objects of 2.75 MiB; ours are the bytes of one object on its way and of folders.
    expect(acknowledged.length).toBeGreaterThanOrEqual(12);
    expect(acknowledged.length).toBeLessThanOrEqual(14);
  });

  it('is told by the other doors as well, by its name', async () => {
    disk.fill(TOO_LITTLE_MIB);
    const stowed = await stow(newSlice());
    expect(stowed.status).toBe(409);
    const failed = (await stowed.json()) as Record<string, { Value: Record<string, { Value: unknown[] }>[] }>;
    expect(failed['00081198']?.Value.map((part) => part['00081197']?.Value)).toEqual([[OUT_OF_RESOURCES]]);
    const refused = await upload(newSlice());
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'STORAGE_FULL', status: 503 });
    const readiness = await fetch(`${server.url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({ checks: { storage: 'not-ready', database: 'ready' } });
  });

  it('leaves nothing by halves, and what was there before can be read', async () => {
    await waitUntil('the spool to be empty', () => filesBelow('spool').length === 0);
    expect(filesBelow('uploads')).toEqual([]);
    expect(await missingOf(admin, study, acknowledged)).toEqual([]);
    const [first = ''] = acknowledged;
    const held = await admin.fetch(`/dicomweb/studies/${study}/series/${series}/instances/${first}`);
    expect(held.status).toBe(200);
    expect((await held.arrayBuffer()).byteLength).toBeGreaterThan(2 * SIDE * SIDE);
  });

  it('is in use again by every door as soon as there is room, without a restart', async () => {
    disk.empty();
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const client = await openAssociation(server);
    const [viaDimse, viaStow, viaUpload] = [newSlice(), newSlice(), newSlice()];
    expect(await storeSlice(client, viaDimse)).toMatchObject({ kind: 'success' });
    await client.release();
    expect((await stow(viaStow)).status).toBe(200);
    expect(await (await upload(viaUpload)).json()).toMatchObject({ outcome: 'received' });
    const all = [...acknowledged, ...[viaDimse, viaStow, viaUpload].map((slice) => slice.sopInstanceUid)];
    await waitUntil('all to be registered', async () => (await missingOf(admin, study, all)).length === 0);
    await server.stop();
    const report = await verifyFolder(disk.path, { JIAPIAN_DATABASE_URL: database.url });
    expect(report).toMatchObject({ isClean: true, findings: [], waiting: 0, objects: all.length });
  });
});

/** Made ahead for the next object. */
const isFreeSlot = ({ parentPath, name }: Dirent): boolean =>
  name.endsWith('.slot') && (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0) === 0;

const filesBelow = (place: string): string[] =>
  readdirSync(join(disk.path, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isFreeSlot(entry))
    .map((entry) => entry.name);

const newSlice = (side = SIDE): Slice => ctSlice({ study, series, side });

const fileOf = ({ sopInstanceUid, bytes }: Slice): Uint8Array =>
  joinChunks(
    encodePart10({ sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN }, [bytes]),
  );

const stow = (slice: Slice): Promise<Response> =>
  admin.fetch('/dicomweb/studies', {
    method: 'POST',
    headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=b0undary' },
    body: Buffer.concat([
      Buffer.from('--b0undary\r\nContent-Type: application/dicom\r\n\r\n'),
      fileOf(slice),
      Buffer.from('\r\n--b0undary--\r\n'),
    ]),
  });

const upload = async (slice: Slice): Promise<Response> => {
  const { uploadId } = await admin.post<{ uploadId: string }>('/api/v1/uploads', {});
  return admin.fetch(`/api/v1/uploads/${uploadId}/files?fileKey=slice.dcm&fileName=slice.dcm`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(fileOf(slice)),
  });
};
