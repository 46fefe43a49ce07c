import type { Plane } from '../picture/grey-plane.ts';
import {
  boxValues,
  discFigures,
  figuresOf,
  lineProfile,
  medianOf,
  type Point,
  pointAround,
  ringProfile,
} from '../picture/regions.ts';
import { barContrasts, frequencyAtContrast, sineContrasts } from './bar-pattern.ts';
import { type CatphanPlace, INSERT_RADIUS_MM, LINE_PAIR_RADIUS_MM, locateCatphan } from './catphan-locate.ts';
import { widthAtHalf } from './peak-width.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { meanPlane, type SliceStack, stackOf } from './slice-stack.ts';

/** Distances from the sensitometry module along the phantom, mm: [manual of the maker]. */
const MODULES_MM = { linePairs: 30, lowContrast: -30, uniformity: -65 } as const;
/** Inserts of CTP404 by angle, degrees clockwise from 3 o'clock, for an upright phantom [manual of the maker]. */
const INSERTS: readonly (readonly [string, number])[] = [
  ['Air', -90],
  ['Teflon', -60],
  ['Delrin', 0],
  ['Acrylic', 60],
  ['Poly', 120],
  ['LDPE', 180],
  ['PMP', -120],
];
/** Radius of the disc that is read in an insert, mm. */
const INSERT_DISC_MM = 4;
/** Uniformity discs: distance from the centre and radius, mm: within the 150 mm module, 1 cm off its rim. */
const UNIFORMITY_RADIUS_MM = 53;
const UNIFORMITY_DISC_MM = 8; // mm
const UNIFORMITY_PLACES: readonly (readonly [string, number])[] = [
  ['Right', 0],
  ['Bottom', 90],
  ['Left', 180],
  ['Top', -90],
];
/** Half the side of the square of the four rods, mm: rods stand 50 mm apart [manual of the maker]. */
const ROD_HALF_MM = 25;
/** Distance of the ramp wires from the centre, mm: seen on the pictures. */
const RAMP_RADIUS_MM = 38;
/** tan 23°: a ramp of that slope shows a slice as this share of its length [manual of the maker]. */
const RAMP_TANGENT = 0.42;
/** Low-contrast discs of 1 %: diameter in mm and angle, degrees [manual of the maker; angles seen on the pictures]. */
const DISCS: readonly (readonly [number, number])[] = [
  [15, -86.7],
  [9, -68.6],
  [8, -52.3],
  [7, -38],
  [6, -25],
  [5, -12.9],
  [4, -3.9],
  [3, 2.8],
  [2, 7.8],
];
const DISC_RADIUS_MM = 49.7; // mm from the centre, seen on the pictures
/** Contrast × diameter / noise (mm) from which a disc counts as seen: the published default of a peer [S46]. */
const SEEN_FROM_MM = 15;
/** Half the radial length of the bars that is averaged, mm. */
const LINE_PAIR_HALF_MM = 2;
/**
 * Groups of the line pairs: line pairs per mm, bars, and where the group lies, degrees clockwise from 3 o'clock
 * [manual of the maker; angles seen on the pictures].
 */
const LINE_PAIRS: readonly { perMm: number; bars: number; from: number; to: number }[] = [
  { perMm: 0.1, bars: 2, from: 140, to: 166 },
  { perMm: 0.2, bars: 3, from: 117, to: 140 },
  { perMm: 0.3, bars: 4, from: 95.5, to: 117 },
  { perMm: 0.4, bars: 4, from: 76, to: 95.5 },
  { perMm: 0.5, bars: 4, from: 58.5, to: 76 },
  { perMm: 0.6, bars: 5, from: 40, to: 58.5 },
  { perMm: 0.7, bars: 5, from: 23, to: 40 },
  { perMm: 0.8, bars: 5, from: 7, to: 23 },
];

/** Analyses a CT scan of a CatPhan 504; undefined when its sensitometry module is not found. */
export const analyseCatphan504 = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const stack = stackOf(images, -1000);
  const place = locateCatphan(stack);
  if (place === undefined) return undefined;
  const list = new ResultList();
  list.add({ metric: 'roll', value: place.rollDegrees, unit: 'deg', method: 'air-hole-centroids' });
  list.add({ metric: 'origin-slice', value: place.origin, unit: '{index}', method: 'middle-of-sensitometry-slices' });
  sensitometry(stack, place, list);
  uniformity(stack, place, list);
  linePairs(stack, place, list);
  lowContrast(stack, place, list);
  return { kind: 'catphan504', confidence: confidenceOf(list), results: list.results, notMeasured: list.notMeasured };
};

