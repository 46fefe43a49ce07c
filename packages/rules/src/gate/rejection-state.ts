import type { TransitionTable } from '@jiapian/kernel';

/**
 * A rejection on its way to one archive. `sent` the archive has the note, its effect is not known yet; `hidden` a
 * search no longer finds the objects; `visible` it still does, so a person must act; `task` the archive does not
 * understand notes, a person must act; `done` a person has acted; `taken-back` the rejection does not hold any more.
 */
export const rejectionStates = [
  'queued',
  'sending',
  'failed',
  'refused',
  'sent',
  'hidden',
  'visible',
  'task',
  'done',
  'taken-back',
] as const;
/** One state of a rejection at one archive. */
export type RejectionState = (typeof rejectionStates)[number];

/** What can happen to it. */
export const rejectionEvents = [
  'taken',
  'accepted',
  'failed',
  'refused',
  'interrupted',
  'retried',
  'seen-hidden',
  'seen-visible',
  'done-by-hand',
  'taken-back',
] as const;
/** One event of a rejection at one archive. */
export type RejectionEvent = (typeof rejectionEvents)[number];

/** A note may be sent twice (its effect is the same), never lost: what was interrupted is queued again. */
export const rejectionTable: TransitionTable<RejectionState, RejectionEvent> = Object.freeze({
  queued: Object.freeze({ taken: 'sending', 'taken-back': 'taken-back' }),
  sending: Object.freeze({
    accepted: 'sent',
    failed: 'failed',
    refused: 'refused',
    interrupted: 'queued',
    'taken-back': 'taken-back',
  }),
  failed: Object.freeze({ taken: 'sending', retried: 'queued', 'done-by-hand': 'done', 'taken-back': 'taken-back' }),
  refused: Object.freeze({ retried: 'queued', 'done-by-hand': 'done', 'taken-back': 'taken-back' }),
  sent: Object.freeze({
    'seen-hidden': 'hidden',
    'seen-visible': 'visible',
    'done-by-hand': 'done',
    'taken-back': 'taken-back',
  }),
  hidden: Object.freeze({ 'seen-visible': 'visible', 'taken-back': 'taken-back' }),
  visible: Object.freeze({
    'seen-hidden': 'hidden',
    retried: 'queued',
    'done-by-hand': 'done',
    'taken-back': 'taken-back',
  }),
  task: Object.freeze({ 'done-by-hand': 'done', 'taken-back': 'taken-back' }),
  done: Object.freeze({ 'taken-back': 'taken-back' }),
  'taken-back': Object.freeze({}),
});

/** States in which the archive may know of the rejection, so that an undo must reach it too. */
export const rejectionStatesInEffect: readonly RejectionState[] = ['sending', 'sent', 'hidden', 'visible', 'done'];

/** States in which a person has to do something at the archive. */
export const rejectionStatesForAPerson: readonly RejectionState[] = ['refused', 'visible', 'task'];
