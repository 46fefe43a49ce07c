import { readFile } from 'node:fs/promises';
import { readDataSetOf, readPart10 } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { dcmdump, startStorescp } from '../../../../test/testkit/src/dcmtk.ts';
import { startOrthanc } from '../../../../test/testkit/src/orthanc.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { smallObjects } from '../../../../test/testkit/src/small-objects.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { confirmForwards } from './confirm-forwards.ts';
import { createFinder, createSender } from './destination-peers.ts';
import { forwardObjects } from './forward-objects.ts';
import { queueForwards } from './forward.repository.ts';

let test: TestDatabase;
let files: ReturnType<typeof smallObjects>;
let clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const running: { stop(): unknown }[] = [];

beforeAll(async () => {
  test = await startTestDatabase();
  files = smallObjects(test);
});
afterAll(async () => {
  files.remove();
  await test.stop();
});
beforeEach(async () => {
  clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
  await test.asOwner(`truncate forward, destination cascade`);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work);
const parts = (commitments: Record<string, number | null> = {}) => ({
  database: test.database,
  clock,
  store: { path: async (objectId: string) => files.path(objectId) } as never,
  live: { publish: async () => undefined } as never,
  senderOf: createSender('JIAPIAN'),
  finderOf: createFinder('JIAPIAN'),
  commitments: async () => new Map(Object.entries(commitments)),
});
const forward = () => forwardObjects(parts(), new AbortController().signal);
const add = (name: string, port: number, over: { rules?: object; coercion?: object; confirmation?: string } = {}) =>
  test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port, forward_rules, coercion, confirmation)
     values ($1, gen_random_uuid(), $2, 'dimse', $2, '127.0.0.1', $3, $4, $5, $6)`,
    [test.hospitalId, name, port, over.rules ?? {}, over.coercion ?? {}, over.confirmation ?? 'status'],
  );
const arrive = async (modality = 'DX', images = 1) => {
  const exam = await registerExam(test, { modality, images });
  await files.write(exam.examId);
  await within((unit) => queueForwards(unit, exam.examId, clock.now()));
  return exam;
};
const states = () =>
  test.asOwner<{ name: string; state: string; code: string }>(
    `select name, state, answer_code as code from forward join destination using (hospital_id, destination_id) order by 1, 2`,
  );

describe('the rules of a destination', () => {
  it('choose by modality and device; without any, everything goes there', async () => {
    await add('ALL', 104);
    await add('CT', 104, { rules: { modalities: ['CT', 'MR'], deviceIds: [] } });
    await arrive('DX');
    expect((await states()).map(({ name }) => name)).toEqual(['ALL']);
    await test.asOwner(`truncate forward`);
    const exam = await arrive('CT');
    await add('ROOM', 104, { rules: { modalities: [], deviceIds: [exam.deviceId] } });
    await within((unit) => queueForwards(unit, exam.examId, clock.now()));
    expect((await states()).map(({ name }) => name)).toEqual(['ALL', 'CT', 'ROOM']);
  });
});

describe('the copy that is sent', () => {
  it('has the institution of the rule; what is held stays as it is, byte for byte', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await add('PACS', pacs.port, { coercion: { institutionName: 'First Hospital', callingAeTitle: 'QC_GATE' } });
    const exam = await arrive();
    const path = files.path(`object-${exam.sopInstanceUids[0]}`);
    const before = await readFile(path);
    await forward();
    expect(await states()).toMatchObject([{ state: 'sent' }]);
    const dump = await dcmdump(pacs.files()[0] ?? '');
    expect(dump).toContain('LO [First Hospital]');
    expect(dump).toContain(`UI [${exam.sopInstanceUids[0]}]`);
    expect((await readFile(path)).equals(before)).toBe(true);
    const sent = new Uint8Array(await readFile(pacs.files()[0] ?? ''));
    const { dataSetOffset, transferSyntaxUid } = readPart10(sent);
    const held = readDataSetOf(new Uint8Array(before), 0, transferSyntaxUid);
    const copy = readDataSetOf(sent, dataSetOffset, transferSyntaxUid);
    expect([...copy.elements.keys()].filter((tag) => tag !== 0x00080080)).toEqual([...held.elements.keys()]);
  });
});

describe('the character set of the copy', () => {
  const deliver = async (name: string, coercion: object) => {
    const pacs = await startStorescp();
    running.push(pacs);
    await add('PACS', pacs.port, { coercion });
    const exam = await registerExam(test, { images: 1 });
    const path = sample(name);
    const part10 = readPart10(new Uint8Array(await readFile(path)));
    await test.asOwner(`update stored_object set transfer_syntax_uid = $2, data_set_offset = $3 where object_id = $1`, [
      `object-${exam.sopInstanceUids[0]}`,
      part10.transferSyntaxUid,
      part10.dataSetOffset,
    ]);
    await within((unit) => queueForwards(unit, exam.examId, clock.now()));
    const before = await readFile(path);
    await forwardObjects({ ...parts(), store: { path: async () => path } as never }, new AbortController().signal);
    expect((await readFile(path)).equals(before)).toBe(true);
    const [answer] = await test.asOwner<{ state: string; code: string; text: string }>(
      `select state, answer_code as code, answer_text as text from forward`,
    );
    return { ...answer, dump: pacs.files()[0] === undefined ? '' : await dcmdump(pacs.files()[0] ?? '', ['+U8']) };
  };

  it('is the one of the rule in every text, and the institution is written in it', async () => {
    const coercion = { characterSet: 'ISO_IR 192', institutionName: '第一人民医院' };
    const { state, dump } = await deliver('charset/zh-gb18030-dx.dcm', coercion);
    expect(state).toBe('sent');
    expect(dump).toContain('(0008,0005) CS [ISO_IR 192]');
    expect(dump).toContain('(0008,0080) LO [第一人民医院]');
    const original = await dcmdump(sample('charset/zh-gb18030-dx.dcm'), ['+U8']);
    const nameIn = (text: string) => /\(0010,0010\) PN \[(.*?)\]/.exec(text)?.[1];
    expect(nameIn(dump)).toBe(nameIn(original));
    expect(nameIn(dump)).toMatch(/\p{Script=Han}/u);
  });

  it('that does not hold a text refuses the object and names the element, not the text', async () => {
    const answer = await deliver('charset/zh-gb18030-dx.dcm', { characterSet: 'ISO_IR 100' });
    expect(answer).toMatchObject({ state: 'refused', code: 'character-set' });
    expect(answer.text).toMatch(/^DICOM_TEXT_UNENCODABLE · [0-9a-f]{8} · ISO_IR 100 · not-held$/);
  });

  it('of the object that does not hold the institution refuses it, and does not leave the name out', async () => {
    const answer = await deliver('charset/chrFren.dcm', { institutionName: '第一人民医院' });
    expect(answer).toMatchObject({
      state: 'refused',
      code: 'institution-name',
      text: 'RELEASE_NAME_NOT_HELD',
      dump: '',
    });
  });
});

describe('where the word of an archive is not enough', () => {
  it('an object counts as sent once a search finds it', async () => {
    const orthanc = await startOrthanc({ aet: 'PACS', settings: { DicomAlwaysAllowFind: true } });
    running.push(orthanc);
    await add('PACS', orthanc.dicomPort, { confirmation: 're-query' });
    await arrive('DX', 2);
    await forward();
    expect(await states()).toMatchObject([{ state: 'unconfirmed' }, { state: 'unconfirmed' }]);
    await confirmForwards(parts());
    expect(await states()).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
  });

  it('an archive that says success and loses the object is found out, and gets it again', async () => {
    const orthanc = await startOrthanc({ aet: 'PACS', settings: { DicomAlwaysAllowFind: true } });
    running.push(orthanc);
    await add('PACS', orthanc.dicomPort, { confirmation: 're-query' });
    await arrive();
    await forward();
    const [id = ''] = await orthanc.get<string[]>('/instances');
    await fetch(`${orthanc.url}/instances/${id}`, { method: 'DELETE' });
    for (let look = 0; look < 3; look += 1) {
      expect(await states()).toMatchObject([{ state: 'unconfirmed' }]);
      await confirmForwards(parts());
      clock.advanceMs(10_000);
    }
    expect(await states()).toMatchObject([{ state: 'failed', code: 'lost' }]);
    await forward();
    await confirmForwards(parts());
    expect(await states()).toMatchObject([{ state: 'sent' }]);
    expect(await orthanc.get<string[]>('/instances')).toHaveLength(1);
  });

  it.each([
    ['committed', 0, 'sent'],
    ['owing an answer', null, 'unconfirmed'],
  ] as const)('an object is %s by storage commitment', async (_, answer, state) => {
    const pacs = await startStorescp();
    running.push(pacs);
    await add('PACS', pacs.port, { confirmation: 'commitment' });
    const exam = await arrive();
    await forward();
    await confirmForwards(parts({ [exam.sopInstanceUids[0] ?? '']: answer }));
    expect(await states()).toMatchObject([{ state }]);
  });

  it('an object that a storage commitment denies is sent again, and a second confirmation changes nothing', async () => {
    const pacs = await startStorescp(['--unique-filenames']);
    running.push(pacs);
    await add('PACS', pacs.port, { confirmation: 'commitment' });
    const exam = await arrive();
    const uid = exam.sopInstanceUids[0] ?? '';
    await forward();
    // PS3.4 annex J.3.4: 0112 no such object instance.
    for (let look = 0; look < 3; look += 1) {
      await confirmForwards(parts({ [uid]: 0x0112 }));
      clock.advanceMs(10_000);
    }
    expect(await states()).toMatchObject([{ state: 'failed', code: 'lost' }]);
    await forward();
    expect(pacs.files()).toHaveLength(2);
    for (let twice = 0; twice < 2; twice += 1) {
      await confirmForwards(parts({ [uid]: 0 }));
      clock.advanceMs(10_000);
      expect(await states()).toMatchObject([{ state: 'sent' }]);
    }
    await forward();
    expect(pacs.files()).toHaveLength(2);
  });

  it('an archive that cannot be asked proves nothing', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await add('PACS', pacs.port, { confirmation: 're-query' });
    await arrive();
    await forward();
    for (let look = 0; look < 5; look += 1) {
      await confirmForwards(parts());
      clock.advanceMs(10_000);
    }
    expect(await states()).toMatchObject([{ state: 'unconfirmed' }]);
  });
});

describe('one association', () => {
  it('carries more than one batch, and emergencies go first', async () => {
    const pacs = await startStorescp(['-v']);
    running.push(pacs);
    await add('PACS', pacs.port);
    await arrive('DX', 70);
    const urgent = await registerExam(test, { images: 1 });
    await files.write(urgent.examId);
    await test.asOwner(`update exam set priority = 'emergency' where exam_id = $1`, [urgent.examId]);
    await within((unit) => queueForwards(unit, urgent.examId, clock.now()));
    const order: string[] = [];
    const senderOf = createSender('JIAPIAN');
    let senders = 0;
    await forwardObjects(
      {
        ...parts(),
        senderOf: (destination) => {
          senders += 1;
          const sender = senderOf(destination);
          return Object.assign(
            async (...[objects, onAnswer, signal]: Parameters<typeof sender>) => {
              order.push(...objects.map((object) => object.sopInstanceUid));
              await sender(objects, onAnswer, signal);
            },
            { close: async () => sender.close?.() },
          );
        },
      },
      new AbortController().signal,
    );
    expect(senders).toBe(1);
    expect(order).toHaveLength(71);
    expect(order.indexOf(urgent.sopInstanceUids[0] ?? '')).toBeLessThan(50);
    expect(pacs.output().match(/Association Received/g)).toHaveLength(1);
    expect(pacs.files()).toHaveLength(71);
  });
});
