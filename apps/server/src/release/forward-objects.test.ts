import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { fixedClock } from '@jiapian/kernel';
import { readPart10 } from '@jiapian/dicom';
import { decodeFrameOf } from '@jiapian/dicom/pixels';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { dcmdump, startStorescp, type Storescp } from '../../../../test/testkit/src/dcmtk.ts';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { startOrthanc } from '../../../../test/testkit/src/orthanc.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { createSender } from './destination-peers.ts';
import { queueForwards } from './forward.repository.ts';
import { forwardObjects } from './forward-objects.ts';
import { retryForwards } from './retry-forwards.ts';

const uncompressed = sample('ct/head-philips/std-brain-5mm-001.dcm');
const oddLength = sample('dx/dx-thorax-veterinary-fuji-ei.dcm');
const jpeg2000 = sample('dx/dx-chest-pa-canon-j2k-lossless.dcm');

let test: TestDatabase;
let clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const running: { stop(): unknown }[] = [];

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());
beforeEach(async () => {
  clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
  await test.asOwner(`truncate forward, destination cascade`);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** One released object of the given file on its way to the destination. */
const queue = async (file: string, destination: { kind: 'dimse' | 'stow'; port?: number; url?: string }) => {
  const exam = await registerExam(test);
  const part10 = readPart10(new Uint8Array(await readFile(file)));
  const uid = part10.mediaStorageSopInstanceUid;
  await test.asOwner(`update stored_object set transfer_syntax_uid = $2, data_set_offset = $3 where object_id = $1`, [
    `object-${exam.sopInstanceUids[0]}`,
    part10.transferSyntaxUid,
    part10.dataSetOffset,
  ]);
  await test.asOwner(`update instance set sop_class_uid = $2 where sop_instance_uid = $1`, [
    exam.sopInstanceUids[0],
    part10.mediaStorageSopClassUid,
  ]);
  await test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port, url)
     values ($1, gen_random_uuid(), 'PACS', $2, 'PACS', '127.0.0.1', $3, $4)`,
    [test.hospitalId, destination.kind, destination.port ?? null, destination.url ?? ''],
  );
  await test.database.withHospital(test.hospitalId, (unit) => queueForwards(unit, exam.examId, clock.now()));
  return { ...exam, uid };
};

const send = (file: string) =>
  forwardObjects(
    {
      database: test.database,
      clock,
      store: { path: async () => file } as never,
      live: { publish: async () => undefined } as never,
      senderOf: createSender('JIAPIAN'),
    },
    new AbortController().signal,
  );

const forward = async () =>
  (
    await test.asOwner<{ state: string; attempts: number; answer_code: string; answer_text: string; due: Date }>(
      `select state, attempts, answer_code, answer_text, next_attempt_at as due from forward`,
    )
  )[0];

const scp = async (options: string[] = []): Promise<Storescp> => {
  const started = await startStorescp(options);
  running.push(started);
  return started;
};

describe('forwarding', () => {
  it('delivers the data set byte for byte, in the syntax it came in', async () => {
    const pacs = await scp();
    await queue(jpeg2000, { kind: 'dimse', port: pacs.port });
    await send(jpeg2000);
    expect(await forward()).toMatchObject({ state: 'sent', attempts: 1, answer_code: '0000' });
    const [name = ''] = pacs.files();
    const arrived = new Uint8Array(await readFile(name));
    const original = new Uint8Array(await readFile(jpeg2000));
    const sentFrom = readPart10(original);
    const heldFrom = readPart10(arrived);
    expect(heldFrom.transferSyntaxUid).toBe(sentFrom.transferSyntaxUid);
    const wanted = Buffer.from(original.subarray(sentFrom.dataSetOffset));
    expect(Buffer.from(arrived.subarray(heldFrom.dataSetOffset)).equals(wanted)).toBe(true);
  });

  it('shows a refusal as a refusal and leaves it to a person', async () => {
    const pacs = await scp(['+xi']);
    const exam = await queue(jpeg2000, { kind: 'dimse', port: pacs.port });
    await send(jpeg2000);
    expect(await forward()).toMatchObject({ state: 'refused', answer_code: 'context' });
    clock.advanceMs(3_600_000);
    await send(jpeg2000);
    expect(await forward()).toMatchObject({ state: 'refused', attempts: 1 });
    await test.database.withHospital(test.hospitalId, (unit) =>
      retryForwards(unit, clock, { accountId: null, actor: 'test' }, { examId: exam.examId }),
    );
    expect(await forward()).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('tells of a data set that no peer can take, instead of breaking the association over it', async () => {
    const pacs = await scp();
    await queue(oddLength, { kind: 'dimse', port: pacs.port });
    await test.asOwner(`update destination set coercion = '{"padsOddLength": false}'`);
    await send(oddLength);
    expect(await forward()).toMatchObject({ state: 'refused', answer_code: 'odd-length' });
  });

  it('fills up a value of odd length, so that a PACS takes the object', async () => {
    const pacs = await scp();
    await queue(oddLength, { kind: 'dimse', port: pacs.port });
    await send(oddLength);
    expect(await forward()).toMatchObject({ state: 'sent', answer_code: '0000' });
    expect(await dcmdump(pacs.files()[0] ?? '')).toMatch(/\(7fe0,0010\) .*# 35660,/);
  });

  it.each([
    ['+xi', '1.2.840.10008.1.2'],
    ['+xe', '1.2.840.10008.1.2.1'],
    ['+xs', '1.2.840.10008.1.2.1'],
  ])('decodes for a PACS of %s when its rule says so', async (option, syntax) => {
    const pacs = await scp([option]);
    await queue(jpeg2000, { kind: 'dimse', port: pacs.port });
    await test.asOwner(`update destination set coercion = '{"transcoding": "when-needed"}'`);
    const before = await readFile(jpeg2000);
    await send(jpeg2000);
    expect(await forward()).toMatchObject({ state: 'sent', answer_code: '0000' });
    const arrived = readPart10(new Uint8Array(await readFile(pacs.files()[0] ?? '')));
    const held = readPart10(new Uint8Array(before));
    expect(arrived.transferSyntaxUid).toBe(syntax);
    expect(arrived.sopInstanceUid).toBe(held.sopInstanceUid);
    const [copy, original] = await Promise.all([decodeFrameOf(arrived, 0), decodeFrameOf(held, 0)]);
    expect(copy).toEqual(original);
    expect((await readFile(jpeg2000)).equals(before)).toBe(true);
  });

  it('packs without loss for a PACS whose rule takes JPEG lossless alone', async () => {
    const pacs = await scp();
    await queue(uncompressed, { kind: 'dimse', port: pacs.port });
    await test.asOwner(
      `update destination set coercion = '{"transcoding": "when-needed", "acceptedSyntaxes": ["1.2.840.10008.1.2.4.70"]}'`,
    );
    await send(uncompressed);
    expect(await forward()).toMatchObject({ state: 'sent', answer_code: '0000' });
    const arrived = readPart10(new Uint8Array(await readFile(pacs.files()[0] ?? '')));
    expect(arrived.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.70');
  });

  it('waits for a PACS that is away, longer each time, and goes on by itself when it is back', async () => {
    const [port = 0] = await freePorts(1);
    await queue(uncompressed, { kind: 'dimse', port });
    await send(uncompressed);
    expect(await forward()).toMatchObject({
      state: 'failed',
      attempts: 1,
      answer_text: expect.stringContaining('ECONNREFUSED'),
      due: new Date(clock.now().getTime() + 10_000),
    });
    clock.advanceMs(9_999);
    await send(uncompressed);
    expect(await forward()).toMatchObject({ attempts: 1 });
    clock.advanceMs(1);
    await send(uncompressed);
    expect(await forward()).toMatchObject({ attempts: 2, due: new Date(clock.now().getTime() + 30_000) });
    running.push(await startStorescp([], 'PACS', port));
    clock.advanceMs(30_000);
    await send(uncompressed);
    expect(await forward()).toMatchObject({ state: 'sent', attempts: 3, answer_text: '' });
  });

  it('leaves a PACS alone after three rounds without an answer, and tries it with one object when its time comes', async () => {
    const [port = 0] = await freePorts(1);
    await queue(uncompressed, { kind: 'dimse', port });
    for (const waitMs of [10_000, 30_000, 0]) {
      await send(uncompressed);
      clock.advanceMs(waitMs);
    }
    expect(await circuit()).toMatchObject({
      state: 'open',
      failures: 3,
      last_answer: expect.stringContaining('ECONNREFUSED'),
    });
    await test.asOwner(`update forward set next_attempt_at = $1`, [clock.now()]);
    clock.advanceMs(59_999);
    await send(uncompressed);
    expect(await forward()).toMatchObject({ attempts: 3 });
    clock.advanceMs(1);
    await send(uncompressed);
    expect(await forward()).toMatchObject({ attempts: 4 });
    expect(await circuit()).toMatchObject({ state: 'open', failures: 4 });
  });

  it('never gives up an object because the PACS is away, however long', async () => {
    const [port = 0] = await freePorts(1);
    await queue(uncompressed, { kind: 'dimse', port });
    for (let attempt = 0; attempt < 30; attempt += 1) {
      await send(uncompressed);
      clock.advanceMs(1_800_000);
    }
    expect(await forward()).toMatchObject({ state: 'failed', attempts: 30 });
    running.push(await startStorescp([], 'PACS', port));
    await send(uncompressed);
    expect(await forward()).toMatchObject({ state: 'sent' });
    expect(await circuit()).toMatchObject({ state: 'closed', failures: 0 });
  });
});

const circuit = async () =>
  (
    await test.asOwner<{ state: string; failures: number; last_answer: string }>(
      `select state, failures, last_answer from destination_circuit`,
    )
  )[0];

describe('forwarding by STOW-RS', () => {
  const archive = async (status: number, answer = ''): Promise<{ url: string; bodies: Buffer[] }> => {
    const bodies: Buffer[] = [];
    const server: Server = createServer(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()));
      response.writeHead(status).end(answer);
    });
    const [port = 0] = await freePorts(1);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    running.push({ stop: () => server.close() });
    return { url: `http://127.0.0.1:${port}/dicom-web`, bodies };
  };

  it('sends one part with the bytes as received', async () => {
    const { url, bodies } = await archive(200, '{}');
    await queue(uncompressed, { kind: 'stow', url });
    await send(uncompressed);
    expect(await forward()).toMatchObject({ state: 'sent', answer_code: '200' });
    const original = await readFile(uncompressed);
    const dataSet = original.subarray(readPart10(new Uint8Array(original)).dataSetOffset);
    expect(bodies[0]?.includes(dataSet)).toBe(true);
  });

  it('is taken by a real archive, bytes unchanged', async () => {
    const orthanc = await startOrthanc({ dicomWeb: true });
    running.push(orthanc);
    await queue(jpeg2000, { kind: 'stow', url: `${orthanc.url}/dicom-web` });
    await send(jpeg2000);
    expect(await forward()).toMatchObject({ state: 'sent', answer_code: '200' });
    const [id = ''] = await orthanc.get<string[]>('/instances');
    const held = Buffer.from(await (await fetch(`${orthanc.url}/instances/${id}/file`)).arrayBuffer());
    const dataSetOf = (file: Buffer) => file.subarray(readPart10(new Uint8Array(file)).dataSetOffset);
    expect(dataSetOf(held).equals(dataSetOf(await readFile(jpeg2000)))).toBe(true);
  });

  it.each([
    [409, 'refused'],
    [401, 'refused'],
    [503, 'failed'],
    [429, 'failed'],
  ] as const)('takes HTTP %i as %s', async (status, state) => {
    const { url } = await archive(status, '{"00081198":{"Value":[{"00081197":{"vr":"US","Value":[290]}}]}}');
    await queue(uncompressed, { kind: 'stow', url });
    await send(uncompressed);
    expect(await forward()).toMatchObject({ state, answer_code: String(status), answer_text: 'failure reason 0122' });
  });

  it('parks an object over which the archive fails ten times, and does not call the archive away for it', async () => {
    const { url } = await archive(500);
    await queue(uncompressed, { kind: 'stow', url });
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await send(uncompressed);
      clock.advanceMs(1_800_000);
    }
    expect(await forward()).toMatchObject({ state: 'parked', attempts: 10 });
    expect(await circuit()).toBeUndefined();
  });
});
