import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DicomJson, readPart10 } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { smallDataSet } from '../../../../test/testkit/src/received.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { createExamsRoom } from './exams-room.ts';
import type { App } from '../platform/app.ts';

let test: TestDatabase;
let held: HeldObjects;
let app: App;
let gb18030: Uint8Array;
let deflated: Uint8Array;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const explicitLittleEndian = '1.2.840.10008.1.2.1';

beforeAll(async () => {
  test = await startTestDatabase();
  held = await startHeldObjects(clock);
  const liveEvents = { publishWith: async () => undefined } as never;
  const room = createExamsRoom({ database: test.database, clock, liveEvents }, held.store);
  gb18030 = new Uint8Array(await readFile(sample('charset/zh-gb18030-dx.dcm')));
  deflated = new Uint8Array(await readFile(sample('malformed/Issue1097_FailToOpenDeflatedFileWithSQ.dcm')));
  const series = [1, 2, 3].map((number) =>
    smallDataSet({
      StudyInstanceUID: '2.25.7',
      SeriesInstanceUID: '2.25.7.1',
      SOPInstanceUID: `2.25.7.1.${number}`,
      InstanceNumber: number,
      Modality: 'CT',
      PatientName: 'Li^Si=李^四',
      AccessionNumber: 'CT77',
      StudyDate: '20261101',
    }),
  );
  const received = [await held.hold(gb18030), await held.hold(deflated)];
  for (const one of series) received.push(await held.hold(one, { transferSyntaxUid: explicitLittleEndian }));
  const outcomes = await room.registerBatch(received);
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('registered'));
  app = await startRoomHttp(test, (frame) => room.routes?.(frame));
});
afterAll(async () => {
  await app.close();
  await held.close();
  await test.stop();
});

const ask = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const search = async (path: string): Promise<DicomJson[]> => {
  const answer = await ask(`/dicomweb${path}`);
  expect(answer.headers['content-type']).toContain('application/dicom+json');
  return JSON.parse(answer.body) as DicomJson[];
};
const valuesAt = (found: DicomJson[], tag: string): unknown[] => found.map((one) => one[tag]?.Value?.[0]);

describe('QIDO-RS', () => {
  it.each([
    ['StudyInstanceUID=2.25.7', 1],
    ['0020000D=2.25.7,1.2.3', 1],
    ['AccessionNumber=CT77', 1],
    ['AccessionNumber=CT*', 1],
    ['AccessionNumber=C?77', 1],
    ['AccessionNumber=ct77', 0],
    ['PatientName=LI*', 1],
    ['PatientName=李*', 1],
    ['PatientName=Li', 0],
    ['PatientName=lisi&fuzzymatching=true', 1],
    ['PatientID=P1', 1],
    ['ModalitiesInStudy=CT', 1],
    ['ModalitiesInStudy=MR', 0],
    ['StudyDate=20261101', 1],
    ['StudyDate=20261101-20261130&PatientID=P1', 1],
    ['StudyDate=20261102-&PatientID=P1', 0],
    ['StudyDate=-20261101&PatientID=P1', 1],
    ['StudyDate=yesterday', 0],
    ['StudyDate=20261101&StudyTime=0900-1000', 1],
    ['StudyDate=20261101&StudyTime=1000-', 0],
  ])('matches studies by %s', async (query, count) => {
    expect(await search(`/studies?${query}`)).toHaveLength(count);
  });

  it('answers names in their spellings, counts and modalities', async () => {
    const [study] = await search('/studies?StudyInstanceUID=2.25.7');
    expect(study).toMatchObject({
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Li^Si', Ideographic: '李^四' }] },
      '00080020': { vr: 'DA', Value: ['20261101'] },
      '00080061': { vr: 'CS', Value: ['CT'] },
      '00201206': { vr: 'IS', Value: [1] },
      '00201208': { vr: 'IS', Value: [3] },
      '00081190': { vr: 'UR', Value: [expect.stringMatching(/\/dicomweb\/studies\/2\.25\.7$/)] },
    });
  });

  it.each([
    ['/studies?Modality=CT', 1],
    ['/studies?SeriesInstanceUID=2.25.7.1', 1],
    ['/studies?SOPInstanceUID=2.25.7.1.2', 1],
    ['/studies?Modality=CT&SOPInstanceUID=2.25.7.1.2&InstanceNumber=3', 0],
    ['/series?SOPInstanceUID=2.25.7.1.2', 1],
    ['/series?Modality=CT', 1],
    ['/instances?Modality=CT', 3],
    ['/studies?Modality=US', 0],
  ])('finds by keys of a lower level too: %s', async (path, count) => {
    expect(await search(path)).toHaveLength(count);
  });

  it('pages, says when there is more, and which keys it does not match', async () => {
    const path = '/dicomweb/studies/2.25.7/instances?limit=2';
    const first = await ask(`${path}&Rows=2`);
    expect(valuesAt(JSON.parse(first.body) as DicomJson[], '00080018')).toEqual(['2.25.7.1.1', '2.25.7.1.2']);
    expect(String(first.headers['warning'])).toContain('additional results');
    expect(String(first.headers['warning'])).toContain('Rows');
    const rest = await ask(`${path}&offset=2`);
    expect(valuesAt(JSON.parse(rest.body) as DicomJson[], '00080018')).toEqual(['2.25.7.1.3']);
    expect(rest.headers['warning']).toBeUndefined();
    expect((await ask('/dicomweb/studies?limit=many')).statusCode).toBe(400);
  });

  it('adds what is asked for', async () => {
    const [usual] = await search('/series?SeriesInstanceUID=2.25.7.1');
    expect(usual?.['00100010']).toBeUndefined();
    const [more] = await search('/series?SeriesInstanceUID=2.25.7.1&includefield=PatientName');
    expect(more?.['00100010']).toBeDefined();
    const [all] = await search('/studies/2.25.7/series/2.25.7.1/instances?includefield=all&InstanceNumber=2');
    expect(all).toMatchObject({ '00080018': { Value: ['2.25.7.1.2'] }, '00280010': { vr: 'US', Value: [2] } });
  });

  it('finds nothing for the other hospital', async () => {
    const answer = await ask('/dicomweb/studies', { 'x-caller': 'second' });
    expect(JSON.parse(answer.body)).toEqual([]);
  });
});

