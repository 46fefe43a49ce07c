import { ssdeFactor } from '../ct/size-specific-dose.ts';

/** The CTDI phantom: 16 cm (head) or 32 cm (body). */
export type PhantomDiameter = 'head-16cm' | 'body-32cm';

const diametersMm = { 'head-16cm': 160, 'body-32cm': 320 } as const;

/** Why there is no size-specific dose. */
export type NoSizeSpecificDose = 'no-ctdi' | 'no-diameter' | 'no-phantom' | 'diameter-out-of-range';

/**
 * Size-specific dose estimate in mGy: CTDIvol corrected for the patient's size, or why there is none. Source: AAPM
 * TG-204 and TG-220 [S65].
 */
export const sizeSpecificDoseOf = (given: {
  readonly ctdiVolMgy: number | undefined;
  readonly diameterMm: number | undefined;
  readonly phantom: PhantomDiameter | undefined;
}): { readonly ssdeMgy: number } | { readonly reason: NoSizeSpecificDose } => {
  const { ctdiVolMgy, diameterMm, phantom } = given;
  if (ctdiVolMgy === undefined) return { reason: 'no-ctdi' };
  if (diameterMm === undefined) return { reason: 'no-diameter' };
  if (phantom === undefined) return { reason: 'no-phantom' };
  const factor = ssdeFactor(diameterMm, diametersMm[phantom]);
  return factor === undefined ? { reason: 'diameter-out-of-range' } : { ssdeMgy: factor * ctdiVolMgy };
};
