import type { Clock } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findPriority, isHeld } from './gate.repository.ts';
import { moveGate } from './move-gate.ts';

/** An order that comes after its images says emergency: a held exam leaves at once. One not yet at the gate is asked there. */
export const followPriority = async (unit: UnitOfWork, clock: Clock, examId: string): Promise<void> => {
  const facts = await findPriority(unit, examId);
  if (facts?.priority !== 'emergency' || !(await isHeld(unit, examId))) return;
  await moveGate(unit, { examId, event: 'emergency', at: clock.now(), facts: { from: 'order' } });
};
