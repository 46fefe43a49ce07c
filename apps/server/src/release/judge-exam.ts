import type { Clock } from '@jiapian/kernel';
import { gateEventOfGrades } from '@jiapian/rules';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findGradesOfExam, markMissed } from '../review/index.ts';
import { holdDecisionFor, holdOf } from './decide-hold.ts';
import { lockGate } from './gate.repository.ts';
import { moveGate } from './move-gate.ts';
import { cancelRejected, queueForwards } from './forward.repository.ts';
import { reconcileRejections } from './reconcile-rejections.ts';
import { linkRepeats } from './link-repeats.ts';
import { openRepeatOrder } from './open-repeat-order.ts';
import { cancelRepeatOrder } from './repeat-order.repository.ts';

interface FilmRef {
  filmId: string;
  examId: string;
  readingId: string;
}

/** A grade was saved: a 废 opens a repeat order and does not leave; when every film is graded, the gate opens. */
export const judgeExam = async (unit: UnitOfWork, clock: Clock, graded: FilmRef): Promise<void> => {
  const at = clock.now();
  const films = await findGradesOfExam(unit, graded.examId);
  const film = films.find((one) => one.film_id === graded.filmId);
  const { examId } = graded;
  // Not which grade: the time line is read by those who still have to read the film blind.
  if (film) await recordExamEvent(unit, { examId, at, event: 'film.graded', facts: { filmId: film.film_id } });
  if (film?.grade === 'reject' && film.reading_id === graded.readingId) {
    await cancelRejected(unit, examId);
    await openRepeatOrder(unit, graded, at);
    // The repeat may have come before the film it repeats was judged.
    await linkRepeats(unit, examId, at);
  }
  const event = gateEventOfGrades(films);
  if (event !== null) await moveGate(unit, { examId: graded.examId, event, at });
  // A film graded better after its exam has left was not sent with it: it follows now.
  const gate = await lockGate(unit, graded.examId);
  if (gate.state === 'released') await queueForwards(unit, graded.examId, at);
  await reconcileRejections(unit, graded.examId, at);
};

/**
 * A grade was taken back: its repeat order and the rejection with it, and an exam that is still here is held again.
 * What has left is unread now and counts as 漏评.
 */
export const unjudgeExam = async (unit: UnitOfWork, clock: Clock, withdrawn: FilmRef): Promise<void> => {
  const at = clock.now();
  await recordExamEvent(unit, { examId: withdrawn.examId, at, event: 'film.withdrawn' });
  await cancelRepeatOrder(unit, withdrawn.readingId, at);
  const decided = await holdDecisionFor(unit, withdrawn.examId, at);
  // An exam that was returned is held anew, with a whole clock; one that is still held keeps the clock it has.
  const hold = decided === null ? {} : { hold: holdOf(decided, at) };
  const state = await moveGate(unit, { examId: withdrawn.examId, event: 'grade-withdrawn', at, ...hold });
  if (state === 'released') {
    await markMissed(unit, withdrawn.examId);
    await queueForwards(unit, withdrawn.examId, at);
  }
  await reconcileRejections(unit, withdrawn.examId, at);
};
