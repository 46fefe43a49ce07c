import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { readFileSync, statSync } from 'node:fs';
import { readPart10 } from '@jiapian/dicom';
import { createSender } from '../apps/server/src/release/destination-peers.ts';
import { forwardObjects } from '../apps/server/src/release/forward-objects.ts';
import { createForwardPump } from '../apps/server/src/release/forward-pump.ts';
import { forwardChannel, queueForwards, requeueInterrupted } from '../apps/server/src/release/forward.repository.ts';
import { moveGate } from '../apps/server/src/release/move-gate.ts';
import { reconcileRejections } from '../apps/server/src/release/reconcile-rejections.ts';
import { sendRejections } from '../apps/server/src/release/send-rejections.ts';
import { startTestDatabase, startTestPostgres, type TestDatabase } from '../test/testkit/src/database.ts';
import { startOrthanc, startStorescp, storescu, temporaryFolder, waitUntil } from '../test/testkit/src/index.ts';
import type { Bench, Target } from './bench.ts';
import { writeCtSlices } from './synthetic-objects.ts';

const slices = 300;
const queueLength = 100_000;
const rejectedInstances = 2_000;
const rounds = 3;
const GIVE_UP_MS = 10_000;

export const bench: Bench = {
  title: 'From the decision to the PACS: first object, rate, long queue, restart, reject',
  run: async (progress) => {
    const postgres = await startTestPostgres();
    process.env['JIAPIAN_TEST_POSTGRES'] = postgres.url;
    const test = await startTestDatabase();
    const folder = temporaryFolder('forward-bench');
    try {
      const files = writeCtSlices(folder.path, slices);
      const first = await firstObject(test, files, progress);
      const toStorescp = await rateBeside(test, files, () => startStorescp([], 'PACS'), progress);
      const toOrthanc = await rateBeside(test, files, startOrthancAsPacs, progress);
      const queue = await longQueue(test, progress);
      const reject = await bigReject(test, progress);
      return {
        tables: [
          {
            title: `${slices} CT slices of 0.5 MB from one disk, one association each, TCP_NODELAY=1 everywhere, best of ${rounds} in turn, objects per second`,
            columns: ['to', 'storescu', 'jiapian', 'share'],
            rows: [rowOf('storescp', toStorescp), rowOf('Orthanc', toOrthanc)],
          },
        ],
        targets: targetsOf({ first, toStorescp, toOrthanc, ...queue, reject }),
        measurements: { first, toStorescp, toOrthanc, queue, reject },
      };
    } finally {
      await test.stop();
      await postgres.stop();
      folder.remove();
    }
  },
};

const rowOf = (to: string, { storescu: peer, jiapian, share }: Rate): string[] => [
  to,
  peer.toFixed(0),
  jiapian.toFixed(0),
  share.toFixed(2),
];

interface Rate {
  storescu: number;
  jiapian: number;
  share: number;
}

interface Figures {
  first: number;
  toStorescp: Rate;
  toOrthanc: Rate;
  enqueuePerSecond: number;
  growthMb: number;
  restartMs: number;
  reject: number;
}

const targetsOf = (figures: Figures): Target[] => [
  {
    claim: 'first object in Orthanc < 300 ms after the decision',
    measured: `${figures.first.toFixed(0)} ms, the slowest of ${rounds}`,
    isMet: figures.first < 300,
  },
  rateTarget('Orthanc', figures.toOrthanc),
  rateTarget('storescp', figures.toStorescp),
  {
    claim: `${queueLength} objects enqueued ≥ 2,000/s`,
    measured: `${figures.enqueuePerSecond.toFixed(0)}/s, memory +${figures.growthMb.toFixed(0)} MB`,
    isMet: figures.enqueuePerSecond >= 2_000,
  },
  {
    claim: `restart over ${queueLength} queued objects < 5 s to the first sent`,
    measured: `${figures.restartMs.toFixed(0)} ms`,
    isMet: figures.restartMs < 5_000,
  },
  {
    claim: `reject of ${rejectedInstances} instances: note written and sent < 2 s`,
    measured: `${figures.reject.toFixed(0)} ms`,
    isMet: figures.reject < 2_000,
  },
];

const rateTarget = (to: string, { share }: Rate): Target => ({
  claim: `rate to ${to} ≥ 0.9 × storescu from the same disk`,
  measured: `${share.toFixed(2)} ×`,
  isMet: share >= 0.9,
});

const clock = { now: () => new Date() };
const live = { publish: async () => undefined, publishWith: async () => undefined } as never;
const partsOf = (test: TestDatabase, files: readonly string[]) => ({
  database: test.database,
  clock,
  live,
  store: { path: async (objectId: string) => files[Number(objectId.split('-').at(-1))] ?? '' } as never,
  senderOf: createSender('JIAPIAN'),
  cache: tmpdir(),
});

