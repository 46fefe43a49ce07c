import type { LocalText } from '../local-text.ts';
import type { Place } from './measurement.ts';

/** How much a hint deserves the eye; none of them is a grade. */
export type Severity = 'info' | 'notice' | 'warning';

/**
 * A hint made of measurements and header facts by a rule: words a technologist uses, what it rests on, and which item of
 * the deduction catalogue it speaks to. A person decides; a finding never grades.
 */
export interface Finding {
  /** Code of the rule, kebab-case. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: LocalText;
  /** Item of the review standard, such as `D05`, when it speaks to one. */
  readonly deduction?: string;
  readonly evidence: Evidence;
}

/** What a finding rests on: the figure, the limit it crossed, and where on the picture. */
export interface Evidence {
  readonly metric?: string;
  readonly value?: number | string;
  readonly unit?: string;
  /** The border that was crossed, and where it comes from: `published`, or the device's own `baseline`. */
  readonly limit?: number;
  readonly limitFrom?: 'published' | 'baseline';
  readonly place?: Place;
}
