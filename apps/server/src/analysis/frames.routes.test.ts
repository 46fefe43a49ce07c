import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { type FrameHead, frameHeadSchema } from '@jiapian/contract';
import { readHeaderFacts } from '@jiapian/dicom';
import { decodeFrame } from '@jiapian/dicom/pixels';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample, samplesBelow } from '../../../../test/testkit/src/samples.ts';
import { createRegister, type ReceivedObject } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { silentLog } from '../platform/log.ts';
import { type AnalysisRoom, createAnalysisRoom } from './analysis-room.ts';

let test: TestDatabase;
let held: HeldObjects;
let room: AnalysisRoom;
let app: App;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const uids = new Map<string, string>();
const names = [
  'dx/cr-chest-pa-philips-j2k.dcm',
  'ct/single/ct-jpeg-lossless.dcm',
  'charset/zh-gb18030-dx.dcm',
  'malformed/trunc-in-fragment.dcm',
];

beforeAll(async () => {
  test = await startTestDatabase();
  held = await startHeldObjects(clock);
  const liveEvents = { publishWith: async () => undefined };
  const { registerBatch } = createRegister({ database: test.database, clock, store: held.store, liveEvents });
  const [report = ''] = samplesBelow('rdsr');
  const received: ReceivedObject[] = [];
  for (const [name, path] of [...names.map((one) => [one, sample(one)] as const), ['report', report] as const]) {
    const bytes = new Uint8Array(await readFile(path));
    uids.set(name, readHeaderFacts(bytes).sopInstanceUid);
    received.push(await held.hold(bytes));
  }
  await registerBatch(received);
  room = createAnalysisRoom({ database: test.database, clock, log: silentLog, liveEvents }, held.store);
  app = await startRoomHttp(test, (frame) => room.routes?.(frame));
});
afterAll(async () => {
  await app.close();
  await room.stop?.();
  await held.close();
  await test.stop();
});

const urlOf = (name: string, rest = 'frames/0'): string => `/api/v1/instances/${uids.get(name) ?? name}/${rest}`;
const ask = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const headOf = (answer: { headers: Record<string, unknown> }): FrameHead =>
  frameHeadSchema.parse(JSON.parse(String(answer.headers['jiapian-frame'])));

describe('a frame', () => {
  it.each(names.slice(0, 3))('of %s is what the decoder gives, whole and reduced', async (name) => {
    const expected = await decodeFrame(new Uint8Array(await readFile(sample(name))), 0);
    const whole = await ask(urlOf(name));
    const head = headOf(whole);
    expect(head).toMatchObject({
      rows: expected.rows,
      columns: expected.columns,
      kind: 'grayscale',
      numberOfFrames: 1,
    });
    const { buffer, byteOffset, byteLength } = expected.samples;
    expect(whole.rawPayload.equals(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength))).toBe(true);
    const quarter = await ask(urlOf(name, 'frames/0?reduce=4'));
    const small = headOf(quarter);
    expect(small).toMatchObject({
      rows: Math.ceil(head.rows / 4),
      columns: Math.ceil(head.columns / 4),
      fullRows: head.rows,
      fullColumns: head.columns,
      minStored: head.minStored,
      maxStored: head.maxStored,
      pixelSpacingMm: head.pixelSpacingMm,
    });
    const bytesPerSample = head.sampleType === 'uint8' ? 1 : 2;
    expect(quarter.rawPayload.length).toBe(small.rows * small.columns * bytesPerSample);
  });

  it('is inverted when the image is MONOCHROME1', async () => {
    expect(headOf(await ask(urlOf('dx/cr-chest-pa-philips-j2k.dcm', 'frames/0?reduce=8'))).isInverted).toBe(true);
  });

  it('is kept by the browser and not sent twice', async () => {
    const first = await ask(urlOf('charset/zh-gb18030-dx.dcm'));
    expect(first.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    const again = await ask(urlOf('charset/zh-gb18030-dx.dcm'), { 'if-none-match': String(first.headers['etag']) });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload.length).toBe(0);
    const other = await ask(urlOf('charset/zh-gb18030-dx.dcm', 'frames/0?reduce=2'));
    expect(other.headers['etag']).not.toBe(first.headers['etag']);
  });

  it.each([
    ['charset/zh-gb18030-dx.dcm', 'frames/1', 404, 'DICOM_FRAME_NOT_FOUND'],
    ['charset/zh-gb18030-dx.dcm', 'frames/0?reduce=3', 400, 'REQUEST_INVALID'],
    ['charset/zh-gb18030-dx.dcm', 'frames/-1', 400, 'REQUEST_INVALID'],
    ['report', 'frames/0', 422, 'DICOM_NO_PIXELS'],
    ['1.2.3', 'frames/0', 404, 'ARCHIVE_OBJECT_NOT_FOUND'],
    ['malformed/trunc-in-fragment.dcm', 'frames/0', 422, 'DICOM_CODEC_FAILED'],
  ])('of %s %s is refused with %i %s', async (name, rest, status, code) => {
    const answer = await ask(urlOf(name, rest));
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code });
    expect(answer.headers['cache-control']).toBeUndefined();
  });

  it('is not there for the other hospital or without permission', async () => {
    const url = urlOf('charset/zh-gb18030-dx.dcm');
    expect((await ask(url, { 'x-caller': 'second' })).statusCode).toBe(404);
    expect((await ask(url, { 'x-caller': 'first:exams.read' })).statusCode).toBe(403);
  });
});

describe('a thumbnail', () => {
  it('is a grey PNG of 96 pixels that is neither all black nor all white', async () => {
    const answer = await ask(urlOf('dx/cr-chest-pa-philips-j2k.dcm', 'thumbnail'));
    expect(answer.headers['content-type']).toBe('image/png');
    const png = answer.rawPayload;
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    const [columns, rows] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(Math.max(columns, rows)).toBe(96);
    const length = png.readUInt32BE(33);
    const lines = inflateSync(png.subarray(41, 41 + length));
    expect(lines.length).toBe((columns + 1) * rows);
    const mean = lines.reduce((sum, grey) => sum + grey, 0) / lines.length;
    expect(mean).toBeGreaterThan(30);
    expect(mean).toBeLessThan(225);
  });
});

describe('WADO-RS frames', () => {
  it('are the code stream as stored', async () => {
    const name = 'ct/single/ct-jpeg-lossless.dcm';
    const facts = readHeaderFacts(new Uint8Array(await readFile(sample(name))));
    const place = `/dicomweb/studies/${facts.studyInstanceUid}/series/${facts.seriesInstanceUid}/instances/${facts.sopInstanceUid}`;
    const answer = await ask(`${place}/frames/1`);
    expect(answer.headers['content-type']).toContain('multipart/related; type="image/jpeg"');
    const body = answer.rawPayload;
    const start = body.indexOf('\r\n\r\n') + 4;
    expect(body.subarray(start, start + 2).toString('hex')).toBe('ffd8');
    expect(body.subarray(0, start).toString()).toContain(`transfer-syntax=${facts.transferSyntaxUid}`);
    expect((await ask(`${place}/frames/2`)).statusCode).toBe(404);
  });
});