/** Sure of the air holes and Teflon; surer when the other materials stand in the order of their makers too. */
const confidenceOf = ({ results }: ResultList): number => {
  const value = (where: string): number => results.find((each) => each.where === where)?.value ?? Number.NaN;
  const rising = ['PMP', 'LDPE', 'Poly', 'Acrylic', 'Delrin', 'Teflon'].map(value);
  return rising.every((each, at) => at === 0 || each > rising[at - 1]!) ? 0.98 : 0.7;
};

const around = (place: CatphanPlace, plane: Plane, centre: Point, radiusMm: number, degrees: number): Point =>
  pointAround(
    plane,
    centre,
    radiusMm,
    place.hand === 1 ? degrees + place.rollDegrees : 180 - degrees + place.rollDegrees,
  );

const sliceOf = (stack: SliceStack, { origin, along }: CatphanPlace, offsetMm: number): number | undefined => {
  const slice = stack.spacingMm === 0 ? -1 : origin + Math.round((along * offsetMm) / stack.spacingMm);
  return slice >= 0 && slice < stack.planes.length ? slice : undefined;
};

const sensitometry = (stack: SliceStack, place: CatphanPlace, list: ResultList): void => {
  const plane = meanPlane(stack, place.origin, 1);
  const centre = place.centre(place.origin);
  for (const [where, degrees] of INSERTS) {
    const { mean } = discFigures(plane, around(place, plane, centre, INSERT_RADIUS_MM, degrees), INSERT_DISC_MM);
    list.add({ metric: 'ct-number', where, value: mean, unit: 'HU', method: 'insert-disc-mean' });
  }
  const value = rodDistance(plane, centre, place);
  list.add({ metric: 'average-line-length', value, unit: 'mm', method: 'rod-centroids' });
  const widths = rampWidths(stack, place, centre);
  const thickness = widths.length < 2 ? Number.NaN : RAMP_TANGENT * medianOf(widths);
  list.add({ metric: 'slice-thickness', value: thickness, unit: 'mm', method: 'wire-ramp-fwhm' }, 'ramps-not-found');
};

/** Mean of the four sides between the rods. */
const rodDistance = (plane: Plane, centre: Point, place: CatphanPlace): number => {
  const rods = [45, 135, 225, 315].map((degrees) => {
    const near = around(place, plane, centre, ROD_HALF_MM * Math.SQRT2, degrees);
    const { values: box, points } = boxAround(plane, near, 4);
    const middle = medianOf(box);
    let [weight, x, y] = [0, 0, 0];
    for (let at = 0; at < box.length; at += 1) {
      const share = Math.max(0, Math.abs(box[at]! - middle) - 100);
      weight += share;
      x += share * points[at]!.x;
      y += share * points[at]!.y;
    }
    return { x: x / weight, y: y / weight };
  });
  const sides = rods.map((rod, at) => {
    const next = rods[(at + 1) % 4]!;
    return Math.hypot((next.x - rod.x) * plane.columnMm, (next.y - rod.y) * plane.rowMm);
  });
  return sides.reduce((sum, side) => sum + side, 0) / 4;
};

const boxAround = (plane: Plane, near: Point, halfMm: number): { values: number[]; points: Point[] } => {
  const reach = Math.round(halfMm / Math.min(plane.rowMm, plane.columnMm));
  const values: number[] = [];
  const points: Point[] = [];
  for (let row = Math.round(near.y) - reach; row <= Math.round(near.y) + reach; row += 1) {
    for (let column = Math.round(near.x) - reach; column <= Math.round(near.x) + reach; column += 1) {
      values.push(plane.values[row * plane.columns + column] ?? 0);
      points.push({ x: column, y: row });
    }
  }
  return { values, points };
};

/** Lengths at half height of the four wires, mm, in the middle slice of the module. */
const rampWidths = (stack: SliceStack, place: CatphanPlace, centre: Point): number[] => {
  const plane = stack.planes[place.origin]!;
  return [0, 90, 180, 270].flatMap((degrees) => {
    const angle = ((degrees + place.rollDegrees) * Math.PI) / 180;
    const count = 301;
    const halfMm = 15;
    const best = new Float64Array(count);
    // The wire is thinner than a pixel: the brightest of some lanes across it.
    for (let lane = -2; lane <= 2; lane += 0.5) {
      const radius = RAMP_RADIUS_MM + lane * plane.columnMm;
      const at = (along: number): Point => ({
        x: centre.x + (Math.cos(angle) * radius - Math.sin(angle) * along) / plane.columnMm,
        y: centre.y + (Math.sin(angle) * radius + Math.cos(angle) * along) / plane.rowMm,
      });
      const profile = lineProfile(plane, at(-halfMm), at(halfMm), count);
      for (let step = 0; step < count; step += 1) {
        if (lane === -2 || profile[step]! > best[step]!) best[step] = profile[step]!;
      }
    }
    const width = widthAtHalf(best);
    return width === undefined ? [] : [(width * 2 * halfMm) / (count - 1)];
  });
};

