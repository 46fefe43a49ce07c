import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { CorrectionChange } from '@jiapian/contract';
import type { DicomJson } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startStorescp } from '../../../../test/testkit/src/dcmtk.ts';
import { startOrthanc } from '../../../../test/testkit/src/orthanc.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import { smallObjects } from '../../../../test/testkit/src/small-objects.ts';
import { asExamRow, loadExamRows } from '../exams/exam-rows.ts';
import { findInstances } from '../exams/find-instance.repository.ts';
import { qidoAnswerOf } from '../exams/qido-attributes.ts';
import { readQidoQuery } from '../exams/qido-query.ts';
import { findForQido } from '../exams/qido.repository.ts';
import { receiveHl7 } from '../exams/receive-hl7.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { createFinder, createSender } from '../release/destination-peers.ts';
import { checkRejections } from '../release/check-rejections.ts';
import { forwardObjects } from '../release/forward-objects.ts';
import { judgeExam } from '../release/judge-exam.ts';
import { moveGate } from '../release/move-gate.ts';
import { sendRejections } from '../release/send-rejections.ts';
import { lockFilm } from '../review/lock-film.ts';
import { makeFilms } from '../review/make-films.ts';
import type { Reader } from '../review/reader.ts';
import { saveReading } from '../review/save-reading.ts';
import { decideCorrection } from './decide-correction.ts';
import { followMerge } from './follow-merge.ts';
import { previewCorrection } from './preview-correction.ts';
import { proposeCorrection } from './propose-correction.ts';
import { readOriginal } from './read-original.ts';
import { saveCorrectionRules } from './correction-policy.ts';
import { undoCorrection } from './undo-correction.ts';

let test: TestDatabase;
let reader: Reader;
let other: Reader;
let files: ReturnType<typeof smallObjects>;
const start = new Date('2026-11-24T02:00:00Z');
let clock = fixedClock(start);
const running: { stop(): unknown }[] = [];

