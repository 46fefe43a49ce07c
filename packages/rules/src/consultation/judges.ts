import type { Grade } from '@jiapian/kernel';

/** Senior staff who judge apart, at least; the chair is one of them. [PD] */
export const leastJudges = 2;
/** More would not sit together. [PD] */
export const mostJudges = 9;

/** What is known of a person who may judge in a consultation. */
export interface JudgeFacts {
  /** Took a film of it, or a trainee did whose films count for them. */
  readonly isOwnFilm: boolean;
  /** Asked for the consultation, or appealed. */
  readonly hasAsked: boolean;
  /** Gave a grade to a film of it before. */
  readonly hasRead: boolean;
}

/** Why a person can't judge in a consultation. */
export type JudgeRefusal = 'own-film' | 'asked' | 'read-before';

/**
 * Why this person can't be a judge or the chair, first that applies, or null: nobody judges an own film, an own
 * request, or a film they have graded before (本人不参加本人片、本人提请的会诊).
 */
export const judgeRefusal = ({ isOwnFilm, hasAsked, hasRead }: JudgeFacts): JudgeRefusal | null => {
  if (isOwnFilm) return 'own-film';
  if (hasAsked) return 'asked';
  return hasRead ? 'read-before' : null;
};

/** Why a list of judges can't sit. */
export type BenchRefusal = 'too-few' | 'too-many' | 'chair-not-judge';

/** Whether these people can sit: from 2 to 9 different ones, both inside, and the chair is one of them. */
export const benchRefusal = (judges: readonly string[], chair: string): BenchRefusal | null => {
  const people = new Set(judges);
  if (people.size < leastJudges) return 'too-few';
  if (people.size > mostJudges) return 'too-many';
  return people.has(chair) ? null : 'chair-not-judge';
};

/** Whether every judge has given an opinion on every film; without a judge or a film, never. */
export const areAllJudged = (judges: number, films: number, opinions: number): boolean =>
  judges > 0 && films > 0 && opinions >= judges * films;

/** Whether the chair must say why: no judge gave the grade that is to be signed. */
export const needsChairReason = (signed: Grade, opinions: readonly Grade[]): boolean => !opinions.includes(signed);
