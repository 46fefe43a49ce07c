import type { PixelBox } from './pixel-box.ts';

/** What the person chose, and what may not be random here: identifiers and the days that dates move by. */
export interface DeidentifyOptions {
  /** Stands as name and ID of the patient: letters, digits and `-`. */
  readonly code: string;
  /** `removed`, or by how many days (not 0) the dates of the case are moved; times go in both. */
  readonly dates: 'removed' | { readonly movedByDays: number };
  /** Sex, age, size and weight stay; an age of 90 years and more becomes 90. [PS3.15 E.3.4] */
  readonly keepsPatientCharacteristics: boolean;
  /** Rectangles that are painted black in every frame. */
  readonly boxes: readonly PixelBox[];
  /** The new UID for one of the original: the same for the same. */
  readonly uidFor: (original: string) => string;
}
