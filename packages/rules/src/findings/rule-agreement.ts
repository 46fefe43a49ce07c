import { wilsonInterval } from '../statistics/wilson.ts';

/** What became of one hint, or of a defect nobody hinted at. */
export interface RuleOutcomes {
  /** The rule spoke and the reader agreed, in words or by marking the item. */
  readonly agreed: number;
  /** The rule spoke and the reader said no, in words or by grading without the item. */
  readonly rejected: number;
  /** The reader marked the item and the rule was silent. */
  readonly missed: number;
}

/** How far a rule can be trusted, and whether it goes on speaking. */
export interface RuleAgreement extends RuleOutcomes {
  /** Share of answered hints that were right; null when none was answered. */
  readonly precision: { readonly proportion: number; readonly lower: number; readonly upper: number } | null;
  /** Share of marked defects that were hinted at; null when none was marked. */
  readonly recall: { readonly proportion: number; readonly lower: number; readonly upper: number } | null;
  /** The rule no longer speaks: even the upper bound of its precision is below the limit. */
  readonly isSilenced: boolean;
}

/** Answered hints before a rule can silence itself [PD]. */
export const answersBeforeSilence = 20;
/** A rule that is wrong more often than this leaves the screen [PD]. */
export const leastPrecision = 0.5;

/** How machine and readers agree on one version of one rule, and whether it goes on speaking. */
export const ruleAgreementOf = (outcomes: RuleOutcomes): RuleAgreement => {
  const { agreed, rejected, missed } = outcomes;
  const answered = agreed + rejected;
  const precision = wilsonInterval(agreed, answered);
  const isSilenced = answered >= answersBeforeSilence && precision !== null && precision.upper < leastPrecision;
  return { agreed, rejected, missed, precision, recall: wilsonInterval(agreed, agreed + missed), isSilenced };
};
