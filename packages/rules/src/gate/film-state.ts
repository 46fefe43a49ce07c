import type { TransitionTable } from '@jiapian/kernel';

/**
 * 待评 waiting · 漏评 missed (left the department unread) · 已评 graded · 补评 late-reviewed (read after it had left) ·
 * 未抽中 not-sampled (a draw left it out: it need not be read, and was not forgotten).
 * Being read is not a state of the film but a lock on it, which can be lost without a trace.
 */
export const filmStates = ['waiting', 'missed', 'graded', 'late-reviewed', 'not-sampled'] as const;
/** One state of a film in the review queue. */
export type FilmState = (typeof filmStates)[number];

/**
 * `graded` a reading was saved; `withdrawn` the newest one was taken back; `left-unread` the exam left without a grade;
 * `not-drawn` a draw left it out; `called-in` somebody wants it read all the same.
 */
export const filmEvents = ['graded', 'withdrawn', 'left-unread', 'not-drawn', 'called-in'] as const;
/** One event of a film in the review queue. */
export type FilmEvent = (typeof filmEvents)[number];

/**
 * The life of one film in the review queue. A film that left unread stays in the queue. A grade may be given again
 * (readings are append-only, the newest counts) and withdrawn; whoever withdraws the grade of a film that has left
 * reports `left-unread` next, because it is unread now.
 */
export const filmTable: TransitionTable<FilmState, FilmEvent> = Object.freeze({
  waiting: Object.freeze({ graded: 'graded', 'left-unread': 'missed', 'not-drawn': 'not-sampled' }),
  missed: Object.freeze({ graded: 'late-reviewed', 'not-drawn': 'not-sampled' }),
  graded: Object.freeze({ graded: 'graded', withdrawn: 'waiting' }),
  'late-reviewed': Object.freeze({ graded: 'late-reviewed', withdrawn: 'missed' }),
  'not-sampled': Object.freeze({ graded: 'graded', 'called-in': 'waiting' }),
});

/** The two columns a film state is stored in: whether it has a grade or needs none, and whether it left unread. */
export interface FilmColumns {
  readonly state: 'waiting' | 'graded' | 'not-sampled';
  readonly isMissedReview: boolean;
}

/** How each film state is stored. */
export const filmColumnsOf: Readonly<Record<FilmState, FilmColumns>> = Object.freeze({
  waiting: { state: 'waiting', isMissedReview: false },
  missed: { state: 'waiting', isMissedReview: true },
  graded: { state: 'graded', isMissedReview: false },
  'late-reviewed': { state: 'graded', isMissedReview: true },
  'not-sampled': { state: 'not-sampled', isMissedReview: false },
});

/** The film state that two stored columns mean. */
export const filmStateOf = ({ state, isMissedReview }: FilmColumns): FilmState => {
  if (state === 'not-sampled') return 'not-sampled';
  if (state === 'graded') return isMissedReview ? 'late-reviewed' : 'graded';
  return isMissedReview ? 'missed' : 'waiting';
};
