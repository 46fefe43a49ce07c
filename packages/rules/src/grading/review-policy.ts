import { everyFilm, type SamplingPlan } from '../sampling/sampling-plan.ts';
import type { RollUpRule } from './exam-grade.ts';
import type { DisagreementLimits } from './review-task.ts';

/** How a department reviews, as versioned data; every number is the hospital's. */
export interface ReviewPolicy {
  readonly sampling: SamplingPlan;
  readonly doubleReading: {
    /** Share of graded films (0 … 1) that a second reader sees, fully blind. */
    readonly secondShare: number;
    /** Share that is shown to the same reader again. */
    readonly repeatShare: number;
  };
  readonly arbitration: DisagreementLimits;
  readonly appealWindowDays: number;
  /** Whether 甲 may be given to a list at once. */
  readonly isBulkAllowed: boolean;
  readonly rollUp: RollUpRule;
  /** Films a person must have before their rate is compared with the group. */
  readonly minimumCount: number;
}

/** The policy a hospital starts with: every film, 5 % read twice, 5 % shown again; product defaults [PD], no standard. */
export const defaultReviewPolicy: ReviewPolicy = {
  sampling: everyFilm,
  doubleReading: { secondShare: 0.05, repeatShare: 0.05 },
  arbitration: { gradeSteps: 2, points: 10 },
  appealWindowDays: 7,
  isBulkAllowed: true,
  rollUp: 'worst',
  minimumCount: 20,
};
