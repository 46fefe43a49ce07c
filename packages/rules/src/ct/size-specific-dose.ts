/** Diameters the conversion is tabulated for, cm: AAPM report 204, as one project limits it [S65]. */
const TABLED_FROM_CM = 8;
const TABLED_TO_CM = 45; // cm, AAPM report 204 [S65]

/** Which CTDI phantom a CTDIvol stands for, mm. */
export type CtdiPhantomMm = 160 | 320;

/**
 * Factor from CTDIvol to size-specific dose for a water-equivalent (or effective) diameter in mm; undefined outside the
 * tabled 8 … 45 cm. Source: AAPM report 204, exponential fits for the 32 cm and the 16 cm phantom [S65].
 */
export const ssdeFactor = (diameterMm: number, phantom: CtdiPhantomMm): number | undefined => {
  const cm = diameterMm / 10;
  if (!(cm >= TABLED_FROM_CM && cm <= TABLED_TO_CM)) return undefined;
  return phantom === 320 ? 3.704369 * Math.exp(-0.03671937 * cm) : 1.874799 * Math.exp(-0.03871313 * cm);
};
