import type { TransitionTable } from '@jiapian/kernel';

/**
 * Where a consultation (会诊签发) stands: `asked` somebody asks for it; `judging` senior staff judge apart, nobody sees
 * another's opinion; `open` every opinion is there and shown to all of them; `signed` the chair has signed the outcome;
 * `declined` not taken up; `withdrawn` by whoever asked; `called-off` after it had begun.
 */
export const consultationStates = [
  'asked',
  'judging',
  'open',
  'signed',
  'declined',
  'withdrawn',
  'called-off',
] as const;
/** One state of a consultation. */
export type ConsultationState = (typeof consultationStates)[number];

/**
 * `convened` a chair and judges are named; `declined` with a reason; `taken-back` by whoever asked; `all-judged` the
 * last opinion is in; `signed` by the chair; `stopped` by a chair, with a reason.
 */
export const consultationEvents = ['convened', 'declined', 'taken-back', 'all-judged', 'signed', 'stopped'] as const;
/** One event of a consultation. */
export type ConsultationEvent = (typeof consultationEvents)[number];

/** The course of a consultation: opinions open only when all are given, and what was signed stays signed. */
export const consultationTable: TransitionTable<ConsultationState, ConsultationEvent> = Object.freeze({
  asked: Object.freeze({ convened: 'judging', declined: 'declined', 'taken-back': 'withdrawn' }),
  judging: Object.freeze({ 'all-judged': 'open', stopped: 'called-off' }),
  open: Object.freeze({ signed: 'signed', stopped: 'called-off' }),
  signed: Object.freeze({}),
  declined: Object.freeze({}),
  withdrawn: Object.freeze({}),
  'called-off': Object.freeze({}),
});
