import type { Clock } from '@jiapian/kernel';
import { decideHold as holdDecision, gateEventOfGrades, gateEventOfPass, type HoldDecision } from '@jiapian/rules';
import { readHospitalSettings } from '../organization/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findGradesOfExam } from '../review/index.ts';
import { examAtGateOf } from './exam-at-gate.ts';
import { countReviewersPresent, findExamAtGate } from './exam-at-gate.repository.ts';
import { findOpening } from './gate-opening.repository.ts';
import { readHoldPolicy } from './hold-policy.ts';
import { moveGate, type GateHold } from './move-gate.ts';
import { PRESENCE_MS, reviewerRoles } from './reviewer-roles.ts';

export interface DecidedHold {
  decision: HoldDecision;
  policyVersion: number;
  escalateMinutes: number;
}

/** What the hold policy says of an exam now; null when there is no such exam. */
export const holdDecisionFor = async (unit: UnitOfWork, examId: string, at: Date): Promise<DecidedHold | null> => {
  const row = await findExamAtGate(unit, examId, at);
  if (!row) return null;
  const { version, policy } = await readHoldPolicy(unit);
  const settings = await readHospitalSettings(unit);
  const since = new Date(at.getTime() - PRESENCE_MS);
  const present = await countReviewersPresent(unit, since, reviewerRoles);
  const gate = { isOpen: (await findOpening(unit)) !== undefined, hospitalHoldMinutes: settings.holdMinutes };
  return {
    decision: holdDecision(policy, examAtGateOf(row, present), gate),
    policyVersion: version,
    escalateMinutes: policy.escalateMinutes,
  };
};

const MINUTE_MS = 60_000;

/** The clock of a hold; a short one calls a substitute at half time. */
export const holdOf = ({ decision, policyVersion, escalateMinutes }: DecidedHold, at: Date): GateHold => {
  const holdMs = decision.kind === 'hold' ? decision.holdMs : 0;
  const leadMs = Math.min(escalateMinutes * MINUTE_MS, holdMs / 2);
  return {
    until: new Date(at.getTime() + holdMs),
    escalateAt: new Date(at.getTime() + holdMs - leadMs),
    mode: decision.kind === 'hold' ? decision.mode : 'until-graded',
    ruleName: decision.rule,
    policyVersion,
  };
};

/** A complete exam arrives at the gate: held with a clock, or let through because it must not wait. */
export const decideHold = async (unit: UnitOfWork, clock: Clock, examId: string): Promise<void> => {
  const at = clock.now();
  const decided = await holdDecisionFor(unit, examId, at);
  if (decided === null) return;
  const { decision, policyVersion } = decided;
  await moveGate(unit, { examId, event: 'reopened', at });
  const facts = { rule: decision.rule, policyVersion };
  if (decision.kind === 'pass') {
    const event = gateEventOfPass(decision.because);
    await moveGate(unit, { examId, event, at, reason: decision.because, facts });
    return;
  }
  await moveGate(unit, {
    examId,
    event: 'held',
    at,
    hold: holdOf(decided, at),
    facts: { ...facts, mode: decision.mode },
  });
  // An exam without a film has nothing to read; one whose late object made no film is graded already.
  const event = gateEventOfGrades(await findGradesOfExam(unit, examId));
  if (event !== null) await moveGate(unit, { examId, event, at });
};
