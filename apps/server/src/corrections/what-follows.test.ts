import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { analysisJobs } from '../analysis/analysis.jobs.ts';
import { measureTasks } from '../analysis/measure-tasks.ts';
import { createMeasurePool, type MeasurePool } from '../analysis/measure-pool.ts';
import { findVerdicts } from '../protocols/verdicts.repository.ts';
import { protocolsJobs } from '../protocols/protocols.jobs.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { type CorrectionsUnderTest, lisi, startCorrections } from './corrections.fixture.ts';

let room: CorrectionsUnderTest;
let pool: MeasurePool;

beforeAll(async () => {
  room = await startCorrections();
  pool = createMeasurePool();
});
afterAll(async () => {
  await pool.close();
  await room.stop();
});
beforeEach(async () => {
  await room.begin();
  await room.test.asOwner(`truncate analysis_task, analysis_run, typed_dose, parameter_table, imaging_order cascade`);
});
afterEach(() => room.end());

/** What the other rooms do when they hear of every exam, as the job runner would. */
const tellRooms = async (event: 'exam.corrected' | 'films.made'): Promise<void> => {
  const exams = await room.test.asOwner<{ exam_id: string }>(`select exam_id from exam order by exam_id`);
  const jobs = [...analysisJobs(room.clock), ...protocolsJobs(room.clock)].filter((one) => one.on === event);
  for (const { exam_id: examId } of exams)
    for (const { handle } of jobs)
      await room.within((unit) => (handle as (unit: UnitOfWork, payload: object) => Promise<void>)(unit, { examId }));
};

const measure = () =>
  measureTasks(
    {
      database: room.test.database,
      clock: room.clock,
      store: { path: async (objectId: string) => room.files.path(objectId) },
      pool,
      log: silentLog,
      liveEvents: room.live,
    },
    room.signal(),
  );

/** A dose that was measured of an image, one that a person typed for it, and a verdict of its film. */
const addFacts = async (examId: string, uid: string): Promise<void> => {
  const { hospitalId, asOwner } = room.test;
  const [runId, tableId] = [randomUUID(), randomUUID()];
  await asOwner(
    `insert into analysis_run (hospital_id, run_id, exam_id, subject_uid, subject_kind, analysis_version,
       software_version, input_sha256, object_count, measured_at, duration_ms)
     values ($1, $2, $3, $4, 'instance', 1, 'test', 'x', 1, '2026-11-24T01:00:00Z', 5)`,
    [hospitalId, runId, examId, uid],
  );
  await asOwner(
    `insert into dose_report (hospital_id, run_id, exam_id, source, event_count, totals, dose_area_product_dgy_cm2)
     values ($1, $2, $3, 'header', 1, '{}', 12)`,
    [hospitalId, runId, examId],
  );
  await asOwner(
    `insert into typed_dose (hospital_id, typed_dose_id, exam_id, subject_uid, dose_area_product_dgy_cm2, typed_by,
       typed_by_name, typed_at) values ($1, gen_random_uuid(), $2, $3, 13, $4, 'T', now())`,
    [hospitalId, examId, uid, room.reader.accountId],
  );
  await asOwner(
    `insert into parameter_table (hospital_id, table_id, device_id, version, content, created_at, changed_at)
     select e.hospital_id, $2, e.device_id, 1, '{"kind":"radiography"}', now(), now() from exam e where exam_id = $1`,
    [examId, tableId],
  );
  await asOwner(
    `insert into compliance_verdict (hospital_id, verdict_id, film_id, exam_id, subject_uid, device_id, table_id,
       table_version, rule_version, software_version, subject, verdict, patient, columns, exam_at, judged_at)
     select f.hospital_id, gen_random_uuid(), f.film_id, f.exam_id, $2, e.device_id, $3, 1, 1, 'test', 'CH01', 'within',
       '{}', '[]', now(), now() from film f join exam e using (hospital_id, exam_id)
     where f.exam_id = $1 and f.sop_instance_uid = $2`,
    [examId, uid, tableId],
  );
};

