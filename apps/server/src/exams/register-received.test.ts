import { readFile } from 'node:fs/promises';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { receivedFile, receivedImage, smallDataSet } from '../../../../test/testkit/src/received.ts';
import { sample, samplesBelow } from '../../../../test/testkit/src/samples.ts';
import { analyzeGrownTables } from './analyze-grown-tables.repository.ts';
import { completeQuietExams } from './complete-exams.ts';
import type { RegisterBatch } from './received-object.ts';
import { createRegister } from './register-received.ts';

let test: TestDatabase;
let registerBatch: RegisterBatch;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const liveEvents = { publishWith: async () => undefined };
const secondMs = 1000;

beforeAll(async () => {
  test = await startTestDatabase();
  for (const name of ['exam.received', 'exam.completed', 'exam.reopened'] as const)
    test.registry.register([{ name: `note-${name}`, on: name, handle: async () => undefined }]);
  ({ registerBatch } = createRegister({
    database: test.database,
    clock,
    store: { read: async () => new Uint8Array() },
    liveEvents,
  }));
});
afterAll(() => test.stop());
beforeEach(async () => {
  const tables = ['exam_event', 'object_conflict', 'instance', 'series', 'exam', 'patient', 'stored_object'];
  for (const table of [...tables, 'quarantined_object', 'device', 'job', 'hospital_setting'])
    await test.asOwner(`delete from ${table}`);
});

const image = (values: Parameters<typeof receivedImage>[0] = {}, over: Parameters<typeof receivedImage>[2] = {}) =>
  receivedImage(values, clock.now(), over);
const file = async (name: string, over: Parameters<typeof receivedFile>[2] = {}) =>
  receivedFile(new Uint8Array(await readFile(sample(name))), clock.now(), over);
const exams = (columns: string) => test.asOwner(`select ${columns} from exam order by study_instance_uid`);
const setting = (key: string, value: unknown) =>
  test.asOwner('insert into hospital_setting (hospital_id, key, value) values ($1, $2, $3)', [
    test.hospitalId,
    key,
    JSON.stringify(value),
  ]);

describe('the same object again', () => {
  it('is entered once, whether in one batch or later', async () => {
    const first = image();
    const duplicate = { kind: 'duplicate', heldObjectId: first.objectId };
    expect(await registerBatch([first, image()])).toEqual([{ kind: 'registered' }, duplicate]);
    expect(await registerBatch([image()])).toEqual([duplicate]);
    expect(await exams('series_count, instance_count, state')).toEqual([
      { series_count: 1, instance_count: 1, state: 'receiving' },
    ]);
    expect(await test.asOwner('select object_id from stored_object')).toEqual([{ object_id: first.objectId }]);
  });

  it('answers registered when the spool is replayed after a crash', async () => {
    const first = image();
    await registerBatch([first]);
    expect(await registerBatch([first])).toEqual([{ kind: 'registered' }]);
    expect(await exams('instance_count')).toEqual([{ instance_count: 1 }]);
  });
});

it('marks an object of an odd number of bytes, and enters it all the same', async () => {
  const outcome = await registerBatch([await file('dx/dx-thorax-veterinary-fuji-ei.dcm')]);
  expect(outcome).toEqual([{ kind: 'registered' }]);
  expect(JSON.stringify((await exams('oddities'))[0])).toContain('has an odd number of bytes');
});

describe('other bytes under a UID that is held', () => {
  it('are kept apart, leave the registered object alone, and stand on the time line', async () => {
    const first = image();
    const other = image({ PatientComments: 'changed' });
    await registerBatch([first]);
    expect(await registerBatch([other])).toEqual([{ kind: 'conflict', heldObjectId: first.objectId }]);
    expect(await test.asOwner('select object_id from instance')).toEqual([{ object_id: first.objectId }]);
    expect(await test.asOwner('select object_id, seen_at from object_conflict')).toEqual([
      { object_id: other.objectId, seen_at: null },
    ]);
    const events = await test.asOwner('select event from exam_event order by exam_event_id');
    expect(events.map(({ event }) => event as string)).toEqual(['exam.first-received', 'object.kept-apart']);
    expect(await registerBatch([image({ PatientComments: 'changed' })])).toEqual([
      { kind: 'duplicate', heldObjectId: other.objectId },
    ]);
    expect(await registerBatch([other])).toEqual([{ kind: 'conflict', heldObjectId: first.objectId }]);
  });
});

