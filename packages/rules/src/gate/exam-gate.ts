import type { TransitionTable } from '@jiapian/kernel';
import type { PassReason } from './hold-policy.ts';

/** `none` not at the gate yet; `held` waits for its grades; `released` may leave; `returned` every film is 废. */
export const gateStates = ['none', 'held', 'released', 'returned'] as const;
/** One state of the gate. */
export type GateState = (typeof gateStates)[number];

/** What can happen at the gate. */
export const gateEvents = [
  /** The exam is ready and the hold policy holds it. */
  'held',
  /** Emergency: the device's class, or a person's word. Never held, or no longer. */
  'emergency',
  /** Nobody has named the device yet; nothing it sends is ever held. */
  'unnamed-device',
  /** Every film has a grade and at least one of them may leave. */
  'all-graded',
  /** Every film has a grade and each is 废. */
  'all-rejected',
  /** The hold time is up and a film is still unread: it leaves as 漏评. */
  'clock-ran-out',
  /** A person lets it go, with a reason. */
  'let-go',
  /** A grade was withdrawn, so that not every film has one any more. */
  'grade-withdrawn',
  /** Later objects arrived and the exam became ready again. */
  'reopened',
  /** The policy lets it through, and says why. */
  'passed',
  /** Held only until the automatic checks had run, and they found nothing. */
  'findings-clear',
  /** The gate opened by itself: nobody is there to read, the system is degraded, or too much is held. */
  'gate-opened',
] as const;
/** One event at the gate. */
export type GateEvent = (typeof gateEvents)[number];

/**
 * The gate of one exam between grading and PACS (放行闸门).
 *
 * What has left cannot be called back by the gate: a grade withdrawn or given after the release leaves the exam
 * `released`, and a film that turns out 废 is told to the PACS by a rejection note. Only `reopened` takes a released
 * exam back, because objects have come that have not left yet; those that have are not sent a second time.
 */
export const gateTable: TransitionTable<GateState, GateEvent> = Object.freeze({
  none: Object.freeze({ held: 'held', emergency: 'released', 'unnamed-device': 'released', passed: 'released' }),
  held: Object.freeze({
    emergency: 'released',
    'all-graded': 'released',
    'all-rejected': 'returned',
    'clock-ran-out': 'released',
    'let-go': 'released',
    'grade-withdrawn': 'held',
    reopened: 'held',
    'findings-clear': 'released',
    'gate-opened': 'released',
  }),
  released: Object.freeze({
    'all-graded': 'released',
    'all-rejected': 'released',
    'grade-withdrawn': 'released',
    reopened: 'none',
  }),
  returned: Object.freeze({ 'all-graded': 'released', 'grade-withdrawn': 'held', reopened: 'none' }),
});

/**
 * Why an exam left: every film graded, 漏评, a person's word, nothing found, a gate that opened by itself, or one of the
 * reasons for which it was not held at all.
 */
export const releaseReasons = [
  'graded',
  'missed',
  'emergency',
  'unnamed-device',
  'by-person',
  'findings-clear',
  'gate-open',
  'icu',
  'intraoperative',
  'copy',
  'review-afterwards',
  'not-sampled',
] as const;
/** One reason of a release. */
export type ReleaseReason = (typeof releaseReasons)[number];

const reasonOfEvent: Readonly<Partial<Record<GateEvent, ReleaseReason>>> = {
  'all-graded': 'graded',
  'clock-ran-out': 'missed',
  emergency: 'emergency',
  'unnamed-device': 'unnamed-device',
  'let-go': 'by-person',
  'findings-clear': 'findings-clear',
  'gate-opened': 'gate-open',
};

/** The event with which the gate lets an exam through that is not held. */
export const gateEventOfPass = (because: PassReason): GateEvent =>
  because === 'emergency' || because === 'unnamed-device' ? because : 'passed';

/** Why an exam left, from the event that opened the gate; null for an event that opens nothing or does not say why. */
export const releaseReasonOf = (event: GateEvent): ReleaseReason | null => reasonOfEvent[event] ?? null;

/**
 * Which event the grades of an exam amount to, or null while a film is still unread. An exam without a film has
 * nothing to read and counts as graded.
 */
export const gateEventOfGrades = (films: readonly { readonly grade: string | null }[]): GateEvent | null => {
  if (films.some((film) => film.grade === null)) return null;
  return films.length > 0 && films.every((film) => film.grade === 'reject') ? 'all-rejected' : 'all-graded';
};
