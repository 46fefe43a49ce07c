import { stricterGrade, type Grade } from '@jiapian/kernel';
import type { GradeBound } from './standard.ts';

/** How several films make one exam grade: the worst of them, or the mean of their scores. */
export const rollUpRules = ['worst', 'weighted'] as const;
/** One rule of rolling up. */
export type RollUpRule = (typeof rollUpRules)[number];

/** One graded film of an exam. */
export interface FilmOfExam {
  readonly grade: Grade;
  /** 0 … 100. */
  readonly score: number;
  /** How much it counts; a film of the asked view may count more than an extra one. */
  readonly weight: number;
}

/**
 * The grade of an exam from its films, or null while none is graded. `worst`: the strictest grade. `weighted`: the mean
 * score by weight, put on the scale of the standard; a 废 film can be outweighed in points but never hidden: the exam is
 * then 丙 at best. [PD]
 */
export const examGradeOf = (
  films: readonly FilmOfExam[],
  rule: RollUpRule,
  scale: readonly GradeBound[],
): Grade | null => {
  const worst = films
    .map(({ grade }) => grade)
    .reduce<Grade | null>((one, other) => (one === null ? other : stricterGrade(one, other)), null);
  if (worst === null || rule === 'worst') return worst;
  const weight = films.reduce((sum, film) => sum + film.weight, 0);
  if (weight === 0) return worst;
  const score = films.reduce((sum, film) => sum + film.score * film.weight, 0) / weight;
  const byScore = scale.find((bound) => score >= bound.atLeast)?.grade ?? 'reject';
  return worst === 'reject' ? stricterGrade(byScore, 'C') : byScore;
};
