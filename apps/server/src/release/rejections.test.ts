import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startStorescp } from '../../../../test/testkit/src/dcmtk.ts';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { startOrthanc } from '../../../../test/testkit/src/orthanc.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import { smallObjects } from '../../../../test/testkit/src/small-objects.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockFilm } from '../review/lock-film.ts';
import { makeFilms } from '../review/make-films.ts';
import type { Reader } from '../review/reader.ts';
import { saveReading } from '../review/save-reading.ts';
import { undoReading } from '../review/undo-reading.ts';
import { actOnRejection } from './act-on-rejection.ts';
import { checkRejections } from './check-rejections.ts';
import { createFinder, createSender } from './destination-peers.ts';
import { forwardObjects } from './forward-objects.ts';
import { requeueInterrupted, takeForwards } from './forward.repository.ts';
import { judgeExam, unjudgeExam } from './judge-exam.ts';
import { moveGate } from './move-gate.ts';
import { previewRejection } from './preview-rejection.ts';
import { requeueInterruptedRejections, takeRejections } from './rejection-queue.repository.ts';
import { sendRejections } from './send-rejections.ts';

let test: TestDatabase;
let reader: Reader;
let files: ReturnType<typeof smallObjects>;
const start = new Date('2026-11-24T02:00:00Z');
let clock = fixedClock(start);
const by = { accountId: null, actor: 'test' };
const running: { stop(): unknown }[] = [];

