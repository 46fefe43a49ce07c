import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { CorrectionChange } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import { smallObjects } from '../../../../test/testkit/src/small-objects.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { createFinder, createSender } from '../release/destination-peers.ts';
import { forwardObjects } from '../release/forward-objects.ts';
import { judgeExam } from '../release/judge-exam.ts';
import { moveGate } from '../release/move-gate.ts';
import { sendRejections } from '../release/send-rejections.ts';
import { lockFilm } from '../review/lock-film.ts';
import { makeFilms } from '../review/make-films.ts';
import { saveReading } from '../review/save-reading.ts';
import { proposeCorrection } from './propose-correction.ts';
import { undoCorrection } from './undo-correction.ts';

const start = new Date('2026-11-24T02:00:00Z');
export type CorrectionsUnderTest = Awaited<ReturnType<typeof startCorrections>>;
type Stage = Awaited<ReturnType<typeof setStage>>;

/** The corrections on a database of their own, with the gate and the senders that carry them out, and two readers. */
export const startCorrections = async () => {
  const stage = await setStage();
  const { test, files, clock } = stage;
  const running: { stop(): unknown }[] = [];
  return {
    ...stage,
    ...registerOf(stage),
    ...peersOf(stage),
    ...correctionsOf(stage),
    /** Archives that are stopped after the test. */
    running,
    begin: async (): Promise<void> => {
      clock.advanceMs(start.getTime() - clock.now().getTime());
      await test.asOwner(
        `truncate correction, copy_version, forward, film, gate, destination, job, rejection, device_stream,
           patient_merge, hospital_setting cascade`,
      );
    },
    end: async (): Promise<void> => {
      for (const one of running.splice(0)) await one.stop();
    },
    stop: async (): Promise<void> => {
      files.remove();
      await test.stop();
    },
  };
};

const setStage = async () => {
  const test = await startTestDatabase();
  const reader = await registerReader(test, 'leader');
  const other = await registerReader(test, 'second');
  return {
    ...{ test, reader, other, files: smallObjects(test), clock: fixedClock(start) },
    live: { publish: async () => undefined, publishWith: async () => undefined } as never,
    by: () => ({ accountId: reader.accountId, actor: 'leader' }),
    within: <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work),
  };
};

const registerOf = ({ test, files, clock, within }: Stage) => ({
  /** A registered exam whose objects say who the device thought was there. */
  arrive: async (seed: ExamSeed = {}, patientId = 'P1') => {
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
  },
  leave: (examId: string) => within((unit) => moveGate(unit, { examId, event: 'emergency', at: clock.now() })),
  examRow: (examId: string) => examRowOf(test, examId),
});

const examRowOf = async (test: TestDatabase, examId: string) => {
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

const peersOf = ({ test, files, clock, live }: Stage) => {
  const signal = () => new AbortController().signal;
  const parts = () => ({
    database: test.database,
    clock,
    store: { path: async (objectId: string) => files.path(objectId) } as never,
    live,
    senderOf: createSender('JIAPIAN'),
    finderOf: createFinder('JIAPIAN'),
    cache: tmpdir(),
  });
  return {
    ...{ signal, parts },
    deliver: async (): Promise<void> => {
      await forwardObjects(parts(), signal());
      await sendRejections(parts(), signal());
    },
    addDestination: (over: DestinationSeed) => addDestinationTo(test, over),
    forwards: () =>
      test.asOwner<Forward>(
        `select sop_instance_uid as uid, state, superseded, copy_id <> '00000000-0000-0000-0000-000000000000' as is_copy
         from forward order by sop_instance_uid, forward_id`,
      ),
    rejections: () =>
      test.asOwner<Rejection>(`select title, state, instance_uids from rejection order by made_at, title desc`),
  };
};

interface Forward {
  uid: string;
  state: string;
  superseded: string | null;
  is_copy: boolean;
}
interface Rejection {
  title: string;
  state: string;
  instance_uids: string[];
}
interface DestinationSeed {
  port?: number;
  name?: string;
  undo?: string;
  correction?: string;
  merge?: string;
  reject?: string;
}

const addDestinationTo = async (test: TestDatabase, over: DestinationSeed): Promise<string> => {
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

const correctionsOf = (stage: Stage) => {
  const { test, clock, within, by } = stage;
  return {
    correct: async (examId: string, change: CorrectionChange, reason = 'wrong worklist entry chosen') => {
      const { version } = await examRowOf(test, examId);
      clock.advanceMs(1000);
      const author = { by: by(), at: clock.now() };
      return within((unit) => proposeCorrection(unit, examId, { examVersion: version, reason, change }, author));
    },
    undo: (correctionId: string) => {
      clock.advanceMs(1000);
      return within((unit) =>
        undoCorrection(unit, correctionId, { by: by(), reason: 'it was right', at: clock.now() }),
      );
    },
    /** Grades a film 废. */
    reject: (exam: { examId: string }, sopInstanceUid: string) => rejectFilm(stage, exam, sopInstanceUid),
  };
};

const rejectFilm = async (
  { test, clock, reader, within, by }: Stage,
  exam: { examId: string },
  sopInstanceUid: string,
): Promise<void> => {
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
  const { accession_number: accession } = await examRowOf(test, exam.examId);
  const { readingId } = await within((unit) =>
    saveReading(unit, clock, reader, by(), filmId, {
      marks: [{ code: 'D01-side', step: 1 }],
      conditionsNotMet: [],
      places: [],
      note: '',
      grade: 'reject',
      overrideReason: '',
      reject: { reasonCode: '111209', title: 'quality', affectsDiagnosis: 'repeat', confirmation: accession.slice(-4) },
      filmVersion: version,
      standardVersion: 1,
      secondsSpent: 9,
    } as never),
  );
  await within((unit) => judgeExam(unit, clock, { examId: exam.examId, filmId, readingId }));
};

export const lisi = {
  dicomPatientId: 'P-RIGHT',
  issuer: '',
  patientName: '李^四',
  sex: 'F' as const,
  birthDate: '1990-02-03',
  accessionNumber: 'DR-RIGHT',
};
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (cause: { code?: string }) => cause.code ?? String(cause),
  );

export const dump = (file: string): string => execFileSync('dcmdump', ['+U8', '-Un', file], { encoding: 'utf8' });
export const valueIn = (text: string, tag: string): string | undefined =>
  new RegExp(`^\\(${tag}\\) .. \\[([^\\]]*)\\]`, 'm').exec(text)?.[1]?.trim();
/** Complaints about a note; the validator ends with 0 whatever it found. */
export const complaintsOf = (file: string): string[] =>
  execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1 || true', 'dciodvfy', file], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('Error'));
export const notesIn = (pacs: { files(): string[] }): string[] => pacs.files().filter((file) => file.includes('KO'));
export const imagesIn = (pacs: { files(): string[] }): string[] => pacs.files().filter((file) => !file.includes('KO'));
