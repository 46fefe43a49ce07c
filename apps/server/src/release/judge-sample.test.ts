import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { makeFilms } from '../review/make-films.ts';
import { decideHold } from './decide-hold.ts';
import { lockGate } from './gate.repository.ts';
import { judgeSample } from './judge-sample.ts';

let test: TestDatabase;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

const stateAfter = async (leftOut: number) => {
  const { examId } = await registerExam(test, { images: 2 });
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, examId));
  await test.database.withHospital(test.hospitalId, (unit) => decideHold(unit, clock, examId));
  await test.asOwner(
    `update film set state = 'not-sampled' where film_id in (select film_id from film where exam_id = $1 limit $2)`,
    [examId, leftOut],
  );
  return test.database.withHospital(test.hospitalId, async (unit) => {
    await judgeSample(unit, clock, examId);
    const { state } = await lockGate(unit, examId);
    return state;
  });
};

it('opens the gate of an exam when a draw has left all its films out, and not while one is still to be read', async () => {
  expect(await stateAfter(1)).toBe('held');
  expect(await stateAfter(2)).toBe('released');
});
