import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePart10, joinChunks } from '@jiapian/dicom';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { CT_IMAGE, ctSlice, EXPLICIT_LITTLE_ENDIAN, newUid } from './ct-slices.ts';
import { registeredInstances } from './registered-instances.ts';

/** 2000 × 2000 pixels of two bytes: half of them is more than what waits in sockets and buffers. */
const SIDE = 2_000;
const [study, series] = [newUid(), newUid()];
const { sopInstanceUid, bytes } = ctSlice({ study, series, side: SIDE });
const meta = { sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN };
const file = joinChunks(encodePart10(meta, [bytes]));

let server: Server;
let admin: SignedIn;
let uploadPath: string;
beforeAll(async () => {
  server = await startServer();
  admin = await signIn(server);
  const { uploadId } = await admin.post<{ uploadId: string }>('/api/v1/uploads', {});
  uploadPath = `/api/v1/uploads/${uploadId}/files?fileKey=one&fileName=one.dcm`;
});
afterAll(() => server.stop());

/** Made ahead for the next object. */
const isFreeSlot = ({ parentPath, name }: Dirent): boolean =>
  name.endsWith('.slot') && (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0) === 0;

const filesBelow = (place: string): string[] =>
  readdirSync(join(server.dataFolder, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isFreeSlot(entry))
    .map((entry) => entry.name);

interface Sending {
  method: 'PUT' | 'POST';
  path: string;
  type: string;
  before?: string;
  content: Uint8Array;
}

/** Sends half of the content, waits until it is being laid down at `place`, and breaks the connection. */
const breakOff = async (sending: Sending, place: string): Promise<void> => {
  const broken = new AbortController();
  const half = new ReadableStream<Uint8Array>({
    start: (stream) => {
      if (sending.before !== undefined) stream.enqueue(new TextEncoder().encode(sending.before));
      stream.enqueue(sending.content.subarray(0, sending.content.byteLength / 2));
    },
  });
  const request: RequestInit & { duplex: 'half' } = {
    method: sending.method,
    headers: { 'content-type': sending.type },
    body: half,
    duplex: 'half',
    signal: broken.signal,
  };
  const answer = admin.fetch(sending.path, request);
  answer.catch(() => undefined);
  await waitUntil('the half to be laid down', () => filesBelow(place).length === 1);
  broken.abort();
  await expect(answer).rejects.toThrow();
  await waitUntil('the half to be gone', () => filesBelow(place).length === 0);
};

it.each([
  ['a file', 'application/octet-stream', file, 'spool'],
  ['an archive', 'application/zip', joinChunks([Uint8Array.of(0x50, 0x4b, 3, 4), file]), 'uploads'],
])('an upload of %s that is broken off leaves nothing', async (_, type, content, place) => {
  await breakOff({ method: 'PUT', path: uploadPath, type, content }, place);
});

it('STOW-RS that is broken off leaves nothing', async () => {
  const type = 'multipart/related; type="application/dicom"; boundary=b0undary';
  const before = '--b0undary\r\nContent-Type: application/dicom\r\n\r\n';
  await breakOff({ method: 'POST', path: '/dicomweb/studies', type, before, content: file }, 'spool');
});

it('the same file is then taken as if nothing had been', async () => {
  expect(await registeredInstances(admin, study)).toEqual(new Set());
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await admin.fetch(uploadPath, { method: 'PUT', headers, body: Buffer.from(file) });
  expect(await answer.json()).toMatchObject({ outcome: 'received', objects: 1 });
  expect(await registeredInstances(admin, study)).toEqual(new Set([sopInstanceUid]));
});