describe('WADO-RS', () => {
  const placeOf = async (file: Uint8Array): Promise<string> => {
    const { sopInstanceUid } = readPart10(file);
    const [found] = await search(`/instances?SOPInstanceUID=${sopInstanceUid}`);
    return new URL(String(found?.['00081190']?.Value?.[0])).pathname;
  };

  it.each([
    ['uncompressed', () => gb18030],
    ['deflated', () => deflated],
  ])('gives an %s object back byte by byte behind a head of its own', async (_, fileOf) => {
    const file = fileOf();
    const answer = await ask(await placeOf(file), { accept: 'application/dicom' });
    const original = readPart10(file);
    const returned = new Uint8Array(answer.rawPayload);
    const read = readPart10(returned);
    expect(read.transferSyntaxUid).toBe(original.transferSyntaxUid);
    const dataSet = Buffer.from(returned.subarray(read.dataSetOffset));
    expect(dataSet.equals(file.subarray(original.dataSetOffset))).toBe(true);
    expect(Number(answer.headers['content-length'])).toBe(returned.length);
    expect(Buffer.from(returned).toString('latin1')).not.toContain('10.0.0.9');
    const path = join(await mkdtemp(join(tmpdir(), 'wado-')), 'a.dcm');
    await writeFile(path, returned);
    expect(execFileSync('dcmdump', ['-q', '+P', '0008,0018', path], { encoding: 'latin1' })).toContain(
      original.sopInstanceUid,
    );
  });

  it('gives a series as parts', async () => {
    const answer = await ask('/dicomweb/studies/2.25.7/series/2.25.7.1', { accept: 'multipart/related' });
    const boundary = /boundary=(\S+)/.exec(String(answer.headers['content-type']))?.[1] ?? '';
    const parts = answer.rawPayload.toString('latin1').split(`--${boundary}`);
    expect(parts).toHaveLength(5);
    expect(parts.at(-1)).toBe('--\r\n');
    for (const part of parts.slice(1, 4)) {
      const [head = '', ...body] = part.split('\r\n\r\n');
      expect(head).toContain(`application/dicom; transfer-syntax=${explicitLittleEndian}`);
      const bytes = Buffer.from(body.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
      expect(readPart10(new Uint8Array(bytes)).sopInstanceUid).toMatch(/^2\.25\.7\.1\.[123]$/);
    }
  });

  it('gives metadata in Unicode, with bulk data by address', async () => {
    const [json] = await search(`${(await placeOf(gb18030)).replace('/dicomweb', '')}/metadata`);
    expect(json?.['00080005']).toEqual({ vr: 'CS', Value: ['ISO_IR 192'] });
    const uri = new URL(json?.['7FE00010']?.BulkDataURI ?? '').pathname;
    const answer = await ask(uri);
    const { dataSet } = readPart10(gb18030);
    const element = dataSet.elements.get(0x7fe00010)!;
    const pixels = Buffer.from(gb18030.buffer, gb18030.byteOffset + element.offset, element.length);
    expect(answer.rawPayload.includes(pixels)).toBe(true);
    expect(await search('/studies/2.25.7/metadata')).toHaveLength(3);
  });

  it('has nothing for strangers, unknown UIDs or unknown elements', async () => {
    const place = await placeOf(gb18030);
    for (const [url, caller] of [
      [place, 'second'],
      [`${place}/metadata`, 'second'],
      ['/dicomweb/studies/1.2.3', 'first'],
      [`${place}/bulkdata/00091001`, 'first'],
    ] as const) {
      const answer = await ask(url, { 'x-caller': caller });
      expect(answer.statusCode).toBe(404);
    }
    expect((await ask(`${place}/bulkdata/..%2F..`)).statusCode).toBe(400);
    expect((await ask(place, { 'x-caller': 'first:exams.read' })).statusCode).toBe(403);
  });

  it('puts looking on the trail once for each exam', async () => {
    const place = await placeOf(gb18030);
    for (let look = 0; look < 3; look += 1) await ask(place);
    const entries = await test.asOwner(`select subject_id from audit_entry where action = 'archive.read'`);
    expect(new Set(entries.map((entry) => entry['subject_id'])).size).toBe(entries.length);
  });
});