/** Decision, transaction, notice, association and C-STORE, until Orthanc counts the object. */
const firstObject = async (test: TestDatabase, files: readonly string[], progress: (line: string) => void) => {
  const orthanc = await startOrthanc({ aet: 'PACS' });
  const ending = new AbortController();
  try {
    await resetDestination(test, orthanc.dicomPort);
    const path = async (objectId: string) => files[Number(objectId.split('-')[0])] ?? '';
    const pump = createForwardPump({ ...partsOf(test, files), store: { path } as never });
    const unlisten = test.database.listen(forwardChannel, () => void pump.step(ending.signal));
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const examId = await addExam(test, files.slice(round, round + 1), round);
      const started = performance.now();
      await test.database.withHospital(test.hospitalId, (unit) =>
        moveGate(unit, { examId, event: 'emergency', at: clock.now() }),
      );
      for (let stored = 0; stored <= round;) {
        ({ CountInstances: stored } = await orthanc.get<{ CountInstances: number }>('/statistics'));
        if (performance.now() - started > GIVE_UP_MS) break;
      }
      // The first round warms up both programs.
      if (round > 0) times.push(performance.now() - started);
      progress(`first object after ${times.at(-1)?.toFixed(0)} ms`);
    }
    unlisten();
    await pump.idle();
    return Math.max(...times);
  } finally {
    ending.abort();
    await orthanc.stop();
  }
};

interface Pacs {
  port: number;
  stop(): Promise<void>;
}

/** Nobody pays for what the one before has left unwritten: the queue commits, and would wait for it. */
const settleDisk = (): void => void execFileSync('sync');

const startOrthancAsPacs = async (): Promise<Pacs> => {
  const orthanc = await startOrthanc({ aet: 'PACS' });
  return { port: orthanc.dicomPort, stop: orthanc.stop };
};

/** The same files by storescu and by the queue, in turn, each to a peer that has just begun. */
const rateBeside = async (
  test: TestDatabase,
  files: readonly string[],
  startPacs: () => Promise<Pacs>,
  progress: (line: string) => void,
): Promise<Rate> => {
  const best = { storescu: 0, jiapian: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const first = await startPacs();
    settleDisk();
    let started = performance.now();
    await storescu({ port: first.port, calledAet: 'PACS' }, files);
    best.storescu = Math.max(best.storescu, perSecond(files.length, started));
    await first.stop();
    const second = await startPacs();
    await resetDestination(test, second.port);
    await queue(test, await addExam(test, files, 0));
    settleDisk();
    started = performance.now();
    await forwardObjects(partsOf(test, files), new AbortController().signal);
    best.jiapian = Math.max(best.jiapian, perSecond(files.length, started));
    progress(`storescu ${best.storescu.toFixed(0)}/s, jiapian ${best.jiapian.toFixed(0)}/s`);
    await second.stop();
  }
  return { ...best, share: best.jiapian / best.storescu };
};

const longQueue = async (test: TestDatabase, progress: (line: string) => void) => {
  const pacs = await startStorescp([], 'PACS');
  const folder = temporaryFolder('forward-one');
  const [file = ''] = writeCtSlices(folder.path, 1);
  await resetDestination(test, pacs.port);
  const exams: string[] = [];
  for (let exam = 0; exam < queueLength / 1_000; exam += 1) exams.push(await addExam(test, [file], exam, 1_000));
  const before = process.memoryUsage().rss;
  const started = performance.now();
  for (const examId of exams) await queue(test, examId);
  const enqueuePerSecond = perSecond(queueLength, started);
  const growthMb = (process.memoryUsage().rss - before) / 1024 / 1024;
  progress(`enqueued at ${enqueuePerSecond.toFixed(0)}/s`);
  await test.asOwner(`analyze forward`);
  await test.asOwner(
    `update forward set state = 'sending' where forward_id in (select forward_id from forward limit 50)`,
  );
  const restarted = performance.now();
  await test.database.withSystem(requeueInterrupted);
  const ending = new AbortController();
  const sending = forwardObjects({ ...partsOf(test, []), store: { path: async () => file } as never }, ending.signal);
  await waitUntil('the first object to be sent', async () => pacs.files().length > 0);
  const restartMs = performance.now() - restarted;
  ending.abort();
  await sending;
  await pacs.stop();
  folder.remove();
  return { enqueuePerSecond, growthMb, restartMs };
};

