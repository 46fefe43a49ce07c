import { decideHold, type ExamAtGate, type PassReason } from './hold-policy.ts';
import type { HoldMode, HoldPolicy } from './hold-rule.ts';

/** One exam as it went through the department; moments in ms since 1970 UTC. */
export interface PastExam extends ExamAtGate {
  readonly examId: string;
  readonly readyMs: number;
  /** When its last film was graded; null while one is unread. */
  readonly gradedMs: number | null;
}

/** What the policy would have made of it. */
export type SimulatedHold =
  | { readonly examId: string; readonly rule: string; readonly because: PassReason }
  | {
      readonly examId: string;
      readonly rule: string;
      readonly mode: HoldMode;
      /** From ready to graded or to the end of the clock, whichever came first, in ms. */
      readonly heldMs: number;
      readonly isUnread: boolean;
    };

/**
 * What would have been held, and for how long, had this policy ruled: each exam by itself, read when it was read. A gate
 * that opens by itself is left out, so the figures are the longest waits, not the shortest.
 */
export const simulateHold = (
  policy: HoldPolicy,
  exams: readonly PastExam[],
  hospitalHoldMinutes: number,
): SimulatedHold[] =>
  exams.map((exam) => {
    const decision = decideHold(policy, exam, { isOpen: false, hospitalHoldMinutes });
    const { examId } = exam;
    if (decision.kind === 'pass') return { examId, rule: decision.rule, because: decision.because };
    const waitedMs = exam.gradedMs === null ? Infinity : Math.max(0, exam.gradedMs - exam.readyMs);
    const isUnread = waitedMs >= decision.holdMs;
    const heldMs = isUnread ? decision.holdMs : waitedMs;
    return { examId, rule: decision.rule, mode: decision.mode, heldMs, isUnread };
  });