beforeAll(async () => {
  test = await startTestDatabase();
  reader = await registerReader(test, 'leader');
  other = await registerReader(test, 'second');
  files = smallObjects(test);
  // What the HIS sends belongs to the hospital that was set up first.
  await test.asOwner(`update hospital set created_at = created_at + interval '1 hour' where hospital_id <> $1`, [
    test.hospitalId,
  ]);
});
afterAll(async () => {
  files.remove();
  await test.stop();
});
beforeEach(async () => {
  clock = fixedClock(start);
  await test.asOwner(
    `truncate correction, copy_version, forward, film, gate, destination, job, rejection, device_stream, patient_merge,
       hospital_setting cascade`,
  );
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work);
const by = () => ({ accountId: reader.accountId, actor: 'leader' });
const signal = () => new AbortController().signal;
const live = { publish: async () => undefined, publishWith: async () => undefined } as never;
const parts = () => ({
  database: test.database,
  clock,
  store: { path: async (objectId: string) => files.path(objectId) } as never,
  live,
  senderOf: createSender('JIAPIAN'),
  finderOf: createFinder('JIAPIAN'),
  cache: tmpdir(),
});
const deliver = async () => {
  await forwardObjects(parts(), signal());
  await sendRejections(parts(), signal());
};

const addDestination = async (over: {
  port?: number;
  name?: string;
  undo?: string;
  correction?: string;
  merge?: string;
  reject?: string;
}): Promise<string> => {
  const [row] = await test.asOwner<{ destination_id: string }>(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port, undo_recipe,
       correction_recipe, merge_recipe, reject_recipe)
     values ($1, gen_random_uuid(), $2, 'dimse', 'PACS', '127.0.0.1', $3, $4, $5, $6, $7) returning destination_id`,
    [
      test.hospitalId,
      over.name ?? 'PACS',
      over.port ?? 104,
      over.undo ?? 'resend',
      over.correction ?? 'follow',
      over.merge ?? 'task',
      over.reject ?? 'note',
    ],
  );
  return row!.destination_id;
};

/** A registered exam whose objects say who the device thought was there. */
const arrive = async (seed: ExamSeed = {}, patientId = 'P1') => {
  const exam = await registerExam(test, { images: 2, ...seed });
  await files.write(exam.examId);
  await test.asOwner(
    `update instance i set facts = i.facts || jsonb_build_object('patientName', 'Test^Patient', 'patientId', $2::text,
       'studyInstanceUid', e.study_instance_uid, 'seriesInstanceUid', i.series_instance_uid,
       'accessionNumber', e.accession_number, 'studyDate', '2026-11-24', 'studyTime', '10:00:00')
     from exam e where e.exam_id = i.exam_id and i.exam_id = $1`,
    [exam.examId, patientId],
  );
  await test
    .asOwner(
      `update patient set dicom_patient_id = $2 from exam e where e.patient_id = patient.patient_id and e.exam_id = $1`,
      [exam.examId, patientId],
    )
    .catch(() => undefined);
  await within((unit) => makeFilms(unit, clock, exam.examId));
  return exam;
};
const leave = (examId: string) => within((unit) => moveGate(unit, { examId, event: 'emergency', at: clock.now() }));
const examRow = async (examId: string) => {
  const [row] = await test.asOwner<{
    version: number;
    copy_id: string;
    accession_number: string;
    number: string;
    name: string;
    instance_count: number;
    search_text: string;
    study_instance_uid: string;
  }>(
    `select e.version, e.copy_id, e.accession_number, p.dicom_patient_id as number, p.name, e.instance_count,
       e.search_text, e.study_instance_uid
     from exam e join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id where e.exam_id = $1`,
    [examId],
  );
  return row!;
};
const lisi = {
  dicomPatientId: 'P-RIGHT',
  issuer: '',
  patientName: '李^四',
  sex: 'F' as const,
  birthDate: '1990-02-03',
  accessionNumber: 'DR-RIGHT',
};
const correct = async (examId: string, change: CorrectionChange, reason = 'wrong worklist entry chosen') => {
  const { version } = await examRow(examId);
  clock.advanceMs(1000);
  const author = { by: by(), at: clock.now() };
  return within((unit) => proposeCorrection(unit, examId, { examVersion: version, reason, change }, author));
};
const undo = (correctionId: string) => {
  clock.advanceMs(1000);
  return within((unit) => undoCorrection(unit, correctionId, { by: by(), reason: 'it was right', at: clock.now() }));
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (cause: { code?: string }) => cause.code ?? String(cause),
  );

interface Forward {
  uid: string;
  state: string;
  superseded: string | null;
  is_copy: boolean;
}
const forwards = () =>
  test.asOwner<Forward>(
    `select sop_instance_uid as uid, state, superseded, copy_id <> '00000000-0000-0000-0000-000000000000' as is_copy
     from forward order by sop_instance_uid, forward_id`,
  );
interface Rejection {
  title: string;
  state: string;
  instance_uids: string[];
}
const rejections = () =>
  test.asOwner<Rejection>(`select title, state, instance_uids from rejection order by made_at, title desc`);

const dump = (file: string): string => execFileSync('dcmdump', ['+U8', '-Un', file], { encoding: 'utf8' });
const valueIn = (text: string, tag: string): string | undefined =>
  new RegExp(`^\\(${tag}\\) .. \\[([^\\]]*)\\]`, 'm').exec(text)?.[1]?.trim();
/** Complaints about a note; the validator ends with 0 whatever it found. */
const complaintsOf = (file: string): string[] =>
  execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1 || true', 'dciodvfy', file], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('Error'));
const notesIn = (pacs: { files(): string[] }): string[] => pacs.files().filter((file) => file.includes('KO'));
const imagesIn = (pacs: { files(): string[] }): string[] => pacs.files().filter((file) => !file.includes('KO'));

describe('a wrong patient', () => {
  it('is another one in the register, found by the right name, while every stored byte stays as it was', async () => {
    await addDestination({});
    const exam = await arrive();
    const path = files.path(`object-${exam.sopInstanceUids[0]}`);
    const before = createHash('sha256').update(readFileSync(path)).digest('hex');
    const row = await correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(await examRow(exam.examId)).toMatchObject({
      number: 'P-RIGHT',
      name: '李四',
      accession_number: 'DR-RIGHT',
    });
    expect((await examRow(exam.examId)).search_text).toContain('李四');
    expect((await examRow(exam.examId)).search_text).not.toContain('test');
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(before);
    const { facts } = await within((unit) => readOriginal(unit, exam.sopInstanceUids[0]!));
    expect(facts.original).toMatchObject({ patientName: 'Test^Patient', patientId: 'P1' });
    expect(facts.corrected).toMatchObject({ patientName: '李^四', patientId: 'P-RIGHT' });
    const [listed] = await within((unit) => loadExamRows(unit, [exam.examId]));
    expect(asExamRow(listed!)).toMatchObject({
      patientName: '李四',
      correction: { kinds: ['patient'], originalPatientName: 'Test^Patient', originalPatientId: 'P1' },
    });
    const found = await within((unit) =>
      findForQido(unit, 'instance', readQidoQuery({ PatientID: 'P-RIGHT', PatientName: '李*' }), null),
    );
    expect(found).toHaveLength(2);
    const answer = qidoAnswerOf(found[0]!, 'instance', 'all', 'http://here');
    expect(answer['00100020']?.Value).toEqual(['P-RIGHT']);
    const [item] = (answer['04000561']?.Value ?? []) as DicomJson[];
    const [original] = (item?.['04000550']?.Value ?? []) as DicomJson[];
    expect(original?.['00100020']?.Value).toEqual(['P1']);
    expect(await within((unit) => findInstances(unit, { instance: exam.sopInstanceUids[0] }))).toMatchObject([
      { isCorrected: true },
    ]);
    const events = await test.asOwner<{ event: string; facts: object }>(
      `select event, facts from exam_event where exam_id = $1 and event like 'correction.%'`,
      [exam.examId],
    );
    expect(events).toEqual([
      { event: 'correction.made', facts: { correctionId: row.correction_id, kind: 'patient', objects: 0 } },
    ]);
  });

  it('that is held leaves corrected, under its own UIDs, and nobody is told of anything', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await within((unit) =>
      moveGate(unit, {
        examId: exam.examId,
        event: 'held',
        at: clock.now(),
        hold: {
          until: new Date(clock.now().getTime() + 900_000),
          escalateAt: new Date(clock.now().getTime() + 600_000),
          mode: 'until-graded',
          ruleName: '',
          policyVersion: 0,
        },
      }),
    );
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(await forwards()).toEqual([]);
    await within((unit) => moveGate(unit, { examId: exam.examId, event: 'let-go', at: clock.now() }));
    await deliver();
    expect(pacs.files()).toHaveLength(2);
    const text = dump(pacs.files()[0]!);
    expect(valueIn(text, '0010,0020')).toBe('P-RIGHT');
    expect(valueIn(text, '0008,0050')).toBe('DR-RIGHT');
    expect(exam.sopInstanceUids).toContain(valueIn(text, '0008,0018'));
    expect(await rejections()).toEqual([]);
  });

  it('that has left is hidden by a note 113038, and the corrected copy follows under UIDs of its own', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await leave(exam.examId);
    await deliver();
    const { study_instance_uid: study } = await examRow(exam.examId);
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    await deliver();
    const [note] = notesIn(pacs);
    const said = execFileSync('dsrdump', ['+U8', '+Pc', '+Pu', note ?? ''], { encoding: 'utf8' });
    expect(said).toContain('(113038,DCM,"Incorrect Modality Worklist Entry")');
    for (const uid of exam.sopInstanceUids) expect(said).toContain(uid);
    expect(complaintsOf(note ?? '')).toEqual([]);
    // The note is of the study and the patient that the archive knows.
    const noted = dump(note ?? '');
    expect(valueIn(noted, '0010,0020')).toBe('P1');
    expect(valueIn(noted, '0020,000d')).toBe(study);
    expect(imagesIn(pacs)).toHaveLength(4);
    const copies = imagesIn(pacs)
      .map(dump)
      .filter((text) => valueIn(text, '0010,0020') === 'P-RIGHT');
    expect(copies).toHaveLength(2);
    expect(new Set(copies.map((text) => valueIn(text, '0020,000d'))).size).toBe(1);
    for (const text of copies) {
      expect(valueIn(text, '0010,0010')).toBe('李^四');
      expect(valueIn(text, '0020,000d')).toMatch(/^2\.25\.\d+$/);
      expect(valueIn(text, '0020,000d')).not.toBe(study);
      expect(exam.sopInstanceUids).not.toContain(valueIn(text, '0008,0018'));
      expect(text.slice(text.indexOf('(0400,0561)'))).toContain('[P1');
    }
    expect(await forwards()).toMatchObject([
      { state: 'sent', superseded: 'worklist', is_copy: false },
      { state: 'sent', superseded: null, is_copy: true },
      { state: 'sent', superseded: 'worklist', is_copy: false },
      { state: 'sent', superseded: null, is_copy: true },
    ]);
  });

  it('is taken by a real archive as a second patient with a study of its own', async () => {
    const orthanc = await startOrthanc({ aet: 'PACS', settings: { DicomAlwaysAllowFind: true } });
    running.push(orthanc);
    await addDestination({ port: orthanc.dicomPort });
    const exam = await arrive();
    await leave(exam.examId);
    await deliver();
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    await deliver();
    const patients = await Promise.all(
      (await orthanc.get<string[]>('/patients')).map((id) =>
        orthanc.get<{ MainDicomTags: { PatientID: string }; Studies: string[] }>(`/patients/${id}`),
      ),
    );
    expect(patients.map((one) => one.MainDicomTags.PatientID).toSorted()).toEqual(['P-RIGHT', 'P1']);
    // An archive that takes the note and goes on showing what is wrong is a person's task.
    clock.advanceMs(10_000);
    await checkRejections(parts());
    expect(await rejections()).toMatchObject([{ title: 'worklist', state: 'visible' }]);
  });

  it('is corrected at each archive in its own way: sent anew, hidden alone, or by a person', async () => {
    const archives = await Promise.all([startStorescp(), startStorescp(), startStorescp()]);
    running.push(...archives);
    for (const [index, correction] of ['follow', 'note', 'task'].entries())
      await addDestination({ port: archives[index]!.port, name: correction, correction });
    const exam = await arrive();
    await leave(exam.examId);
    await deliver();
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    await deliver();
    expect(archives.map((one) => [imagesIn(one).length, notesIn(one).length])).toEqual([
      [4, 1],
      [2, 1],
      [2, 0],
    ]);
    expect((await rejections()).map(({ state }) => state).toSorted()).toEqual(['sent', 'sent', 'task']);
    // A later grade sends nothing to those that do not want it.
    await within((unit) => moveGate(unit, { examId: exam.examId, event: 'reopened', at: clock.now() }));
    await leave(exam.examId);
    await deliver();
    expect(archives.map((one) => imagesIn(one).length)).toEqual([4, 2, 2]);
  });

  it('that came beside the stream is told to the archive that has it from elsewhere', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await test.asOwner(
      `insert into device_stream (hospital_id, device_id, mode, changed_at) values ($1, $2, 'beside', now())`,
      [test.hospitalId, exam.deviceId],
    );
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    await deliver();
    expect(notesIn(pacs)).toHaveLength(1);
    expect(imagesIn(pacs).map((file) => valueIn(dump(file), '0010,0020'))).toEqual(['P-RIGHT', 'P-RIGHT']);
  });

  it('that is on its way when it is corrected is followed as soon as it has arrived', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive({ images: 1 });
    await leave(exam.examId);
    const senderOf = createSender('JIAPIAN');
    let isFirst = true;
    await forwardObjects(
      {
        ...parts(),
        senderOf: (destination) => {
          const sender = senderOf(destination);
          return Object.assign(
            async (...[objects, onAnswer, ending]: Parameters<typeof sender>) => {
              if (isFirst) await correct(exam.examId, { kind: 'patient', identity: lisi });
              isFirst = false;
              await sender(objects, onAnswer, ending);
            },
            { close: async () => sender.close?.() },
          );
        },
      },
      signal(),
    );
    await deliver();
    const arrived = imagesIn(pacs).map((file) => valueIn(dump(file), '0010,0020') ?? '');
    expect(new Set(arrived)).toEqual(new Set(['P-RIGHT', 'P1']));
    expect(arrived).toHaveLength(2);
    expect(await rejections()).toMatchObject([{ title: 'worklist', state: 'sent' }]);
  });

  it('keeps its grade, and a film of it that is 废 is not sent again', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await leave(exam.examId);
    await deliver();
    await reject(exam, exam.sopInstanceUids[0]!);
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    await deliver();
    const copies = imagesIn(pacs).filter((file) => valueIn(dump(file), '0010,0020') === 'P-RIGHT');
    expect(copies).toHaveLength(1);
    const films = await test.asOwner<{ grade: string | null }>(
      `select grade from film where exam_id = $1 order by sop_instance_uid`,
      [exam.examId],
    );
    expect(films.map(({ grade }) => grade)).toEqual(['reject', null]);
    // Every object of the wrong patient is hidden, the 废 one too.
    const open = (await rejections()).filter(({ state }) => state !== 'taken-back');
    expect(open.flatMap((one) => one.instance_uids).toSorted()).toEqual([...exam.sopInstanceUids].toSorted());
    // A grade that comes afterwards calls the corrected copy back by the UID that the archive knows it by.
    clock.advanceMs(1000);
    await reject(exam, exam.sopInstanceUids[1]!);
    await deliver();
    const last = notesIn(pacs)
      .map((file) => [execFileSync('dsrdump', ['+U8', '+Pc', '+Pu', file], { encoding: 'utf8' }), dump(file)] as const)
      .filter(([said]) => said.includes('(113001,'))
      .find(([, text]) => valueIn(text, '0010,0020') === 'P-RIGHT');
    expect(last?.[0]).toContain(valueIn(dump(copies[0]!), '0008,0018'));
    expect(complaintsOf(notesIn(pacs).at(-1)!)).toEqual([]);
  });
});

const reject = async (
  exam: { examId: string },
  sopInstanceUid: string,
  title: 'quality' | 'safety' | 'worklist' = 'quality',
) => {
  const [film] = await test.asOwner<{ film_id: string; version: number }>(
    `select film_id, version from film where sop_instance_uid = $1`,
    [sopInstanceUid],
  );
  const filmId = film!.film_id;
  await within((unit) => lockFilm(unit, clock, reader, filmId));
  const [{ version } = { version: 0 }] = await test.asOwner<{ version: number }>(
    `select version from film where film_id = $1`,
    [filmId],
  );
  const { accession_number: accession } = await examRow(exam.examId);
  const { readingId } = await within((unit) =>
    saveReading(unit, clock, reader, by(), filmId, {
      marks: [{ code: 'D01-side', step: 1 }],
      conditionsNotMet: [],
      places: [],
      note: '',
      grade: 'reject',
      overrideReason: '',
      reject: { reasonCode: '111209', title, affectsDiagnosis: 'repeat', confirmation: accession.slice(-4) },
      filmVersion: version,
      standardVersion: 1,
      secondsSpent: 9,
    } as never),
  );
  await within((unit) => judgeExam(unit, clock, { examId: exam.examId, filmId, readingId }));
};

describe('a correction that is taken back', () => {
  it('before anything has left is as if it had never been, but for the two facts', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive({ images: 1 }, 'P-WAS');
    const row = await correct(exam.examId, { kind: 'patient', identity: lisi });
    await undo(row.correction_id);
    expect(await examRow(exam.examId)).toMatchObject({ number: 'P-WAS', accession_number: exam.accessionNumber });
    await leave(exam.examId);
    await deliver();
    expect(valueIn(dump(pacs.files()[0]!), '0010,0020')).toBe('P1');
    expect(valueIn(dump(pacs.files()[0]!), '0008,0018')).toBe(exam.sopInstanceUids[0]);
    const facts = await test.asOwner<{ state: string; undoes: string | null }>(
      `select state, undoes from correction order by proposed_at`,
    );
    expect(facts).toEqual([
      { state: 'undone', undoes: null },
      { state: 'in-force', undoes: row.correction_id },
    ]);
  });

  it('hides the corrected copy and shows the first one again, in the archive’s way', async () => {
    const [resending, revoking] = await Promise.all([startStorescp(), startStorescp()]);
    running.push(resending, revoking);
    await addDestination({ port: resending.port, name: 'resend' });
    await addDestination({ port: revoking.port, name: 'revoke', undo: 'revoke-note' });
    const exam = await arrive({ images: 1 });
    await leave(exam.examId);
    await deliver();
    const row = await correct(exam.examId, { kind: 'patient', identity: lisi });
    await deliver();
    await undo(row.correction_id);
    await deliver();
    // The copy and the original; where the original was sent again it has replaced the file of its UID.
    expect(imagesIn(resending)).toHaveLength(2);
    const titlesOf = (pacs: { files(): string[] }): string[] =>
      notesIn(pacs).map(
        (file) =>
          /\((113038|REVOKE_REJECTION),/.exec(execFileSync('dsrdump', ['+Pc', file], { encoding: 'utf8' }))?.[1] ?? '',
      );
    expect(titlesOf(resending).toSorted()).toEqual(['113038', '113038']);
    expect(titlesOf(revoking).toSorted()).toEqual(['113038', '113038', 'REVOKE_REJECTION']);
    expect(await forwards()).toMatchObject([
      { state: 'sent', superseded: null, is_copy: false },
      { state: 'sent', superseded: null, is_copy: false },
      { state: 'sent', superseded: 'worklist', is_copy: true },
      { state: 'sent', superseded: 'worklist', is_copy: true },
    ]);
  });

  it('cannot be taken back twice, nor can what took it back', async () => {
    const exam = await arrive({ images: 1 });
    const row = await correct(exam.examId, { kind: 'patient', identity: lisi });
    const back = await undo(row.correction_id);
    expect(await codeOf(undo(row.correction_id))).toBe('CORRECTIONS_ILLEGAL');
    expect(await codeOf(undo(back.correction_id))).toBe('CORRECTIONS_NOT_FOUND');
  });
});

describe('a wrong side', () => {
  it('is shown right here and in the copy, hidden by a note 113037, and its film can still be graded', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await leave(exam.examId);
    await deliver();
    const { study_instance_uid: study } = await examRow(exam.examId);
    const [wrong, right] = exam.sopInstanceUids;
    const row = await correct(exam.examId, { kind: 'side', instanceUids: [wrong!], side: 'L' });
    await deliver();
    const said = execFileSync('dsrdump', ['+Pc', '+Pu', notesIn(pacs)[0]!], { encoding: 'utf8' });
    expect(said).toContain('(113037,DCM,"Rejected for Patient Safety Reasons")');
    expect(said).toContain(wrong);
    expect(said).not.toContain(right);
    const copy = imagesIn(pacs)
      .map(dump)
      .find((text) => valueIn(text, '0020,0062') === 'L')!;
    // The patient and the order were right: the copy stays in its study and series.
    expect(valueIn(copy, '0020,000d')).toBe(study);
    expect(valueIn(copy, '0010,0020')).toBe('P1');
    expect(valueIn(copy, '0008,0018')).not.toBe(wrong);
    const laterality = async () =>
      (
        await test.asOwner<{ laterality: string | null }>(`select laterality from film where sop_instance_uid = $1`, [
          wrong,
        ])
      )[0]!.laterality;
    expect(await laterality()).toBe('L');
    await reject(exam, wrong!);
    expect(await test.asOwner(`select state from film where grade = 'reject'`)).toHaveLength(1);
    await undo(row.correction_id);
    expect(await laterality()).toBeNull();
  });

  it('and a wrong patient stand in one copy together', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await correct(exam.examId, { kind: 'side', instanceUids: [exam.sopInstanceUids[0]!], side: 'R' });
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    await leave(exam.examId);
    await deliver();
    const sent = pacs.files().map(dump);
    expect(sent.map((text) => valueIn(text, '0010,0020'))).toEqual(['P-RIGHT', 'P-RIGHT']);
    expect(sent.filter((text) => valueIn(text, '0020,0062') === 'R')).toHaveLength(1);
  });
});

describe('images of another exam', () => {
  it('become a new exam of the right patient with their films; the others stay, and both can be taken back', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const exam = await arrive();
    await leave(exam.examId);
    await deliver();
    const [moved, stayed] = exam.sopInstanceUids;
    const change = { kind: 'move' as const, instanceUids: [moved!], to: { exam: 'new' as const, identity: lisi } };
    const row = await correct(exam.examId, change);
    await deliver();
    const [made] = await test.asOwner<{ target_exam_id: string }>(`select target_exam_id from correction`);
    const target = await examRow(made!.target_exam_id);
    expect(target).toMatchObject({ number: 'P-RIGHT', accession_number: 'DR-RIGHT', instance_count: 1 });
    expect(await examRow(exam.examId)).toMatchObject({ instance_count: 1 });
    const films = () =>
      test.asOwner<{ uid: string; exam_id: string }>(
        `select sop_instance_uid as uid, exam_id from film order by sop_instance_uid`,
      );
    expect(await films()).toEqual([
      { uid: moved, exam_id: made!.target_exam_id },
      { uid: stayed, exam_id: exam.examId },
    ]);
    const copy = imagesIn(pacs)
      .map(dump)
      .find((text) => valueIn(text, '0010,0020') === 'P-RIGHT')!;
    expect(valueIn(copy, '0020,000d')).toBe(target.study_instance_uid);
    const said = execFileSync('dsrdump', ['+Pc', '+Pu', notesIn(pacs)[0]!], { encoding: 'utf8' });
    expect(said).toContain('(113038,');
    expect(said).toContain(moved);
    expect(said).not.toContain(stayed);
    await undo(row.correction_id);
    expect(await examRow(exam.examId)).toMatchObject({ instance_count: 2 });
    expect((await films()).map((film) => film.exam_id)).toEqual([exam.examId, exam.examId]);
  });

  it('join an exam that is here, and take its study and patient over', async () => {
    const pacs = await startStorescp();
    running.push(pacs);
    await addDestination({ port: pacs.port });
    const [whole, rest] = [await arrive({ images: 1 }, 'P-JOIN'), await arrive({ images: 1 })];
    const target = await examRow(whole.examId);
    const to = { exam: 'other' as const, examId: whole.examId };
    await correct(rest.examId, { kind: 'move', instanceUids: rest.sopInstanceUids, to });
    await leave(whole.examId);
    await deliver();
    const copy = dump(pacs.files().find((file) => file.includes(rest.sopInstanceUids[0]!))!);
    expect(valueIn(copy, '0020,000d')).toBe(target.study_instance_uid);
    expect(valueIn(copy, '0010,0020')).toBe('P-JOIN');
  });
});

describe('what is refused', () => {
  it('objects of another exam, a change of nothing, an exam that has changed meanwhile, and one that is not there', async () => {
    const [exam, another] = [await arrive(), await arrive()];
    const side = (instanceUids: string[]) => ({ kind: 'side' as const, instanceUids, side: 'L' as const });
    expect(await codeOf(correct(exam.examId, side(another.sopInstanceUids)))).toBe('CORRECTIONS_OBJECTS');
    await correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(await codeOf(correct(exam.examId, { kind: 'patient', identity: lisi }))).toBe('CORRECTIONS_NOTHING_CHANGES');
    const stale = {
      examVersion: 1,
      reason: 'wrong',
      change: { kind: 'patient' as const, identity: { ...lisi, dicomPatientId: 'P3' } },
    };
    const author = { by: by(), at: clock.now() };
    expect(await codeOf(within((unit) => proposeCorrection(unit, exam.examId, stale, author)))).toBe(
      'CORRECTIONS_STALE',
    );
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect(await codeOf(within((unit) => proposeCorrection(unit, nowhere, stale, author)))).toBe(
      'EXAMS_EXAM_NOT_FOUND',
    );
  });
});

describe('where a second person has to sign', () => {
  const rules = { policy: { needsSecondSignature: true, merge: 'propose' as const }, destinations: [] };
  const decide = (correctionId: string, event: 'signed' | 'refused', who: Reader) =>
    within((unit) =>
      decideCorrection(unit, correctionId, {
        event,
        note: '',
        by: { accountId: who.accountId, actor: 'x' },
        at: clock.now(),
      }),
    );

  it('nothing changes until another person has signed; one’s own proposal one may only withdraw', async () => {
    await within((unit) => saveCorrectionRules(unit, by(), rules, clock.now()));
    const exam = await arrive({ images: 1 }, 'P-SIGN');
    const row = await correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(row.state).toBe('proposed');
    expect(await examRow(exam.examId)).toMatchObject({ number: 'P-SIGN' });
    expect(await codeOf(correct(exam.examId, { kind: 'side', instanceUids: exam.sopInstanceUids, side: 'L' }))).toBe(
      'CORRECTIONS_OPEN',
    );
    expect(await codeOf(decide(row.correction_id, 'signed', reader))).toBe('CORRECTIONS_SAME_PERSON');
    await decide(row.correction_id, 'signed', other);
    expect(await examRow(exam.examId)).toMatchObject({ number: 'P-RIGHT' });
    expect(await codeOf(decide(row.correction_id, 'refused', other))).toBe('CORRECTIONS_ILLEGAL');
  });

  it('a refused proposal has never stood', async () => {
    await within((unit) => saveCorrectionRules(unit, by(), rules, clock.now()));
    const exam = await arrive({ images: 1 }, 'P-NO');
    const row = await correct(exam.examId, { kind: 'patient', identity: lisi });
    await decide(row.correction_id, 'refused', reader);
    expect(await examRow(exam.examId)).toMatchObject({ number: 'P-NO' });
    expect(await codeOf(undo(row.correction_id))).toBe('CORRECTIONS_ILLEGAL');
  });
});

describe('two numbers of one person (ADT^A40)', () => {
  const message = (control: string, kept: string, merged: string): Buffer =>
    Buffer.from(
      [
        `MSH|^~\\&|HIS|HOSPITAL|JIAPIAN|RADIOLOGY|20261124100000||ADT^A40^ADT_A39|${control}|P|2.5`,
        `EVN||20261124100000`,
        `PID|||${kept}^^^HOSPITAL^MR||李^四`,
        `MRG|${merged}^^^HOSPITAL^MR`,
        '',
      ].join('\r'),
    );
  const tell = async (control: string, kept: string, merged: string): Promise<string> => {
    const door = receiveHl7({ database: test.database, clock, log: silentLog, liveEvents: live });
    return Buffer.from((await door.receive(message(control, kept, merged), '127.0.0.1')) ?? []).toString();
  };
  const follow = async () => {
    const [merge] = await test.asOwner<{ id: string }>(`select patient_merge_id as id from patient_merge`);
    await within((unit) => followMerge(unit, merge!.id, clock.now()));
  };

  it('are proposed to a person, exam by exam, and change nothing before somebody believes it', async () => {
    const exam = await arrive({ images: 1 }, 'M-OLD-1');
    expect(await tell('A1', 'M-NEW-1', 'M-OLD-1')).toContain('MSA|AA|A1');
    await follow();
    await follow();
    const rows = await test.asOwner<{ correction_id: string; state: string; source: string }>(
      `select correction_id, state, source from correction`,
    );
    expect(rows).toMatchObject([{ state: 'proposed', source: 'hl7' }]);
    expect(await examRow(exam.examId)).toMatchObject({ number: 'M-OLD-1' });
    await within((unit) =>
      decideCorrection(unit, rows[0]!.correction_id, { event: 'signed', note: '', by: by(), at: clock.now() }),
    );
    expect(await examRow(exam.examId)).toMatchObject({ number: 'M-NEW-1', accession_number: exam.accessionNumber });
  });

  it('are joined at once where the hospital wants it, and the archive follows its own rule for merges', async () => {
    const archives = await Promise.all([startStorescp(), startStorescp()]);
    running.push(...archives);
    await addDestination({ port: archives[0]!.port, name: 'hears itself', merge: 'none' });
    await addDestination({ port: archives[1]!.port, name: 'follows', merge: 'follow' });
    const rules = { policy: { needsSecondSignature: true, merge: 'automatic' as const }, destinations: [] };
    await within((unit) => saveCorrectionRules(unit, by(), rules, clock.now()));
    const exam = await arrive({ images: 1 }, 'M-OLD-2');
    await leave(exam.examId);
    await deliver();
    await tell('A2', 'M-NEW-2', 'M-OLD-2');
    await follow();
    await deliver();
    expect(await examRow(exam.examId)).toMatchObject({ number: 'M-NEW-2' });
    expect(archives.map((one) => [imagesIn(one).length, notesIn(one).length])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    const copy = imagesIn(archives[1]!)
      .map(dump)
      .find((text) => valueIn(text, '0010,0020') === 'M-NEW-2')!;
    expect(valueIn(copy, '0008,0050')).toBe(exam.accessionNumber);
  });
});

it('a preview says what each archive will be told and given, and writes nothing', async () => {
  await addDestination({ name: 'A', correction: 'follow' });
  await addDestination({ name: 'B', correction: 'task', reject: 'task' });
  const exam = await arrive();
  await leave(exam.examId);
  await test.asOwner(`update forward set state = 'sent' where sop_instance_uid = $1`, [exam.sopInstanceUids[0]]);
  const preview = await within((unit) => previewCorrection(unit, exam.examId, { kind: 'patient', identity: lisi }));
  expect(preview).toMatchObject({
    objects: 2,
    unaffected: 0,
    isHeld: false,
    needsSecondSignature: false,
    before: { identity: { dicomPatientId: 'P1', patientName: 'Test^Patient' } },
    after: { identity: { dicomPatientId: 'P-RIGHT' } },
    destinations: [
      { name: 'A', recipe: 'follow', takesNotes: true, title: 'worklist', there: 1, copies: 1 },
      { name: 'B', recipe: 'task', takesNotes: false, there: 1, copies: 0 },
    ],
  });
  expect(await test.asOwner(`select correction_id from correction`)).toEqual([]);
});
