import type { Clock } from '@jiapian/kernel';
import { gateEventOfGrades, holdPolicy, type HoldDecision, type PriorityClass } from '@jiapian/rules';
import { readHospitalSettings } from '../organization/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findGradesOfExam } from '../review/index.ts';
import { findHoldFacts } from './gate.repository.ts';
import { moveGate } from './move-gate.ts';

/** What the hold policy says of an exam; null when there is no such exam. */
export const holdDecisionFor = async (unit: UnitOfWork, examId: string): Promise<HoldDecision | null> => {
  const facts = await findHoldFacts(unit, examId);
  if (!facts) return null;
  const settings = await readHospitalSettings(unit);
  return holdPolicy({
    priorityClass: facts.named_at === null ? null : (facts.priority_class as PriorityClass),
    isMarkedEmergency: facts.priority === 'emergency',
    holdMinutes: facts.hold_minutes ?? settings.holdMinutes,
  });
};

/** A complete exam arrives at the gate: held with a clock, or let through because it must not wait. */
export const decideHold = async (unit: UnitOfWork, clock: Clock, examId: string): Promise<void> => {
  const decision = await holdDecisionFor(unit, examId);
  if (decision === null) return;
  const at = clock.now();
  await moveGate(unit, { examId, event: 'reopened', at });
  if (decision.kind === 'pass') {
    await moveGate(unit, { examId, event: decision.because, at });
    return;
  }
  const holdUntil = new Date(at.getTime() + decision.holdMs);
  await moveGate(unit, { examId, event: 'held', at, holdUntil });
  // An exam without a film has nothing to read; one whose late object made no film is graded already.
  const event = gateEventOfGrades(await findGradesOfExam(unit, examId));
  if (event !== null) await moveGate(unit, { examId, event, at });
};
