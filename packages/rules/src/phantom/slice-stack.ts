import { planeOf, type Plane } from '../picture/grey-plane.ts';
import type { PhantomImage } from './phantom-report.ts';

/** The slices of one scan in the order of rising place, with their distance. */
export interface SliceStack {
  readonly planes: readonly Plane[];
  readonly images: readonly PhantomImage[];
  /** Place of each along the normal, mm. */
  readonly placesMm: readonly number[];
  readonly spacingMm: number;
}

/** Sorts slices by their place along the normal; those without a place come last, in the order given. */
export const stackOf = (images: readonly PhantomImage[], paddingValue: number): SliceStack => {
  const sorted = images
    .map((image, at) => ({ image, place: placeAlongNormal(image) ?? 1e6 + at }))
    .sort((one, other) => one.place - other.place);
  const placesMm = sorted.map(({ place }) => place);
  const steps = placesMm.slice(1).map((place, at) => place - placesMm[at]!);
  const spacingMm = steps.length === 0 ? 0 : steps.sort((one, other) => one - other)[steps.length >> 1]!;
  return {
    images: sorted.map(({ image }) => image),
    planes: sorted.map(({ image }) => planeOf(image.plane, paddingValue)),
    placesMm,
    spacingMm,
  };
};

/** The mean of slices `at − reach … at + reach` that exist; less noise, the same place. */
export const meanPlane = ({ planes }: SliceStack, at: number, reach: number): Plane => {
  const from = Math.max(0, at - reach);
  const to = Math.min(planes.length - 1, at + reach);
  const first = planes[at]!;
  const values = new Float32Array(first.values.length);
  for (let slice = from; slice <= to; slice += 1) {
    const plane = planes[slice]!;
    for (let index = 0; index < values.length; index += 1) values[index]! += plane.values[index]! / (to - from + 1);
  }
  return { ...first, values };
};

const placeAlongNormal = ({ facts }: PhantomImage): number | undefined => {
  const position = facts.imagePositionPatientMm;
  const o = facts.imageOrientationPatient ?? [1, 0, 0, 0, 1, 0];
  if (position?.length !== 3 || o.length !== 6) return facts.instanceNumber;
  const normal = [o[1]! * o[5]! - o[2]! * o[4]!, o[2]! * o[3]! - o[0]! * o[5]!, o[0]! * o[4]! - o[1]! * o[3]!];
  return normal[0]! * position[0]! + normal[1]! * position[1]! + normal[2]! * position[2]!;
};