beforeAll(async () => {
  test = await startTestDatabase();
  reader = await registerReader(test, 'leader');
  files = smallObjects(test);
});
afterAll(async () => {
  files.remove();
  await test.stop();
});
beforeEach(async () => {
  clock = fixedClock(start);
  await test.asOwner(`truncate forward, film, gate, destination, job, rejection, device_stream cascade`);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work);
const signal = () => new AbortController().signal;
const parts = () => ({
  database: test.database,
  clock,
  store: { path: async (objectId: string) => files.path(objectId) } as never,
  live: { publish: async () => undefined, publishWith: async () => undefined } as never,
  senderOf: createSender('JIAPIAN'),
  finderOf: createFinder('JIAPIAN'),
  cache: tmpdir(),
});
const forward = () => forwardObjects(parts(), signal());
const sendNotes = () => sendRejections(parts(), signal());

const addDestination = (over: { kind?: string; port?: number; url?: string; recipe?: string; undo?: string }) =>
  test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port, url, reject_recipe, undo_recipe)
     values ($1, gen_random_uuid(), 'PACS', $2, 'PACS', '127.0.0.1', $3, $4, $5, $6)`,
    [
      test.hospitalId,
      over.kind ?? 'dimse',
      over.port ?? null,
      over.url ?? '',
      over.recipe ?? 'note',
      over.undo ?? 'resend',
    ],
  );

/** An exam that has left already, as an emergency does. */
const leave = async (seed: ExamSeed = {}) => {
  const exam = await registerExam(test, { images: 2, ...seed });
  await files.write(exam.examId);
  await within((unit) => makeFilms(unit, clock, exam.examId));
  await within((unit) => moveGate(unit, { examId: exam.examId, event: 'emergency', at: clock.now() }));
  const films = await test.asOwner<{ film_id: string; uid: string }>(
    `select film_id, sop_instance_uid as uid from film where exam_id = $1 order by sop_instance_uid`,
    [exam.examId],
  );
  return { ...exam, films };
};

const reject = async (exam: { examId: string; accessionNumber: string }, filmId: string, reasonCode = '111209') => {
  await within((unit) => lockFilm(unit, clock, reader, filmId));
  const [film] = await test.asOwner<{ version: number }>(`select version from film where film_id = $1`, [filmId]);
  const { readingId } = await within((unit) =>
    saveReading(unit, clock, reader, by, filmId, {
      marks: [{ code: 'D01-side', step: 1 }],
      conditionsNotMet: [],
      places: [],
      note: '',
      grade: 'reject',
      overrideReason: '',
      reject: { reasonCode, affectsDiagnosis: 'repeat', confirmation: exam.accessionNumber.slice(-4) },
      filmVersion: film?.version ?? 0,
      standardVersion: 1,
      secondsSpent: 9,
    }),
  );
  await within((unit) => judgeExam(unit, clock, { examId: exam.examId, filmId, readingId }));
  return readingId;
};

const undo = async (examId: string) => {
  const { filmId } = await within((unit) => undoReading(unit, clock, reader, by));
  const [reading] = await test.asOwner<{ reading_id: string }>(
    `select withdraws as reading_id from reading where film_id = $1 and act = 'withdrawal' order by at desc limit 1`,
    [filmId],
  );
  await within((unit) => unjudgeExam(unit, clock, { examId, filmId, readingId: reading!.reading_id }));
};

interface Row {
  rejection_id: string;
  title: string;
  state: string;
  instance_uids: string[];
  still_visible: number | null;
}
const rejections = () =>
  test.asOwner<Row>(
    `select rejection_id, title, state, instance_uids, still_visible from rejection order by made_at, title desc`,
  );
const forwards = () =>
  test.asOwner<{ uid: string; state: string }>(`select sop_instance_uid as uid, state from forward order by 1`);

describe('a film that is 废 after it has left', () => {
  it('is called back by a note that names it and not the other film of its exam', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await leave();
    await forward();
    await reject(exam, exam.films[0]!.film_id);
    expect(await rejections()).toMatchObject([
      { title: 'quality', state: 'queued', instance_uids: [exam.films[0]!.uid] },
    ]);
    await sendNotes();
    expect(await rejections()).toMatchObject([{ state: 'sent' }]);
    const note = pacs.files().find((file) => file.includes('KO'));
    const text = execFileSync('dsrdump', ['+U8', '+Pc', '+Pu', note ?? ''], { encoding: 'utf8' });
    expect(text).toContain('(113001,DCM,"Rejected for Quality Reasons")');
    expect(text).toContain('(111209,DCM,"Positioning")');
    expect(text).toContain(exam.films[0]!.uid);
    expect(text).not.toContain(exam.films[1]!.uid);
  });

  it('becomes a person’s task where the archive takes the note and goes on showing the film', async () => {
    const orthanc = await startOrthanc({ dicomWeb: true });
    running.push(orthanc);
    await addDestination({ kind: 'stow', url: `${orthanc.url}/dicom-web` });
    const exam = await leave();
    await forward();
    await reject(exam, exam.films[0]!.film_id);
    await sendNotes();
    clock.advanceMs(9_999);
    await checkRejections(parts());
    expect(await rejections()).toMatchObject([{ state: 'sent', still_visible: null }]);
    clock.advanceMs(1);
    await checkRejections(parts());
    const [open] = await rejections();
    expect(open).toMatchObject({ state: 'visible', still_visible: 1 });
    await within((unit) =>
      actOnRejection(unit, clock, by, open!.rejection_id, { event: 'done-by-hand', note: 'hidden by hand' }),
    );
    expect(await rejections()).toMatchObject([{ state: 'done' }]);
  });

  it('is proven hidden when a C-FIND does not show it any more', async () => {
    const orthanc = await startOrthanc({ aet: 'PACS', settings: { DicomAlwaysAllowFind: true } });
    running.push(orthanc);
    await addDestination({ port: orthanc.dicomPort });
    const exam = await leave();
    await forward();
    await reject(exam, exam.films[0]!.film_id);
    await sendNotes();
    // What an archive that obeys would do.
    for (const id of await orthanc.get<string[]>('/instances')) {
      const { MainDicomTags: tags } = await orthanc.get<{ MainDicomTags: Record<string, string> }>(`/instances/${id}`);
      if (tags['SOPInstanceUID'] === exam.films[0]!.uid)
        await fetch(`${orthanc.url}/instances/${id}`, { method: 'DELETE' });
    }
    clock.advanceMs(10_000);
    await checkRejections(parts());
    expect(await rejections()).toMatchObject([{ state: 'hidden', still_visible: 0 }]);
  });

  it('is a task from the beginning where the archive does not understand notes', async () => {
    await addDestination({ port: 104, recipe: 'task' });
    const exam = await leave();
    await test.asOwner(`update forward set state = 'sent'`);
    await reject(exam, exam.films[0]!.film_id);
    expect(await rejections()).toMatchObject([{ state: 'task', title: 'quality' }]);
    await sendNotes();
    expect(await rejections()).toMatchObject([{ state: 'task' }]);
  });

  it('is called back too when it came beside the stream and we never sent it', async () => {
    await addDestination({ port: 104 });
    const exam = await registerExam(test);
    await test.asOwner(
      `insert into device_stream (hospital_id, device_id, mode, changed_at) values ($1, $2, 'beside', now())`,
      [test.hospitalId, exam.deviceId],
    );
    await within((unit) => makeFilms(unit, clock, exam.examId));
    await within((unit) => moveGate(unit, { examId: exam.examId, event: 'passed', reason: 'copy', at: clock.now() }));
    const [film] = await test.asOwner<{ film_id: string }>(`select film_id from film where exam_id = $1`, [
      exam.examId,
    ]);
    await reject(exam, film!.film_id);
    expect(await forwards()).toEqual([]);
    expect(await rejections()).toMatchObject([{ state: 'queued', instance_uids: exam.sopInstanceUids }]);
  });

  it('needs no note when it has not left, and does not leave', async () => {
    await addDestination({ port: 104 });
    const exam = await leave();
    await reject(exam, exam.films[0]!.film_id);
    expect(await rejections()).toEqual([]);
    expect(await forwards()).toEqual([
      { uid: exam.films[0]!.uid, state: 'cancelled' },
      { uid: exam.films[1]!.uid, state: 'queued' },
    ]);
  });
});

describe('a 废 in the middle of sending', () => {
  it('is told to the archive as soon as the object has arrived there', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await leave({ images: 1 });
    const senderOf = createSender('JIAPIAN');
    await forwardObjects(
      {
        ...parts(),
        senderOf: (destination) => async (objects, onAnswer, ending) => {
          await reject(exam, exam.films[0]!.film_id);
          const sender = senderOf(destination);
          await sender(objects, onAnswer, ending);
          await sender.close?.();
        },
      },
      signal(),
    );
    expect(await forwards()).toMatchObject([{ state: 'sent' }]);
    expect(await rejections()).toMatchObject([{ state: 'queued', instance_uids: [exam.films[0]!.uid] }]);
  });

  it('is not sent again after a kill, and is called back because it may have arrived', async () => {
    await addDestination({ port: 104 });
    const exam = await leave({ images: 1 });
    const [{ destination_id: id } = { destination_id: '' }] = await test.asOwner<{ destination_id: string }>(
      `select destination_id from destination`,
    );
    expect(await within((unit) => takeForwards(unit, id, clock.now(), 10))).toHaveLength(1);
    await test.database.withSystem(requeueInterrupted);
    await reject(exam, exam.films[0]!.film_id);
    expect(await forwards()).toMatchObject([{ state: 'cancelled' }]);
    expect(await rejections()).toMatchObject([{ state: 'queued' }]);
  });

  it('leaves a note that is sent once more after a kill between writing and sending', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await leave({ images: 1 });
    await test.asOwner(`update forward set state = 'sent'`);
    await reject(exam, exam.films[0]!.film_id);
    expect(await test.database.withSystem((unit) => takeRejections(unit, clock.now(), 5))).toHaveLength(1);
    expect(await rejections()).toMatchObject([{ state: 'sending' }]);
    await test.database.withSystem(requeueInterruptedRejections);
    await sendNotes();
    expect(await rejections()).toMatchObject([{ state: 'sent' }]);
    expect(pacs.files()).toHaveLength(1);
  });

  it('waits for an archive that is away, and is never given up', async () => {
    const [port = 0] = await freePorts(1);
    await addDestination({ port });
    const exam = await leave({ images: 1 });
    await test.asOwner(`update forward set state = 'sent'`);
    await reject(exam, exam.films[0]!.film_id);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await sendNotes();
      clock.advanceMs(1_800_000);
    }
    expect(await rejections()).toMatchObject([{ state: 'failed' }]);
    running.push(await startStorescp([], 'PACS', port));
    await sendNotes();
    expect(await rejections()).toMatchObject([{ state: 'sent' }]);
  });
});

describe('a 废 that is taken back', () => {
  it('has its note withdrawn unsent', async () => {
    await addDestination({ port: 104 });
    const exam = await leave({ images: 1 });
    await test.asOwner(`update forward set state = 'sent'`);
    await reject(exam, exam.films[0]!.film_id);
    await undo(exam.examId);
    expect(await rejections()).toMatchObject([{ state: 'taken-back' }]);
    expect(await forwards()).toMatchObject([{ state: 'sent' }]);
  });

  it('is sent again where that is the archive’s way, also when the archive has deleted it', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await leave({ images: 1 });
    await forward();
    await reject(exam, exam.films[0]!.film_id);
    await sendNotes();
    await undo(exam.examId);
    expect(await rejections()).toMatchObject([{ state: 'taken-back' }]);
    expect(await forwards()).toMatchObject([{ state: 'queued' }]);
    await forward();
    expect(await forwards()).toMatchObject([{ state: 'sent' }]);
  });

  it('is told by a revoke note where that is the archive’s way', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port, undo: 'revoke-note' });
    const exam = await leave({ images: 1 });
    await forward();
    await reject(exam, exam.films[0]!.film_id);
    await sendNotes();
    clock.advanceMs(1000);
    await undo(exam.examId);
    expect(await rejections()).toMatchObject([
      { title: 'quality', state: 'taken-back' },
      { title: 'revoke', state: 'queued', instance_uids: [exam.films[0]!.uid] },
    ]);
    await sendNotes();
    const notes = pacs.files().filter((file) => file.includes('KO'));
    const texts = notes.map((file) => execFileSync('dsrdump', ['+Pc', file], { encoding: 'utf8' }));
    expect(texts.filter((text) => text.includes('(REVOKE_REJECTION,99DCM4CHEE'))).toHaveLength(1);
    expect(await forwards()).toMatchObject([{ state: 'sent' }]);
  });

  it('is a task again where a person has hidden it by hand', async () => {
    await addDestination({ port: 104, recipe: 'task' });
    const exam = await leave({ images: 1 });
    await test.asOwner(`update forward set state = 'sent'`);
    await reject(exam, exam.films[0]!.film_id);
    const [task] = await rejections();
    await within((unit) => actOnRejection(unit, clock, by, task!.rejection_id, { event: 'done-by-hand', note: 'x' }));
    clock.advanceMs(1000);
    await undo(exam.examId);
    expect(await rejections()).toMatchObject([
      { title: 'quality', state: 'taken-back' },
      { title: 'revoke', state: 'task' },
    ]);
  });
});

it('a preview says exactly what will be hidden where, who has looked, and writes nothing', async () => {
  await addDestination({ port: 104 });
  const exam = await leave({ images: 3 });
  await test.asOwner(`update forward set state = 'sent' where sop_instance_uid <> $1`, [exam.films[2]!.uid]);
  await test.asOwner(
    `insert into audit_entry (hospital_id, account_id, actor, action, subject_kind, subject_id)
     values ($1, $2, 'leader', 'archive.read', 'exam', $3)`,
    [test.hospitalId, reader.accountId, exam.examId],
  );
  const preview = await within((unit) => previewRejection(unit, exam.films[0]!.film_id));
  expect(preview).toMatchObject({
    rejected: 1,
    unaffected: 2,
    objects: [{ sopInstanceUid: exam.films[0]!.uid, instanceNumber: 1 }],
    destinations: [{ name: 'PACS', recipe: 'note', hidden: 1, staying: 1, isDown: false }],
    openedBy: [{ name: 'leader' }],
  });
  expect(await rejections()).toEqual([]);
});
