import { grades, type Grade } from '@jiapian/kernel';

/** Grade and defects of a film, as answered or as the teaching file has them. */
export interface QuizAnswer {
  readonly grade: Grade;
  readonly defects: readonly string[];
}

/** How an answer compares with the reference; each list in the order of its source. */
export interface QuizResult {
  readonly found: readonly string[];
  readonly missed: readonly string[];
  readonly extra: readonly string[];
  /** 0 to 100; a training figure, never for pay. */
  readonly points: number;
}

/** Half of the points are for the grade, half for the defects; a grade one step off is half right. [PD] */
const gradePoints = { right: 50, oneOff: 25 } as const;
const defectPoints = { all: 50 } as const;

/**
 * Compares an answer with the reference: the grade, and of all defects that either names the share that both do.
 * A film without defects that was answered without defects has all of them right.
 */
export const quizResultOf = (answer: QuizAnswer, reference: QuizAnswer): QuizResult => {
  const [given, wanted] = [new Set(answer.defects), new Set(reference.defects)];
  const found = [...wanted].filter((code) => given.has(code));
  const missed = [...wanted].filter((code) => !given.has(code));
  const extra = [...given].filter((code) => !wanted.has(code));
  const named = found.length + missed.length + extra.length;
  const apart = Math.abs(grades.indexOf(answer.grade) - grades.indexOf(reference.grade));
  const forGrade = apart === 0 ? gradePoints.right : apart === 1 ? gradePoints.oneOff : 0;
  const forDefects = named === 0 ? defectPoints.all : (defectPoints.all * found.length) / named;
  return { found, missed, extra, points: Math.round(forGrade + forDefects) };
};
