import type { Clock } from '@jiapian/kernel';
import { gateEventOfGrades } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findGradesOfExam } from '../review/index.ts';
import { moveGate } from './move-gate.ts';

/** A draw left films of a held exam out (未抽中): when nothing is left to read, the exam need not wait any longer. */
export const judgeSample = async (unit: UnitOfWork, clock: Clock, examId: string): Promise<void> => {
  const films = await findGradesOfExam(unit, examId);
  const event = gateEventOfGrades(films);
  if (event === null) return;
  const isUnread = films.length === 0;
  await moveGate(unit, { examId, event, at: clock.now(), ...(isUnread && { reason: 'not-sampled' }) });
};
