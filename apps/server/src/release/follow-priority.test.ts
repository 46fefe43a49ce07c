import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { followPriority } from './follow-priority.ts';

let test: TestDatabase;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

const gateOf = (examId: string) => test.asOwner('select state, release_reason from gate where exam_id = $1', [examId]);
const hold = (examId: string) =>
  test.asOwner(
    `insert into gate (hospital_id, exam_id, state, held_at, hold_until)
    values ($1, $2, 'held', now(), now() + interval '1 hour')`,
    [test.hospitalId, examId],
  );
const follow = async (examId: string, priority: string): Promise<void> => {
  await test.asOwner(`update exam set priority = $2, priority_source = 'order' where exam_id = $1`, [examId, priority]);
  await test.database.withHospital(test.hospitalId, (unit) => followPriority(unit, clock, examId));
};

it('lets a held exam go when its order says emergency, and not when it says routine', async () => {
  const { examId } = await registerExam(test);
  await hold(examId);
  await follow(examId, 'routine');
  expect(await gateOf(examId)).toEqual([{ state: 'held', release_reason: null }]);
  await follow(examId, 'emergency');
  expect(await gateOf(examId)).toEqual([{ state: 'released', release_reason: 'emergency' }]);
});

it('leaves an exam that is not at the gate yet to the hold policy', async () => {
  const { examId } = await registerExam(test);
  await follow(examId, 'emergency');
  expect(await gateOf(examId)).toEqual([]);
});