describe('names in every character set of the samples', () => {
  it.each([
    ['charset/zh-gb18030-dx.dcm', /^[\p{Script=Han}]{2,}$/u],
    ['charset/zh-utf8-dx.dcm', /^[\p{Script=Han}]{2,}$/u],
    // PS3.5 annexes H and I give these names in their examples.
    ['charset/chrH31.dcm', /^山田太郎$/u],
    ['charset/chrX1.dcm', /^王小東$/u],
    ['charset/chrX2.dcm', /^王小东$/u],
    ['charset/chrFren.dcm', /^Buc Jérôme$/u],
    ['charset/chrRuss.dcm', /^Люкceмбypг$/u],
    ['charset/chrKoreanMulti.dcm', /^김희중$/u],
  ])('%s', async (name, expected) => {
    expect(await registerBatch([await file(name)])).toEqual([{ kind: 'registered' }]);
    const [patient] = await test.asOwner<{ name: string }>('select name from patient');
    expect(patient?.name).toMatch(expected);
  });

  it('are found by pinyin and by its initials', async () => {
    await registerBatch([image({ PatientName: 'Wang^Xiaodong=王^小东' })]);
    const [exam] = await test.asOwner<{ search_text: string }>('select search_text from exam');
    for (const word of [' 王小东', ' 小东', ' wangxiaodong', ' wxd', ' p1', ' a1'])
      expect(exam?.search_text).toContain(word);
  });
});

