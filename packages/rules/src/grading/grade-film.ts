import { AppError, grades, stricterGrade, type Grade } from '@jiapian/kernel';
import { unknownMark, type Mark } from './mark.ts';
import type { DeductionItem, ReviewStandard } from './standard.ts';

/** The three rules of which the strictest decides. */
export type GradingRule = 'score' | 'cap' | 'conditions';

/** A condition that is not met, and the first of the three grounds that says so. */
export interface ConditionNotMet {
  readonly condition: string;
  readonly because: 'points' | 'cap' | 'reader';
}

/** What the standard makes of a score sheet; the three rules stand side by side so that the sheet can show all. */
export interface GradeOutcome {
  readonly score: number;
  readonly byScore: Grade;
  /** The strictest cap and the item that set it; null when no marked item caps. */
  readonly byCap: { readonly grade: Grade; readonly because: string } | null;
  readonly byConditions: { readonly grade: Grade; readonly notMet: readonly ConditionNotMet[] };
  readonly grade: Grade;
  readonly decidedBy: GradingRule;
  /** The other rules that come to the same grade. */
  readonly agreeing: readonly GradingRule[];
  /** Points lost per condition code; every condition of the standard is present. */
  readonly deductedPerCondition: Readonly<Record<string, number>>;
  /** A veto item is marked: no reader may grade otherwise. */
  readonly isVetoed: boolean;
}

/**
 * Which grade the marked defects make: the strictest of score, cap and conditions not met.
 *
 * Score: the standard's start score less the points of each marked step, not below 0. An item marked twice counts once,
 * with its heavier step. Equal rules are named in the order score, cap, conditions. An empty sheet is 甲.
 * Throws REVIEW_MARK_UNKNOWN for a code, step or condition that the standard does not have.
 * Source: rule families S01 and S02 and the paper's conditions S00 (keys in sources.ts).
 */
export const gradeFilm = (
  standard: ReviewStandard,
  marks: readonly Mark[],
  conditionsDeclaredNotMet: readonly string[] = [],
): GradeOutcome => {
  const unknown = unknownMark(standard, marks, conditionsDeclaredNotMet);
  if (unknown !== null) throw new AppError('REVIEW_MARK_UNKNOWN', unknown);
  const marked = markedItems(standard, marks);
  const deductedPerCondition = pointsPerCondition(standard, marked);
  const deducted = Object.values(deductedPerCondition).reduce((sum, points) => sum + points, 0);
  const score = Math.max(0, standard.startScore - deducted);
  const notMet = conditionsNotMet(standard, marked, deductedPerCondition, conditionsDeclaredNotMet);

  const byScore = standard.scale.find((bound) => score >= bound.atLeast)?.grade ?? 'reject';
  const byCap = strictestCap(marked);
  const byConditions: GradeOutcome['byConditions'] = {
    grade: standard.conditionScale.find((bound) => notMet.length <= bound.atMostNotMet)?.grade ?? 'reject',
    notMet,
  };

  const verdicts: { rule: GradingRule; grade: Grade }[] = [
    { rule: 'score', grade: byScore },
    ...(byCap ? [{ rule: 'cap' as const, grade: byCap.grade }] : []),
    { rule: 'conditions', grade: byConditions.grade },
  ];
  const grade = verdicts.map((verdict) => verdict.grade).reduce(stricterGrade);
  const [decidedBy = 'score', ...agreeing] = verdicts
    .filter((verdict) => verdict.grade === grade)
    .map((verdict) => verdict.rule);
  const isVetoed = marked.some(({ item }) => item.veto === true);
  return { score, byScore, byCap, byConditions, grade, decidedBy, agreeing, deductedPerCondition, isVetoed };
};

interface MarkedItem {
  readonly item: DeductionItem;
  readonly points: number;
  readonly cap: Grade | null;
}

/** In catalogue order, whatever the order of the marks. */
const markedItems = (standard: ReviewStandard, marks: readonly Mark[]): MarkedItem[] => {
  const heaviest = new Map<string, number>();
  for (const { code, step } of marks) {
    heaviest.set(code, Math.max(step, heaviest.get(code) ?? step));
  }
  return standard.deductions.flatMap((item) => {
    const step = heaviest.get(item.code);
    return step === undefined ? [] : [{ item, points: item.steps[step - 1] ?? 0, cap: capOf(item, step) }];
  });
};

/** The best grade that a marked item leaves at this step, or null when it leaves all. */
export const capOf = (item: DeductionItem, step: number): Grade | null => {
  const atStep = item.capAtStep !== undefined && step >= item.capAtStep.step ? item.capAtStep.cap : null;
  if (item.cap === undefined) return atStep;
  return atStep === null ? item.cap : stricterGrade(item.cap, atStep);
};

const pointsPerCondition = (standard: ReviewStandard, marked: readonly MarkedItem[]): Record<string, number> =>
  Object.fromEntries(
    standard.conditions.map(({ code }) => [
      code,
      marked.filter(({ item }) => item.condition === code).reduce((sum, { points }) => sum + points, 0),
    ]),
  );

const strictestCap = (marked: readonly MarkedItem[]): GradeOutcome['byCap'] => {
  let strictest: GradeOutcome['byCap'] = null;
  for (const { item, cap } of marked) {
    if (cap !== null && (strictest === null || grades.indexOf(cap) > grades.indexOf(strictest.grade))) {
      strictest = { grade: cap, because: item.code };
    }
  }
  return strictest;
};

const conditionsNotMet = (
  standard: ReviewStandard,
  marked: readonly MarkedItem[],
  deducted: Readonly<Record<string, number>>,
  declared: readonly string[],
): ConditionNotMet[] =>
  standard.conditions.flatMap(({ code }): ConditionNotMet[] => {
    if ((deducted[code] ?? 0) >= standard.conditionFailPoints) return [{ condition: code, because: 'points' }];
    const isCapped = marked.some(({ item, cap }) => item.condition === code && cap !== null);
    if (isCapped) return [{ condition: code, because: 'cap' }];
    return declared.includes(code) ? [{ condition: code, because: 'reader' }] : [];
  });