const placesOf = async (uid: string) => {
  const of = async (table: string) =>
    (await room.test.asOwner<{ exam_id: string }>(`select exam_id from ${table} where subject_uid = $1`, [uid])).map(
      (row) => row.exam_id,
    );
  const doses = await room.test.asOwner<{ exam_id: string }>(
    `select d.exam_id from dose_report d join analysis_run r using (hospital_id, run_id) where r.subject_uid = $1`,
    [uid],
  );
  return {
    runs: [...new Set(await of('analysis_run'))],
    typed: await of('typed_dose'),
    verdicts: await of('compliance_verdict'),
    doses: doses.map((row) => row.exam_id),
  };
};

const all = (examId: string) => ({ runs: [examId], typed: [examId], verdicts: [examId], doses: [examId] });

const split = async () => {
  const exam = await room.arrive();
  const [moved, stayed] = exam.sopInstanceUids as [string, string];
  await tellRooms('films.made');
  await addFacts(exam.examId, moved);
  const row = await room.correct(exam.examId, {
    kind: 'move',
    instanceUids: [moved],
    to: { exam: 'new', identity: lisi },
  });
  const [made] = await room.test.asOwner<{ target_exam_id: string }>(`select target_exam_id from correction`);
  return { exam, moved, stayed, row, target: made!.target_exam_id };
};

describe('what was found out about an image', () => {
  it('goes with it to the other exam: figures, dose, what was typed, and its verdict', async () => {
    const { moved, target } = await split();
    await tellRooms('exam.corrected');
    expect(await placesOf(moved)).toEqual(all(target));
  });

  it('is measured again there and no more in the exam that it left', async () => {
    const { exam, moved, stayed, target } = await split();
    await tellRooms('exam.corrected');
    await measure();
    const runs = await room.test.asOwner<{ exam_id: string; subject_uid: string }>(
      `select exam_id, subject_uid from analysis_run where software_version <> 'test' and subject_uid = any($1)`,
      [[moved, stayed]],
    );
    expect(new Set(runs.map((run) => `${run.exam_id} ${run.subject_uid}`))).toEqual(
      new Set([`${target} ${moved}`, `${exam.examId} ${stayed}`]),
    );
  });

  it('comes back with it when the move is taken back', async () => {
    const { exam, moved, row } = await split();
    await tellRooms('exam.corrected');
    await room.undo(row.correction_id);
    await tellRooms('exam.corrected');
    expect(await placesOf(moved)).toEqual(all(exam.examId));
  });

  it('is a fact that nobody changes: only where it belongs may be', async () => {
    const { moved } = await split();
    await expect(
      room.test.database.withHospital(room.test.hospitalId, (unit) =>
        unit.db
          .updateTable('dose_report')
          .set({ dose_area_product_dgy_cm2: 1 })
          .where('hospital_id', '=', unit.hospitalId)
          .execute(),
      ),
    ).rejects.toThrow();
    expect((await placesOf(moved)).doses).toHaveLength(1);
  });
});

describe('a verdict of a series', () => {
  it('does not stand in an exam that has given the series away', async () => {
    const exam = await room.arrive({ modality: 'CT', images: 1 });
    const [uid] = exam.sopInstanceUids as [string];
    const [series] = await room.test.asOwner<{ uid: string }>(
      `select series_instance_uid as uid from instance where sop_instance_uid = $1`,
      [uid],
    );
    const [film] = await room.test.asOwner<{ film_id: string }>(`select film_id from film where exam_id = $1`, [
      exam.examId,
    ]);
    await room.test.asOwner(`update film set sop_instance_uid = $2 where film_id = $1`, [film!.film_id, uid]);
    await addFacts(exam.examId, uid);
    await room.test.asOwner(`update compliance_verdict set subject_uid = $1`, [series!.uid]);
    await room.test.asOwner(`update film set sop_instance_uid = null, kind = 'exam' where film_id = $1`, [
      film!.film_id,
    ]);
    expect(await room.within((unit) => findVerdicts(unit, [film!.film_id]))).toHaveLength(1);
    await room.correct(exam.examId, { kind: 'move', instanceUids: [uid], to: { exam: 'new', identity: lisi } });
    expect(await room.within((unit) => findVerdicts(unit, [film!.film_id]))).toEqual([]);
  });
});

