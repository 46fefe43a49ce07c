import type { TransitionTable } from '@jiapian/kernel';

/**
 * `requested` waits for its files; `failed` no file, or one that still names the patient; `prepared` the check found
 * nothing and a person must look; `confirmed` may enter collections; `refused` is not for teaching.
 */
export const teachingCaseStates = ['requested', 'failed', 'prepared', 'confirmed', 'refused'] as const;
/** One state of a teaching case. */
export type TeachingCaseState = (typeof teachingCaseStates)[number];
/** What can happen to a teaching case; `asked-again` prepares it anew, with other rectangles for example. */
export const teachingCaseEvents = ['checked-clean', 'check-failed', 'asked-again', 'confirmed', 'refused'] as const;
/** One event of a teaching case. */
export type TeachingCaseEvent = (typeof teachingCaseEvents)[number];

/** The way of a film into the teaching file: the check of the program first, and then a person's eyes. */
export const teachingCaseTable: TransitionTable<TeachingCaseState, TeachingCaseEvent> = Object.freeze({
  requested: Object.freeze({ 'checked-clean': 'prepared', 'check-failed': 'failed', refused: 'refused' }),
  failed: Object.freeze({ 'asked-again': 'requested', refused: 'refused' }),
  prepared: Object.freeze({ 'asked-again': 'requested', confirmed: 'confirmed', refused: 'refused' }),
  confirmed: Object.freeze({ refused: 'refused' }),
  refused: Object.freeze({ 'asked-again': 'requested' }),
});
