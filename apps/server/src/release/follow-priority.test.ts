import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { decideHold } from './decide-hold.ts';
import { followPriority } from './follow-priority.ts';

let test: TestDatabase;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

const gateOf = (examId: string) => test.asOwner('select state, release_reason from gate where exam_id = $1', [examId]);
const film = (examId: string) =>
  test.asOwner(
    `insert into film (hospital_id, film_id, exam_id, kind, day) values ($1, gen_random_uuid(), $2, 'exam', '2026-11-24')`,
    [test.hospitalId, examId],
  );
const withUnit = (work: Parameters<TestDatabase['database']['withHospital']>[1]) =>
  test.database.withHospital(test.hospitalId, work);
const order = (examId: string, priority: string) =>
  test.asOwner(`update exam set priority = $2, priority_source = 'order' where exam_id = $1`, [examId, priority]);

it('lets a held exam go when its order says emergency', async () => {
  const { examId } = await registerExam(test);
  await film(examId);
  await withUnit((unit) => decideHold(unit, clock, examId));
  expect(await gateOf(examId)).toEqual([{ state: 'held', release_reason: null }]);
  await order(examId, 'routine');
  await withUnit((unit) => followPriority(unit, clock, examId));
  expect(await gateOf(examId)).toEqual([{ state: 'held', release_reason: null }]);
  await order(examId, 'emergency');
  await withUnit((unit) => followPriority(unit, clock, examId));
  expect(await gateOf(examId)).toEqual([{ state: 'released', release_reason: 'emergency' }]);
});

it('never holds an exam whose order says emergency', async () => {
  const { examId } = await registerExam(test);
  await film(examId);
  await order(examId, 'emergency');
  await withUnit((unit) => followPriority(unit, clock, examId));
  expect(await gateOf(examId)).toEqual([]);
  await withUnit((unit) => decideHold(unit, clock, examId));
  expect(await gateOf(examId)).toEqual([{ state: 'released', release_reason: 'emergency' }]);
});
