import type { Grade } from '@jiapian/kernel';
import type { LocalText, Sourced } from '../local-text.ts';
import { modalityClassOf, type ModalityClass } from '../modality.ts';
import type { RejectReason } from './reject-reasons.ts';

/** Lowest score, in points, that still earns the grade; the border is inside. */
export interface GradeBound {
  readonly grade: Exclude<Grade, 'reject'>;
  readonly atLeast: number;
}

/** Highest number of conditions not met that still earns the grade; the border is inside. */
export interface ConditionBound {
  readonly grade: Exclude<Grade, 'reject'>;
  readonly atMostNotMet: number;
}

/** A condition a film must meet (基本条件 or 一般准则), with the sentences that describe it. */
export interface Condition extends Sourced {
  readonly code: string;
  readonly kind: 'basic' | 'general';
  readonly name: LocalText;
  readonly items: readonly LocalText[];
}

/** Where an item stands on the score sheet. */
export type DeductionGroup = 'position' | 'image-quality' | 'artefact' | 'annotation' | 'veto';

/** One line of the deduction catalogue (扣分项). */
export interface DeductionItem extends Sourced {
  /** Catalogue code: `D02`…; the three vetoes of D01 are `D01-patient`, `D01-side`, `D01-part`. */
  readonly code: string;
  readonly name: LocalText;
  /** Keyboard key, upper case; unique among the items of one modality class. */
  readonly key: string;
  readonly group: DeductionGroup;
  /** Code of the condition that loses the points. */
  readonly condition: string;
  /** Points lost after one, two, three presses; never falling. */
  readonly steps: readonly number[];
  /** What each step means, where light / middle / heavy would not say enough. */
  readonly stepNames?: readonly LocalText[];
  /** Best grade a film with this mark can have, at any step (封顶). */
  readonly cap?: Grade;
  /** Stricter cap from this step on; steps count from 1. */
  readonly capAtStep?: { readonly step: number; readonly cap: Grade };
  /** 一票否决: the film is 废, is entered as an error, and no reader may grade otherwise. */
  readonly veto?: true;
  readonly appliesTo: readonly ModalityClass[];
}

/** A review standard (评片标准): everything the grade depends on, as data that a hospital may version and change. */
export interface ReviewStandard {
  readonly id: string;
  readonly version: number;
  readonly name: LocalText;
  /** The hospital's own words for its grades, such as 优 良 中 差; absent, 甲 乙 丙 废. A grade it does not use is absent from both scales. */
  readonly gradeNames?: Readonly<Partial<Record<Grade, LocalText>>>;
  readonly startScore: number;
  /** Strictest last; a score under the last bound is a reject. */
  readonly scale: readonly GradeBound[];
  readonly scaleSource: Sourced;
  /** Points lost in one condition from which it is not met; the border is inside. */
  readonly conditionFailPoints: number;
  readonly conditionFailPointsSource: Sourced;
  /** Strictest last; more than the last bound allows is a reject. */
  readonly conditionScale: readonly ConditionBound[];
  readonly conditionScaleSource: Sourced;
  readonly conditions: readonly Condition[];
  readonly deductions: readonly DeductionItem[];
  readonly rejectReasons: readonly RejectReason[];
}

/** The items of the score sheet for one film, in catalogue order; no two of them share a key. */
export const deductionsFor = (standard: ReviewStandard, modality: string): readonly DeductionItem[] =>
  standard.deductions.filter((item) => item.appliesTo.includes(modalityClassOf(modality)));
