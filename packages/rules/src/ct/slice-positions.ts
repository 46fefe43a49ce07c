import type { CtSliceFacts } from './ct-slice.ts';

/** Slices whose distances differ by less than this are evenly spaced, mm: the header rounds [PD]. */
const EVEN_WITHIN_MM = 0.05;

/** How the slices of a series lie along the table. */
export interface SlicePositions {
  /** Along the normal of the slices, mm, ascending; one per place. */
  readonly placesMm: readonly number[];
  /** The commonest distance of neighbours, mm. */
  readonly spacingMm: number;
  /** Places where more than one and a half distances lie between neighbours. */
  readonly gaps: number;
  /** Slices at a place that another already has: a second phase or reconstruction in the same series. */
  readonly repeated: number;
}

/** The place of a slice along its normal, mm; by table position when the header lacks geometry; undefined without both. */
export const placeOf = (facts: CtSliceFacts): number | undefined => {
  const position = facts.imagePositionPatientMm;
  const o = facts.imageOrientationPatient;
  if (position?.length === 3 && o?.length === 6) {
    const normal = [o[1]! * o[5]! - o[2]! * o[4]!, o[2]! * o[3]! - o[0]! * o[5]!, o[0]! * o[4]! - o[1]! * o[3]!];
    // Towards the head whichever way the rows run.
    const upwards = normal[2]! < 0 ? -1 : 1;
    const place = upwards * (normal[0]! * position[0]! + normal[1]! * position[1]! + normal[2]! * position[2]!);
    if (Number.isFinite(place)) return place;
  }
  return Number.isFinite(facts.sliceLocationMm) ? facts.sliceLocationMm : undefined;
};

/** Orders places and looks at the distances; undefined with fewer than two places. */
export const slicePositionsOf = (places: readonly number[]): SlicePositions | undefined => {
  const sorted = places.toSorted((one, other) => one - other);
  const distinct = sorted.filter((place, at) => at === 0 || place - sorted[at - 1]! > EVEN_WITHIN_MM);
  if (distinct.length < 2) return undefined;
  const steps = distinct.slice(1).map((place, at) => place - distinct[at]!);
  const ordered = steps.toSorted((one, other) => one - other);
  const spacingMm = ordered[Math.floor((ordered.length - 1) / 2)]!;
  const gaps = steps.filter((step) => step > 1.5 * spacingMm).length;
  return { placesMm: distinct, spacingMm, gaps, repeated: sorted.length - distinct.length };
};