describe('every sample', () => {
  it('is entered or set aside with a reason in words, and stops nobody', async () => {
    const names = ['malformed', 'charset', 'pixel-format', 'transfer-syntax', 'rdsr', 'kos-pr-sr', 'exposure-index'];
    const paths = names.flatMap((folder) => samplesBelow(folder)).filter((path) => !/\.(json|txt|md|tsv)$/.test(path));
    const received = await Promise.all(
      paths.map(async (path) => receivedFile(new Uint8Array(await readFile(path)), clock.now())),
    );
    const outcomes = await registerBatch(received);
    for (const outcome of outcomes) if (outcome.kind === 'quarantined') expect(outcome.reason).toMatch(/[a-z]+ [a-z]+/);
    const kinds = Map.groupBy(outcomes, ({ kind }) => kind);
    expect(kinds.get('registered')?.length).toBeGreaterThan(paths.length * 0.6);
    const rows = await test.asOwner<{ stored: number; quarantined: number }>(
      `select (select count(*)::integer from stored_object) stored,
         (select count(*)::integer from quarantined_object) quarantined`,
    );
    const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
    expect(rows[0]).toEqual({ stored: count('registered') + count('conflict'), quarantined: count('quarantined') });
  });

  it('that is a report is entered without becoming an image', async () => {
    const [path] = samplesBelow('rdsr');
    await registerBatch([receivedFile(new Uint8Array(await readFile(path!)), clock.now())]);
    expect(await test.asOwner('select is_image from instance')).toEqual([{ is_image: false }]);
  });

  it('of plain text or of nothing is set aside', async () => {
    const outcomes = await registerBatch([
      await file('malformed/text-named-dcm.dcm'),
      await file('malformed/only-preamble.dcm'),
      receivedFile(new Uint8Array(), clock.now()),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['quarantined', 'quarantined', 'quarantined']);
    const rows = await test.asOwner('select reason_code, state from quarantined_object order by object_id');
    expect(rows[0]).toEqual({ reason_code: 'INTAKE_NOT_DICOM', state: 'waiting' });
  });
});

describe('odd values', () => {
  it('never keep an object out, and are said at the exam', async () => {
    const odd = image({ StudyDate: '20269999', PatientSex: 'X', InstanceNumber: 5, PatientName: 'A\0B^C' });
    expect(await registerBatch([odd])).toEqual([{ kind: 'registered' }]);
    const [exam] = await exams('exam_at, exam_at_is_known, oddities');
    expect(exam).toMatchObject({ exam_at: clock.now(), exam_at_is_known: false });
    const keywords = (exam?.['oddities'] as { keyword: string }[] | undefined)?.map(({ keyword }) => keyword);
    expect(keywords).toEqual(expect.arrayContaining(['StudyDate', 'PatientSex', 'PatientBirthDate']));
  });

  it('in another transfer syntax than was negotiated are read, and it is said', async () => {
    const wrong = image({}, { transferSyntaxUid: '1.2.840.10008.1.2' });
    expect(await registerBatch([wrong])).toEqual([{ kind: 'registered' }]);
    expect(await test.asOwner('select transfer_syntax_uid from stored_object')).toEqual([
      { transfer_syntax_uid: '1.2.840.10008.1.2.1' },
    ]);
    expect(JSON.stringify((await exams('oddities'))[0])).toContain('TransferSyntaxUID');
  });

  it('of two patients in one study are said at the exam', async () => {
    await registerBatch([image(), image({ SOPInstanceUID: '2.25.100.2', PatientID: 'P2' })]);
    const [exam] = await exams('oddities, instance_count');
    expect(exam).toMatchObject({ instance_count: 2 });
    expect(JSON.stringify(exam?.['oddities'])).toContain('differs between objects');
  });

  it('take the time zone of the hospital for times without one', async () => {
    await registerBatch([image()]);
    expect(await exams('exam_at')).toEqual([{ exam_at: new Date('2026-11-24T01:30:00Z') }]);
  });
});

describe('a header longer than the first block', () => {
  it('is read further from the store', async () => {
    const whole = smallDataSet({ PatientComments: 'x'.repeat(50_000), StudyInstanceUID: '2.25.4' });
    const asked: number[] = [];
    const store = {
      read: async (_: string, start: number) => {
        asked.push(start);
        return whole;
      },
    };
    const register = createRegister({ database: test.database, clock, store, liveEvents });
    const cut = image({}, { head: whole.subarray(0, 1_000), sizeBytes: whole.length + 300, datasetOffset: 300 });
    expect(await register.registerBatch([cut])).toEqual([{ kind: 'registered' }]);
    expect(asked).toEqual([300]);
    expect(await exams('study_instance_uid')).toEqual([{ study_instance_uid: '2.25.4' }]);
  });
});

describe('an exam of ten thousand instances', () => {
  it('is entered in batches and counted right', async () => {
    for (let batch = 0; batch < 20; batch += 1) {
      const received = Array.from({ length: 500 }, (_, index) =>
        image({ SOPInstanceUID: `2.25.100.${batch}.${index}`, SeriesInstanceUID: `2.25.100.9${batch % 4}` }),
      );
      await registerBatch(received);
      await analyzeGrownTables(test.database);
    }
    expect(await exams('series_count, instance_count')).toEqual([{ series_count: 4, instance_count: 10_000 }]);
    expect(await test.asOwner('select sum(instance_count)::integer as n from series')).toEqual([{ n: 10_000 }]);
  });
});

describe('devices', () => {
  it('are listed as unknown at first sight, once', async () => {
    await registerBatch([image(), image({ SOPInstanceUID: '2.25.100.2' })]);
    expect(await test.asOwner('select ae_title, named_at from device')).toEqual([{ ae_title: 'DR1', named_at: null }]);
  });

  it('that a person named by AE title alone take every station name', async () => {
    await test.asOwner(
      `insert into device (hospital_id, device_id, name, ae_title, priority_class, named_at)
       values ($1, gen_random_uuid(), '急诊DR', 'DR1', 'emergency', now())`,
      [test.hospitalId],
    );
    await registerBatch([image({ StationName: 'ROOM7' })]);
    expect(await test.asOwner('select name from device')).toEqual([{ name: '急诊DR' }]);
    expect(await exams('priority, device_id is not null as has_device')).toEqual([
      { priority: 'emergency', has_device: true },
    ]);
  });

  it('that were listed as unknown give way to the one that a person then named by AE title alone', async () => {
    await registerBatch([image({ StationName: 'ROOM7' })]);
    await test.asOwner(
      `insert into device (hospital_id, device_id, name, ae_title, named_at) values ($1, gen_random_uuid(), 'DR', 'DR1', now())`,
      [test.hospitalId],
    );
    await registerBatch([image({ StationName: 'ROOM7', StudyInstanceUID: '2.25.200', SOPInstanceUID: '2.25.200.1' })]);
    const rows = await test.asOwner(
      `select d.name from exam e join device d on d.device_id = e.device_id where e.study_instance_uid = '2.25.200'`,
    );
    expect(rows).toEqual([{ name: 'DR' }]);
  });

  it('that nobody named are refused when the policy says so; named ones and files are not', async () => {
    await setting('callerPolicy', 'refuse-unknown');
    const outcomes = await registerBatch([
      image(),
      image({ SOPInstanceUID: '2.25.100.2' }, { door: 'upload', callingAeTitle: '' }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'quarantined', reasonCode: 'INTAKE_CALLER_UNKNOWN' },
      { kind: 'registered' },
    ]);
    await test.asOwner(`update device set named_at = now() where ae_title = 'DR1'`);
    expect(await registerBatch([image({ SOPInstanceUID: '2.25.100.3' })])).toEqual([{ kind: 'registered' }]);
  });
});

describe('completeness', () => {
  it('comes with the quiet period, not before; a late object reopens the exam and a duplicate does not', async () => {
    await setting('quietSeconds', 60);
    await registerBatch([image()]);
    clock.advanceMs(59 * secondMs);
    expect(await completeQuietExams(test.database, liveEvents, clock.now())).toBe(0);
    clock.advanceMs(1 * secondMs);
    expect(await completeQuietExams(test.database, liveEvents, clock.now())).toBe(1);
    expect(await exams('state, ready_at')).toEqual([{ state: 'ready', ready_at: clock.now() }]);

    await registerBatch([image()]);
    expect(await exams('state')).toEqual([{ state: 'ready' }]);
    await registerBatch([image({ SOPInstanceUID: '2.25.100.2', SeriesInstanceUID: '2.25.100.6' })]);
    expect(await exams('state, ready_at, reopened_at, series_count, instance_count')).toEqual([
      { state: 'receiving', ready_at: null, reopened_at: clock.now(), series_count: 2, instance_count: 2 },
    ]);
    const events = await test.asOwner<{ event: string }>('select event from exam_event order by exam_event_id');
    expect(events.map(({ event }) => event)).toEqual([
      'exam.first-received',
      'exam.last-received',
      'exam.completed',
      'exam.reopened',
    ]);
    const jobs = await test.asOwner<{ name: string }>('select name from job order by job_id');
    expect(jobs.map(({ name }) => name)).toEqual([
      'note-exam.received',
      'note-exam.completed',
      'note-exam.received',
      'note-exam.reopened',
    ]);
  });
});

describe('the second hospital', () => {
  it('sees nothing of the first', async () => {
    await registerBatch([image(), await file('malformed/text-named-dcm.dcm')]);
    await test.database.withHospital(test.otherHospitalId, async ({ db }) => {
      for (const table of ['exam', 'patient', 'series', 'instance', 'stored_object', 'quarantined_object'] as const)
        expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    });
  });
});
