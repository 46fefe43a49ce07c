import type { LocalText, Sourced } from '../local-text.ts';
import type { Severity } from '../metrics/finding.ts';

interface RuleBase extends Sourced {
  /** Kebab-case, never used again for something else. */
  readonly id: string;
  /** Rises when the condition or its limit changes: agreement is counted per version. */
  readonly version: number;
  readonly severity: Severity;
  /** Words a technologist uses; `{value}`, `{limit}`, `{expected}`, `{unit}`, `{keyword}` are filled in. */
  readonly message: LocalText;
  /** Item of the deduction catalogue that the hint speaks to. */
  readonly deduction?: string;
}

/** A hint that follows from a header check of this name. */
export interface CheckRule extends RuleBase {
  readonly kind: 'check';
  readonly check: string;
}

/** A hint that follows from a figure beyond a limit; the limit itself is inside. */
export interface LimitRule extends RuleBase {
  readonly kind: 'limit';
  readonly metric: string;
  /** Only figures of this part, when the metric has several. */
  readonly where?: string;
  /** Only films of these modalities; absent: all that have the figure. */
  readonly modalities?: readonly string[];
  readonly side: 'above' | 'below';
  /** Published default; null: no film is judged before the device has its own baseline. */
  readonly limit: number | null;
  /**
   * Robust standard deviations from the device's own median that replace the published limit once there are enough
   * films; null: the limit is absolute and no baseline moves it.
   */
  readonly baselineDeviations: number | null;
  readonly unit: string;
}

/** One rule of the hints. Rules are data: a hospital may silence one or set its own limit. */
export type FindingRule = CheckRule | LimitRule;
