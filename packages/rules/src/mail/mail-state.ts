import type { TransitionTable } from '@jiapian/kernel';

/** `waiting` for its next attempt; `sent` the server took it; `failed` a person must look. */
export const mailStates = ['waiting', 'sent', 'failed'] as const;
/** One state of a mail. */
export type MailState = (typeof mailStates)[number];
/** What can happen to a mail; `put-off` is an attempt that may go better later. */
export const mailEvents = ['taken', 'put-off', 'given-up', 'asked-again'] as const;
/** One event of a mail. */
export type MailEvent = (typeof mailEvents)[number];

/** The way of a mail out of the house. */
export const mailTable: TransitionTable<MailState, MailEvent> = Object.freeze({
  waiting: Object.freeze({ taken: 'sent', 'put-off': 'waiting', 'given-up': 'failed' }),
  sent: Object.freeze({}),
  failed: Object.freeze({ 'asked-again': 'waiting' }),
});

/** SMTP replies from here on are final: the same mail would be refused again. [RFC 5321 section 4.2.1] */
const finalReply = { from: 500 } as const;

/** What an attempt that did not succeed means: the reply of the server, if it gave one, and how many were made. */
export const mailEventAfter = (
  reply: number | undefined,
  failedAttempts: number,
  maxAttempts: number,
): 'put-off' | 'given-up' =>
  (reply !== undefined && reply >= finalReply.from) || failedAttempts >= maxAttempts ? 'given-up' : 'put-off';
