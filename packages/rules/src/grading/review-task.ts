import type { Grade } from '@jiapian/kernel';
import { DAY_MS, grades, type TransitionTable } from '@jiapian/kernel';

/**
 * Readings beside the first: `second` another reader, blind; `repeat` the same reader again; `arbitration` a third one
 * settles (仲裁); `appeal` somebody who cannot see the first decides on the technologist's appeal (申诉).
 */
export const reviewTaskKinds = ['second', 'repeat', 'arbitration', 'appeal'] as const;
/** One kind of reading beside the first. */
export type ReviewTaskKind = (typeof reviewTaskKinds)[number];

/** `open` waits for its reader; `done` was read; `void` the grade it is about was withdrawn, or the appeal was. */
export const reviewTaskStates = ['open', 'done', 'void'] as const;
/** One state of a task. */
export type ReviewTaskState = (typeof reviewTaskStates)[number];
/** What can happen to a task. */
export const reviewTaskEvents = ['read', 'dropped'] as const;
/** One event of a task. */
export type ReviewTaskEvent = (typeof reviewTaskEvents)[number];

/** The life of a second reading, a repeat, an arbitration or an appeal's reading. */
export const reviewTaskTable: TransitionTable<ReviewTaskState, ReviewTaskEvent> = Object.freeze({
  open: Object.freeze({ read: 'done', dropped: 'void' }),
  done: Object.freeze({}),
  void: Object.freeze({}),
});

/** `open` waits for the second reader; `upheld` the grade stays; `changed` it follows; `withdrawn` taken back. */
export const appealStates = ['open', 'upheld', 'changed', 'withdrawn'] as const;
/** One state of an appeal. */
export type AppealState = (typeof appealStates)[number];
/** What can happen to an appeal. */
export const appealEvents = ['same-result', 'other-result', 'taken-back'] as const;
/** One event of an appeal. */
export type AppealEvent = (typeof appealEvents)[number];

/** The life of an appeal (申诉); what was decided stays decided. */
export const appealTable: TransitionTable<AppealState, AppealEvent> = Object.freeze({
  open: Object.freeze({ 'same-result': 'upheld', 'other-result': 'changed', 'taken-back': 'withdrawn' }),
  upheld: Object.freeze({}),
  changed: Object.freeze({}),
  withdrawn: Object.freeze({}),
});

/** What two readings of one film are compared by. */
export interface ComparedReading {
  readonly grade: Grade;
  readonly score: number;
  readonly isVetoed: boolean;
}

/** From where on two readings need a third; numbers of the hospital's policy. */
export interface DisagreementLimits {
  /** Grades apart, inside: 2 means 甲 against 丙. [PD] */
  readonly gradeSteps: number;
  /** Points apart, outside: 10 means 11 and more. [PD] */
  readonly points: number;
}

/** Why two readings need a third. */
export type Disagreement = 'grade' | 'points' | 'veto';

/** Why a third reader must settle two readings; empty when they agree well enough. The order of the two is no matter. */
export const disagreementsOf = (
  one: ComparedReading,
  other: ComparedReading,
  limits: DisagreementLimits,
): readonly Disagreement[] => {
  const apart = Math.abs(grades.indexOf(one.grade) - grades.indexOf(other.grade));
  return [
    ...(apart >= limits.gradeSteps ? (['grade'] as const) : []),
    ...(Math.abs(one.score - other.score) > limits.points ? (['points'] as const) : []),
    ...(one.isVetoed !== other.isVetoed ? (['veto'] as const) : []),
  ];
};

/** Days until a film is shown to the same reader again; sooner, it is remembered. [PD] */
export const repeatAfterDays = 7;

/** Until when a grade may be appealed; the last moment is inside. */
export const appealEndsAt = (gradedAt: Date, windowDays: number): Date =>
  new Date(gradedAt.getTime() + windowDays * DAY_MS);
