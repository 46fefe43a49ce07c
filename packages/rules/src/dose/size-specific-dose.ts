/** Diameter of the CTDI phantom: 16 cm (head) or 32 cm (body). */
export type PhantomDiameter = 'head-16cm' | 'body-32cm';

/** Conversion factor f = a·exp(−b·d), d in cm. Source: AAPM TG-204 tables 1 and 2 as fitted in [S65]. */
const fits: Readonly<Record<PhantomDiameter, { readonly a: number; readonly b: number }>> = {
  'body-32cm': { a: 3.704369, b: 0.03671937 },
  'head-16cm': { a: 1.874799, b: 0.03871313 },
};

/** Diameters the tables were made for, cm, borders inside [S65]; outside, the fit is an extrapolation and not given. */
export const sizeRangeCm = { smallest: 8, largest: 45 } as const;

/** Why there is no size-specific dose. */
export type NoSizeSpecificDose = 'no-ctdi' | 'no-diameter' | 'no-phantom' | 'diameter-out-of-range';

/** Conversion factor of a water-equivalent (or effective) diameter in mm; undefined outside the range of the tables. */
export const sizeFactorOf = (diameterMm: number, phantom: PhantomDiameter): number | undefined => {
  const diameterCm = diameterMm / 10;
  if (!(diameterCm >= sizeRangeCm.smallest) || !(diameterCm <= sizeRangeCm.largest)) return undefined;
  const { a, b } = fits[phantom];
  return a * Math.exp(-b * diameterCm);
};

/** Size-specific dose estimate in mGy: CTDIvol corrected for the patient's size, or why there is none. */
export const sizeSpecificDoseOf = (given: {
  readonly ctdiVolMgy: number | undefined;
  readonly diameterMm: number | undefined;
  readonly phantom: PhantomDiameter | undefined;
}): { readonly ssdeMgy: number } | { readonly reason: NoSizeSpecificDose } => {
  const { ctdiVolMgy, diameterMm, phantom } = given;
  if (ctdiVolMgy === undefined) return { reason: 'no-ctdi' };
  if (diameterMm === undefined) return { reason: 'no-diameter' };
  if (phantom === undefined) return { reason: 'no-phantom' };
  const factor = sizeFactorOf(diameterMm, phantom);
  return factor === undefined ? { reason: 'diameter-out-of-range' } : { ssdeMgy: factor * ctdiVolMgy };
};
