import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { createMetrics } from '../platform/metrics.ts';
import { findActivity } from './device-activity.repository.ts';
import { defineReleaseMetrics } from './release-metrics.ts';

const DAY_MS = 86_400_000;
const now = new Date('2026-11-24T02:00:00Z');
let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

it('a device that sent at this hour in three of four weeks and is quiet now is counted as silent', async () => {
  const first = await registerExam(test, { at: new Date(now.getTime() - 7 * DAY_MS - 60_000) });
  for (const week of [2, 3]) {
    const exam = await registerExam(test, { at: new Date(now.getTime() - week * 7 * DAY_MS - 60_000) });
    await test.asOwner(`update exam set device_id = $1 where exam_id = $2`, [first.deviceId, exam.examId]);
  }
  const other = await registerExam(test, { at: new Date(now.getTime() - 60_000), images: 3 });
  const rows = await test.database.withHospital(test.hospitalId, (unit) => findActivity(unit, now));
  expect(rows.find((row) => row.device_id === first.deviceId)).toMatchObject({ weeks_with_exams: 3, exams_lately: 0 });
  expect(rows.find((row) => row.device_id === other.deviceId)).toMatchObject({ recent_exams: 1, recent_objects: 3 });
  const metrics = createMetrics();
  defineReleaseMetrics(metrics, { database: test.database, clock: { now: () => now }, root: '/' });
  const text = await metrics.text();
  expect(text).toContain('jiapian_devices_silent 1');
  expect(text).toMatch(/^jiapian_disk_free_bytes \d+$/m);
});