describe('an order that was linked by mistake', () => {
  const addOrder = async (accession: string, patientId: string): Promise<string> => {
    const orderId = randomUUID();
    await room.test.asOwner(
      `insert into imaging_order (hospital_id, order_id, order_key, accession_number, dicom_patient_id, source, told_at,
         received_at, changed_at) values ($1, $2, $3, $3, $4, 'api', now(), now(), now())`,
      [room.test.hospitalId, orderId, accession, patientId],
    );
    return orderId;
  };
  const orderRow = async (orderId: string) => {
    const [row] = await room.test.asOwner<{ state: string; exam_id: string | null }>(
      `select state, exam_id from imaging_order where order_id = $1`,
      [orderId],
    );
    return row;
  };

  it('is waited for again, and the right one has arrived', async () => {
    const exam = await room.arrive();
    const wrong = await addOrder(exam.accessionNumber, 'P1');
    const right = await addOrder(`${lisi.accessionNumber}-${exam.accessionNumber}`, lisi.dicomPatientId);
    await room.test.asOwner(`update imaging_order set state = 'arrived', exam_id = $2 where order_id = $1`, [
      wrong,
      exam.examId,
    ]);
    const identity = { ...lisi, accessionNumber: `${lisi.accessionNumber}-${exam.accessionNumber}` };
    const row = await room.correct(exam.examId, { kind: 'patient', identity });
    expect(await orderRow(wrong)).toEqual({ state: 'expected', exam_id: null });
    expect(await orderRow(right)).toEqual({ state: 'arrived', exam_id: exam.examId });
    await room.undo(row.correction_id);
    expect(await orderRow(wrong)).toEqual({ state: 'arrived', exam_id: exam.examId });
    expect(await orderRow(right)).toEqual({ state: 'expected', exam_id: null });
  });

  it('has not arrived when every image under it went to another exam, and has while one is left', async () => {
    const [whole, rest] = [await room.arrive({ images: 1 }, 'P-JOIN'), await room.arrive({ images: 2 })];
    const order = await addOrder(rest.accessionNumber, 'P1');
    await room.test.asOwner(`update imaging_order set state = 'done', exam_id = $2 where order_id = $1`, [
      order,
      rest.examId,
    ]);
    const to = { exam: 'other' as const, examId: whole.examId };
    const [first, second] = rest.sopInstanceUids as [string, string];
    await room.correct(rest.examId, { kind: 'move', instanceUids: [first], to });
    expect((await orderRow(order))?.exam_id).toBe(rest.examId);
    await room.correct(rest.examId, { kind: 'move', instanceUids: [second], to });
    expect(await orderRow(order)).toEqual({ state: 'expected', exam_id: null });
  });

  it('leaves no word behind that the patient does not fit', async () => {
    const exam = await room.arrive();
    await addOrder(exam.accessionNumber, 'P-SOMEBODY');
    const oddities = async () => {
      const [row] = await room.test.asOwner<{ oddities: { keyword: string }[] }>(
        `select oddities from exam where exam_id = $1`,
        [exam.examId],
      );
      return row!.oddities.map((one) => one.keyword);
    };
    await room.correct(exam.examId, { kind: 'patient', identity: { ...lisi, accessionNumber: exam.accessionNumber } });
    expect(await oddities()).toEqual(['PatientID']);
    await room.correct(exam.examId, {
      kind: 'patient',
      identity: { ...lisi, dicomPatientId: 'P-SOMEBODY', accessionNumber: exam.accessionNumber },
    });
    expect(await oddities()).toEqual([]);
  });
});
