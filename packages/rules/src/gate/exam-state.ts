import type { TransitionTable } from '@jiapian/kernel';

/** `receiving` objects are still coming; `ready` the exam may be reviewed. */
export const examStates = ['receiving', 'ready'] as const;
/** One state of an exam in the register. */
export type ExamState = (typeof examStates)[number];

/**
 * `object-arrived` a new object was registered; `quiet-period-passed` nothing more came for a while;
 * `ended` the modality or a person said that the exam is complete.
 */
export const examEvents = ['object-arrived', 'quiet-period-passed', 'ended'] as const;
/** One event of an exam in the register. */
export type ExamEvent = (typeof examEvents)[number];

/**
 * Whether an exam is complete enough to be reviewed. An object that arrives at a ready exam takes it back to
 * `receiving`: the exam is reopened, and `isReopening` says so, so that it is shown.
 */
export const examTable: TransitionTable<ExamState, ExamEvent> = Object.freeze({
  receiving: Object.freeze({ 'object-arrived': 'receiving', 'quiet-period-passed': 'ready', ended: 'ready' }),
  ready: Object.freeze({ 'object-arrived': 'receiving' }),
});

/** Whether this event takes a ready exam back, which people must see. */
export const isReopening = (state: ExamState, event: ExamEvent): boolean =>
  state === 'ready' && event === 'object-arrived';

/** How long nothing must arrive before an exam counts as complete: 60 s, product default [PD], unverified. */
export const defaultQuietPeriodMs = 60_000;