const uniformity = (stack: SliceStack, place: CatphanPlace, list: ResultList): void => {
  const slice = sliceOf(stack, place, MODULES_MM.uniformity);
  const base = { metric: 'uniformity', unit: 'HU', method: 'disc-mean' };
  if (slice === undefined) return list.miss('uniformity', 'module-not-in-scan');
  const plane = meanPlane(stack, slice, 1);
  const centre = place.centre(slice);
  const middle = discFigures(plane, centre, UNIFORMITY_DISC_MM);
  list.add({ ...base, where: 'Center', value: middle.mean });
  const rim = UNIFORMITY_PLACES.map(([where, degrees]) => {
    const { mean } = discFigures(
      plane,
      around(place, plane, centre, UNIFORMITY_RADIUS_MM, degrees),
      UNIFORMITY_DISC_MM,
    );
    list.add({ ...base, where, value: mean });
    return mean;
  });
  const largest = Math.max(...rim.map((mean) => Math.abs(mean - middle.mean)));
  list.add({ metric: 'uniformity-deviation', value: largest, unit: 'HU', method: 'largest-rim-minus-centre' });
  const single = figuresOf(boxValues(stack.planes[slice]!, centre, 40, 40));
  list.add({ metric: 'noise', value: single.standardDeviation, unit: 'HU', method: 'centre-40-mm-square' });
};

const linePairs = (stack: SliceStack, place: CatphanPlace, list: ResultList): void => {
  const slice = sliceOf(stack, place, MODULES_MM.linePairs);
  if (slice === undefined) return list.miss('relative-mtf', 'module-not-in-scan');
  const centre = place.centre(slice);
  const count = 3600;
  const ring = ringProfile(stack.planes[slice]!, centre, {
    fromMm: LINE_PAIR_RADIUS_MM - LINE_PAIR_HALF_MM,
    toMm: LINE_PAIR_RADIUS_MM + LINE_PAIR_HALF_MM,
    rings: 9,
    count,
  });
  const groups = LINE_PAIRS.map(({ perMm, bars, from, to }) => {
    const window = new Float64Array(Math.round(((to - from) / 360) * count));
    for (let at = 0; at < window.length; at += 1) {
      const seen = from + (at / count) * 360;
      const degrees = place.hand === 1 ? seen + place.rollDegrees : 180 - seen + place.rollDegrees;
      window[at] = ring[(Math.round((degrees / 360) * count) + 2 * count) % count]!;
    }
    return { perMm, bars, profile: window };
  });
  const contrasts = sineContrasts(barContrasts(groups));
  for (const percent of [30, 50, 80]) {
    const value = frequencyAtContrast(contrasts, percent / 100);
    const base = {
      metric: 'relative-mtf',
      where: `${percent}%`,
      unit: '/mm',
      method: 'coltman-bar-contrast-to-first-group',
    };
    list.add({ ...base, value: value ?? Number.NaN }, 'contrast-not-reached');
  }
};

const lowContrast = (stack: SliceStack, place: CatphanPlace, list: ResultList): void => {
  const slice = sliceOf(stack, place, MODULES_MM.lowContrast);
  if (slice === undefined) return list.miss('low-contrast-visible', 'module-not-in-scan');
  const plane = meanPlane(stack, slice, 1);
  const centre = place.centre(slice);
  let seen = 0;
  for (const [diameter, degrees] of DISCS) {
    const disc = discFigures(plane, around(place, plane, centre, DISC_RADIUS_MM, degrees), 0.8 * (diameter / 2));
    const sides = [38.5, 62.3].map((radius) => discFigures(plane, around(place, plane, centre, radius, degrees), 5));
    const background = (sides[0]!.mean + sides[1]!.mean) / 2;
    const noise = (sides[0]!.standardDeviation + sides[1]!.standardDeviation) / 2;
    const score = (Math.abs(disc.mean - background) / noise) * diameter;
    const base = {
      metric: 'low-contrast-score',
      where: `${diameter}mm`,
      unit: 'mm',
      method: 'contrast-to-noise-by-size',
    };
    list.add({ ...base, value: score });
    if (score >= SEEN_FROM_MM) seen += 1;
  }
  list.add({ metric: 'low-contrast-visible', value: seen, unit: '{count}', method: 'contrast-to-noise-by-size' });
};
