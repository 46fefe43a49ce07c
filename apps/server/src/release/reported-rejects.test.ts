import { randomUUID } from 'node:crypto';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import { makeFilms } from '../review/make-films.ts';
import { exportRates } from './export-rates.ts';
import { readRejectRates } from './reject-rates.ts';
import type { RateGroup } from './reject-rates.repository.ts';

let test: TestDatabase;
const day = '2026-11-24';
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());
beforeEach(() => test.asOwner(`truncate film, exam, analysis_run cascade`));

/** An event of a dose report as the modality writes it: TID 10003 with 130503, 130504, 128551. */
interface Event {
  uid?: string;
  rejected?: boolean;
  repeated?: boolean;
  reason?: string;
}

const take = async (seed: ExamSeed, events: readonly Event[]) => {
  const exam = await registerExam(test, seed);
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  const runId = randomUUID();
  await test.asOwner(
    `insert into analysis_run (hospital_id, run_id, exam_id, subject_uid, subject_kind, analysis_version,
       software_version, input_sha256, object_count, measured_at, duration_ms)
     values ($1, $2, $3, 'sr', 'instance', 1, '0', '', 1, now(), 1)`,
    [test.hospitalId, runId, exam.examId],
  );
  await test.asOwner(
    `insert into dose_report (hospital_id, run_id, exam_id, source, event_count, totals) values ($1, $2, $3, 'rdsr', $4, '{}')`,
    [test.hospitalId, runId, exam.examId, events.length],
  );
  for (const [at, event] of events.entries())
    await test.asOwner(
      `insert into dose_event (hospital_id, run_id, event_number, event_uid, kind, is_rejected, is_repeated,
         rejection_reason, figures) values ($1, $2, $3, $4, 'stationary', $5, $6, $7, '{}')`,
      [
        test.hospitalId,
        runId,
        at + 1,
        event.uid ?? null,
        event.rejected ?? false,
        event.repeated ?? false,
        event.reason ?? null,
      ],
    );
  return exam;
};
const rates = (by: RateGroup) =>
  test.database.withHospital(test.hospitalId, (unit) => readRejectRates(unit, { from: day, to: day, by }));
const nameEvent = (examId: string, uid: string) =>
  test.asOwner(
    `update instance set facts = facts || jsonb_build_object('irradiationEventUid', $2::text) where exam_id = $1`,
    [examId, uid],
  );

it('counts a rejected exposure that has no image here, in both halves of the rate, and says where it is from', async () => {
  await take({ images: 3 }, [{}, {}, {}, { rejected: true, reason: 'Positioning' }]);
  const { total, groups } = await rates('reason');
  expect(total).toMatchObject({ exposures: 4, rejected: 1, reportedRejects: 1, repeats: 0, reportedRepeats: 0 });
  expect(total.rejectRate?.proportion).toBe(0.25);
  // The meaning of 111209 in CID 7011.
  expect(groups).toMatchObject([{ key: '111209', exposures: 4, rejected: 1, reportedRejects: 1 }]);
});

it('keeps a reason that is not of CID 7011 in its own words, and has a line for none', async () => {
  await take({ images: 1 }, [{}, { rejected: true, reason: 'Patient fell asleep' }, { rejected: true }]);
  const { groups } = await rates('reason');
  expect(groups.map(({ key, rejected }) => [key, rejected])).toEqual(
    expect.arrayContaining([
      ['Patient fell asleep', 1],
      [null, 1],
    ]),
  );
});

it('does not count an exposure twice whose image is here', async () => {
  // As many images as events: every rejected one has come as well, and no UID says which.
  await take({ images: 2 }, [{}, { rejected: true }]);
  expect((await rates('total')).total).toMatchObject({ exposures: 2, rejected: 0, reportedRejects: 0 });
});

it('counts a film that the device called rejected, unless a person has graded it', async () => {
  const exam = await take({ images: 1 }, [{ uid: '2.25.51', rejected: true, reason: 'Motion blur' }]);
  await nameEvent(exam.examId, '2.25.51');
  expect((await rates('reason')).total).toMatchObject({ exposures: 1, rejected: 1, reportedRejects: 1 });
  expect((await rates('reason')).groups).toMatchObject([{ key: '111210' }]);
  await test.asOwner(`update film set grade = 'B', state = 'graded' where exam_id = $1`, [exam.examId]);
  expect((await rates('total')).total).toMatchObject({ exposures: 1, rejected: 0, reportedRejects: 0 });
});

it('counts a film that the dose report calls repeated', async () => {
  const exam = await take({ images: 1 }, [{ uid: '2.25.52', repeated: true }]);
  await nameEvent(exam.examId, '2.25.52');
  expect((await rates('total')).total).toMatchObject({ exposures: 1, repeats: 1, reportedRepeats: 1, rejected: 0 });
});

it('is split by device and hour like any other exposure, and a CT is left out', async () => {
  const exam = await take({ images: 1 }, [{}, { rejected: true }]);
  await take({ modality: 'CT', images: 1 }, [{}, { rejected: true }]);
  const [device] = await test.asOwner<{ name: string }>(`select name from device where device_id = $1`, [
    exam.deviceId,
  ]);
  const byDevice = await rates('device');
  expect(byDevice.groups.find(({ key }) => key === device!.name)).toMatchObject({
    exposures: 2,
    rejected: 1,
    reportedRejects: 1,
  });
  // 02:00 UTC is ten o'clock in Shanghai.
  expect((await rates('hour')).groups).toMatchObject([{ key: '10', exposures: 2, rejected: 1 }]);
});

it('stands in the exported table with a column of its own', async () => {
  await take({ images: 3 }, [{}, {}, {}, { rejected: true }]);
  const { body } = exportRates(await rates('total'), 'csv', 'en');
  const lines: Buffer[] = [];
  for await (const chunk of body) lines.push(Buffer.from(chunk as Uint8Array));
  const [head, row] = Buffer.concat(lines).toString('utf8').split(/\r?\n/);
  expect(head).toContain('of them from dose reports');
  expect(row).toContain('Total,4,1,1,25');
});
