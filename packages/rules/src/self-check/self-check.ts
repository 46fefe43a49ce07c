import type { Grade, TransitionTable } from '@jiapian/kernel';

/** What a technologist says of a film at once: it will do, doubtful, or to be repeated. No grade. */
export const checkVerdicts = ['fit', 'doubtful', 'repeat'] as const;
/** One such word. */
export type CheckVerdict = (typeof checkVerdicts)[number];

/** `self` of the own film (自评), `cross` of a colleague's from another shift (互评). */
export const checkKinds = ['self', 'cross'] as const;
/** One kind of check. */
export type CheckKind = (typeof checkKinds)[number];

/** `open` waits for the colleague; `done` was checked; `lapsed` nobody came in time. */
export const crossCheckStates = ['open', 'done', 'lapsed'] as const;
/** One state of a drawn cross-check. */
export type CrossCheckState = (typeof crossCheckStates)[number];
/** What can happen to a drawn cross-check. */
export const crossCheckEvents = ['checked', 'time-passed'] as const;
/** One event of a drawn cross-check. */
export type CrossCheckEvent = (typeof crossCheckEvents)[number];

/** The life of a cross-check (互评) that was drawn for a colleague. */
export const crossCheckTable: TransitionTable<CrossCheckState, CrossCheckEvent> = Object.freeze({
  open: Object.freeze({ checked: 'done', 'time-passed': 'lapsed' }),
  done: Object.freeze({}),
  lapsed: Object.freeze({}),
});

/**
 * The leader's grade in the three words of a check, to compare the two: 甲 and 乙 will do, 丙 is doubtful, 废 is to be
 * repeated. A comparison for training, never the other way round: no check becomes a grade. [PD]
 */
export const verdictOfGrade = (grade: Grade): CheckVerdict => {
  if (grade === 'reject') return 'repeat';
  return grade === 'C' ? 'doubtful' : 'fit';
};

/** Whether a word needs its reason: everything but `fit`. */
export const needsCheckReason = (verdict: CheckVerdict): boolean => verdict !== 'fit';
