import { transition } from '@jiapian/kernel';
import {
  gateTable,
  releaseReasonOf,
  type GateEvent,
  type GateState,
  type HoldMode,
  type ReleaseReason,
} from '@jiapian/rules';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { queueForwards } from './forward.repository.ts';
import { lockGate, updateGate } from './gate.repository.ts';

export interface GateHold {
  until: Date;
  escalateAt: Date;
  mode: HoldMode;
  ruleName: string;
  policyVersion: number;
}

export interface GateMove {
  examId: string;
  event: GateEvent;
  at: Date;
  /** Its clock; only with an event that holds it anew. */
  hold?: GateHold;
  /** Why it is let through, where the event does not say so or says too little. */
  reason?: ReleaseReason;
  by?: string | null;
  facts?: Record<string, unknown>;
}

/**
 * Moves the gate by one event of its table and does what follows: a released exam is queued for every destination.
 * An event that the table does not know in this state changes nothing; the answer is the state after it.
 */
export const moveGate = async (unit: UnitOfWork, move: GateMove): Promise<GateState> => {
  const gate = await lockGate(unit, move.examId);
  const next = transition(gateTable, gate.state, move.event);
  if (!next.ok || next.value === gate.state) return gate.state;
  const releaseReason = move.reason ?? releaseReasonOf(move.event);
  const isRelease = next.value === 'released';
  await updateGate(unit, move.examId, {
    state: next.value,
    ...(next.value === 'held' && {
      held_at: move.at,
      ...(move.hold && holdColumns(move.hold)),
      released_at: null,
      release_reason: null,
      released_by: null,
    }),
    ...(isRelease && { released_at: move.at, release_reason: releaseReason, released_by: move.by ?? null }),
  });
  const event = isRelease ? 'gate.released' : `gate.${next.value}`;
  const facts = { because: move.event, ...(isRelease && { reason: releaseReason }), ...move.facts };
  const { examId, at, by = null } = move;
  await recordExamEvent(unit, { examId, at, event, facts, accountId: by });
  if (isRelease) {
    await queueForwards(unit, move.examId, move.at);
    await unit.emit({ name: 'exam.released', payload: { examId: move.examId } });
  }
  return next.value;
};

const holdColumns = (hold: GateHold) => ({
  hold_until: hold.until,
  escalate_at: hold.escalateAt,
  escalated_at: null,
  escalated_to: null,
  hold_mode: hold.mode,
  rule_name: hold.ruleName,
  policy_version: hold.policyVersion,
});