const bigReject = async (test: TestDatabase, progress: (line: string) => void): Promise<number> => {
  const pacs = await startStorescp([], 'PACS');
  const folder = temporaryFolder('forward-reject');
  const [file = ''] = writeCtSlices(folder.path, 1);
  await resetDestination(test, pacs.port);
  const examId = await addExam(test, [file], 0, rejectedInstances);
  await queue(test, examId);
  await test.asOwner(`update forward set state = 'sent'`);
  await rejectExam(test, examId);
  const started = performance.now();
  await test.database.withHospital(test.hospitalId, (unit) => reconcileRejections(unit, examId, clock.now()));
  await sendRejections(partsOf(test, [file]), new AbortController().signal);
  const took = performance.now() - started;
  const rows = await test.asOwner<{ state: string }>(`select state from rejection`);
  progress(`reject: ${rows.map(({ state }) => state).join()} after ${took.toFixed(0)} ms, ${pacs.files().length} note`);
  await pacs.stop();
  folder.remove();
  return rows[0]?.state === 'sent' ? took : Infinity;
};

const perSecond = (count: number, started: number): number => (count * 1000) / (performance.now() - started);

const queue = (test: TestDatabase, examId: string) =>
  test.database.withHospital(test.hospitalId, (unit) => queueForwards(unit, examId, clock.now()));

const resetDestination = async (test: TestDatabase, port: number): Promise<void> => {
  await test.asOwner(
    `truncate forward, rejection, destination, film, gate, instance, stored_object, series, exam cascade`,
  );
  await test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port)
     values ($1, gen_random_uuid(), 'PACS', 'dimse', 'PACS', '127.0.0.1', $2)`,
    [test.hospitalId, port],
  );
};

/** One exam whose objects are the files, or `count` objects that all have the bytes of the first. */
const addExam = async (test: TestDatabase, files: readonly string[], number: number, count = files.length) => {
  const [examId, patientId] = [randomUUID(), randomUUID()];
  const hospital = test.hospitalId;
  await test.asOwner(`insert into patient (hospital_id, patient_id, dicom_patient_id) values ($1, $2, $3)`, [
    hospital,
    patientId,
    patientId,
  ]);
  await test.asOwner(
    `insert into exam (hospital_id, exam_id, study_instance_uid, patient_id, modality, exam_at, first_received_at,
       last_received_at) values ($1, $2, $3, $4, 'CT', now(), now(), now())`,
    [hospital, examId, `2.25.9${number}`, patientId],
  );
  const facts = files.map((file) => readPart10(new Uint8Array(readFileSync(file))));
  const uids = Array.from(
    { length: count },
    (_, at) =>
      (count === files.length ? facts[at]?.mediaStorageSopInstanceUid : undefined) ?? `2.25.9${number}.1.${at}`,
  );
  const first = facts[0];
  const shared = [
    hospital,
    uids,
    files.length > 0 ? statSync(files[0] ?? '').size : 0,
    first?.transferSyntaxUid,
    uids.map((_, at) => (facts[at] ?? first)?.dataSetOffset),
    `${number}-${examId}`,
  ];
  await test.asOwner(
    `insert into stored_object (hospital_id, object_id, sop_instance_uid, sha256, size_bytes, data_set_offset,
       transfer_syntax_uid, door, received_at)
     select $1, $6 || '-' || (at - 1), uid, '\\x00', $3, data_set_offset, $4, 'dimse', now()
     from unnest($2::text[], $5::int[]) with ordinality as named(uid, data_set_offset, at)`,
    shared,
  );
  await test.asOwner(
    `insert into instance (hospital_id, sop_instance_uid, series_instance_uid, exam_id, object_id, sop_class_uid,
       instance_number, is_image, facts, received_at)
     select $1, uid, '2.25.8', $3, $4 || '-' || (at - 1), '1.2.840.10008.5.1.4.1.1.2', at, true, '{}', now()
     from unnest($2::text[]) with ordinality as named(uid, at)`,
    [hospital, uids, examId, `${number}-${examId}`],
  );
  return examId;
};

const rejectExam = async (test: TestDatabase, examId: string): Promise<void> => {
  const [filmId, readingId] = [randomUUID(), randomUUID()];
  await test.asOwner(
    `insert into film (hospital_id, film_id, exam_id, kind, day, state, grade, reading_id)
     values ($1, $2, $3, 'exam', now(), 'graded', 'reject', $4)`,
    [test.hospitalId, filmId, examId, readingId],
  );
  await test.asOwner(
    `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
       software_version, grade, reject_reason_code) values ($1, $2, $3, 'grade', $2::uuid, 's', 1, '0', 'reject', '111210')`,
    [test.hospitalId, readingId, filmId],
  );
};
