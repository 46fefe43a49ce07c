import type { TransitionTable } from '@jiapian/kernel';

/**
 * `unconfirmed` the peer said yes and nothing has proven it yet; `failed` is tried again by itself; `refused` (the peer said no) and `parked` (all attempts are spent) wait for a
 * person; `cancelled` is not to be sent any more.
 */
export const forwardStates = [
  'queued',
  'sending',
  'unconfirmed',
  'sent',
  'failed',
  'refused',
  'parked',
  'cancelled',
] as const;
/** One state of an object on its way. */
export type ForwardState = (typeof forwardStates)[number];

/** What can happen to an object on its way. */
export const forwardEvents = [
  'taken',
  'accepted',
  /** The peer said yes, where its word is not enough. */
  'taken-in',
  /** The archive committed to it, or a search found it. */
  'confirmed',
  /** The archive said yes and does not have it. */
  'lost',
  'failed',
  'refused',
  'attempts-spent',
  /** The process ended in the middle; nobody knows whether the peer has the object, so it is sent again. */
  'interrupted',
  /** A person asks for another round. */
  'retried',
  /** The film became 废 before it left. */
  'cancelled',
  /** The archive has hidden it on our word, and the word was taken back. */
  'resent',
] as const;
/** One event of an object on its way. */
export type ForwardEvent = (typeof forwardEvents)[number];

/** One object on its way to one destination. */
export const forwardTable: TransitionTable<ForwardState, ForwardEvent> = Object.freeze({
  queued: Object.freeze({ taken: 'sending', cancelled: 'cancelled' }),
  sending: Object.freeze({
    accepted: 'sent',
    'taken-in': 'unconfirmed',
    failed: 'failed',
    refused: 'refused',
    'attempts-spent': 'parked',
    interrupted: 'queued',
  }),
  unconfirmed: Object.freeze({ confirmed: 'sent', lost: 'failed' }),
  sent: Object.freeze({ resent: 'queued' }),
  failed: Object.freeze({ taken: 'sending', retried: 'queued', cancelled: 'cancelled' }),
  refused: Object.freeze({ retried: 'queued', cancelled: 'cancelled' }),
  parked: Object.freeze({ retried: 'queued', cancelled: 'cancelled' }),
  cancelled: Object.freeze({ retried: 'queued' }),
});

/** States in which an object goes no further until a person acts. */
export const forwardStatesForAPerson: readonly ForwardState[] = ['refused', 'parked'];

/** States in which a sender may take the object once its next attempt is due. */
export const forwardStatesToTake: readonly ForwardState[] = ['queued', 'failed'];

/** How often an archive is searched for an object before it counts as lost. [PD] */
export const forwardChecksMax = 3;
