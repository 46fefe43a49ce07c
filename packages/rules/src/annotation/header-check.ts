import type { Place } from '../metrics/measurement.ts';

/** Something in a header that a rule may have words for: which check, of which element, and what stands there. */
export interface HeaderCheck {
  /** Kebab-case; a rule of `findings` names it. */
  readonly check: string;
  /** DICOM keyword of the element, or the word of the report's concept. */
  readonly keyword: string;
  readonly value?: number | string;
  /** What it should be, when that can be said. */
  readonly expected?: number | string;
  readonly unit?: string;
  /** Where on the picture, when it speaks of one. */
  readonly place?: Place;
}
