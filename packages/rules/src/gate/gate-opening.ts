import type { OpeningRules } from './hold-rule.ts';

/** Why the gate opened by itself. */
export const openingReasons = ['reviewers-absent', 'degraded', 'queue-full'] as const;
/** One reason why the gate opened by itself. */
export type OpeningReason = (typeof openingReasons)[number];

/** What the department looks like now; moments in ms since 1970 UTC. */
export interface DepartmentNow {
  readonly nowMs: number;
  /** When a reviewer was last seen at work; null: never. */
  readonly reviewerSeenMs: number | null;
  /** Exams whose clock ran out unread since a reviewer was last seen. */
  readonly leftUnread: number;
  readonly held: number;
  readonly isDegraded: boolean;
}

const millisecondsPerMinute = 60_000;

/**
 * Why the gate must be open now, or null. Absence needs evidence: nobody was seen for the time set (its border inside)
 * and an exam has already left unread; so the first exam of the night waits its clock, and the next ones do not wait in
 * vain. The limit of held exams is inside what is allowed.
 */
export const mustOpen = (rules: OpeningRules, now: DepartmentNow): OpeningReason | null => {
  if (rules.whenDegraded && now.isDegraded) return 'degraded';
  if (rules.heldMax !== null && now.held > rules.heldMax) return 'queue-full';
  if (rules.absentMinutes === null || now.leftUnread === 0) return null;
  const absentMs = rules.absentMinutes * millisecondsPerMinute;
  const isAbsent = now.reviewerSeenMs === null || now.nowMs - now.reviewerSeenMs >= absentMs;
  return isAbsent ? 'reviewers-absent' : null;
};

/** Whether an open gate may close: its reason is gone, and it has been open for the least time. */
export const mayClose = (rules: OpeningRules, openedMs: number, now: DepartmentNow): boolean =>
  now.nowMs - openedMs >= rules.atLeastMinutes * millisecondsPerMinute && mustOpen(rules, now) === null;
