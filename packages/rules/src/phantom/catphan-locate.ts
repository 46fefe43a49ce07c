import type { Plane } from '../picture/grey-plane.ts';
import { largestOutline } from '../picture/outline.ts';
import { discFigures, figuresOf, type Point, pointAround, ringProfile } from '../picture/regions.ts';
import type { SliceStack } from './slice-stack.ts';

/** Outer diameter of the housing, mm, and how far a scan may be off it: [manual of the maker]. */
const HOUSING_MM = 200;
const HOUSING_WITHIN_MM = 14; // mm, wall of the case and voxel size [PD]
/** HU that parts the housing from the air around it: half way, with room for cone-beam shading [PD]. */
const HOUSING_FROM_HU = -400;
/** Distance of the inserts from the centre, mm: [manual of the maker]. */
export const INSERT_RADIUS_MM = 58.4;
/** Air and Teflon as a scanner may show them, HU [manual of the maker, wide]. */
const AIR_BELOW_HU = -700;
const TEFLON_FROM_HU = 600; // HU [manual of the maker, wide]
/** Radius of a disc inside an insert of 12 mm, mm. */
const INSIDE_INSERT_MM = 4;
/** Distance from the sensitometry module to the line pairs, mm: [manual of the maker]. */
const LINE_PAIRS_OFFSET_MM = 30;
/** Middle of the line pairs from the centre, mm: their bars reach from 45 to 49 [seen on the pictures]. */
export const LINE_PAIR_RADIUS_MM = 47;

/** Where the phantom stands in a scan. */
export interface CatphanPlace {
  /** Index of the middle slice of the sensitometry module (CTP404). */
  readonly origin: number;
  readonly centre: (slice: number) => Point;
  /** Turn of the phantom, degrees, clockwise as seen positive. */
  readonly rollDegrees: number;
  /** 1 when Teflon lies clockwise of the upper air hole, −1 when the picture is mirrored. */
  readonly hand: 1 | -1;
  /** 1 when the line pairs lie at higher slices than the sensitometry, −1 the other way. */
  readonly along: 1 | -1;
  readonly slicesWithPhantom: number;
}

/** Finds the phantom; undefined when no slice shows the sensitometry module in a housing of 200 mm. */
export const locateCatphan = (stack: SliceStack): CatphanPlace | undefined => {
  const centres = stack.planes.map(housingCentre);
  const inModule = stack.planes.map((plane, at) =>
    centres[at] === undefined ? undefined : sensitometryOf(plane, centres[at]),
  );
  const found = inModule.flatMap((module, at) => (module === undefined ? [] : [at]));
  if (found.length === 0) return undefined;
  const origin = found[(found.length - 1) >> 1]!;
  const rolls = found.map((at) => inModule[at]!.rollDegrees).sort((one, other) => one - other);
  const centre = centreLine(centres, origin);
  const along = directionOf(stack, origin, centre);
  if (along === undefined) return undefined;
  return {
    origin,
    centre,
    rollDegrees: rolls[rolls.length >> 1]!,
    hand: inModule[origin]!.hand,
    along,
    slicesWithPhantom: centres.filter((each) => each !== undefined).length,
  };
};

/** The centre of the housing on one slice; undefined when there is no disc of its size. */
export const housingCentre = (plane: Plane): Point | undefined => {
  const outline = largestOutline(plane, HOUSING_FROM_HU);
  if (outline === undefined) return undefined;
  const isRound = Math.abs(outline.widthMm - outline.heightMm) < HOUSING_WITHIN_MM;
  return isRound && Math.abs(outline.diameterMm - HOUSING_MM) < HOUSING_WITHIN_MM ? outline.centre : undefined;
};

/** Two air holes opposite one another, and Teflon at 30° of one of them. */
const sensitometryOf = (plane: Plane, centre: Point): { rollDegrees: number; hand: 1 | -1 } | undefined => {
  const count = 720;
  const ring = ringProfile(plane, centre, {
    fromMm: INSERT_RADIUS_MM - 2,
    toMm: INSERT_RADIUS_MM + 2,
    rings: 3,
    count,
  });
  const [one, other, third] = darkRuns(ring, AIR_BELOW_HU);
  if (one === undefined || other === undefined || third !== undefined) return undefined;
  const apart = Math.abs(((one - other) / count) * 360);
  if (Math.abs(apart - 180) > 6) return undefined;
  for (const [upper, lower] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const hand of [1, -1] as const) {
      const teflon = pointAround(plane, centre, INSERT_RADIUS_MM, (upper / count) * 360 + 30 * hand);
      if (discFigures(plane, teflon, INSIDE_INSERT_MM).mean < TEFLON_FROM_HU) continue;
      const top = darkCentroid(plane, pointAround(plane, centre, INSERT_RADIUS_MM, (upper / count) * 360));
      const bottom = darkCentroid(plane, pointAround(plane, centre, INSERT_RADIUS_MM, (lower / count) * 360));
      const turn = (Math.atan2((bottom.y - top.y) * plane.rowMm, (bottom.x - top.x) * plane.columnMm) * 180) / Math.PI;
      return { rollDegrees: turn - 90, hand };
    }
  }
  return undefined;
};

/** The middles of the runs below a value around a ring, as (possibly half) indices. */
const darkRuns = (ring: Float64Array, below: number): number[] => {
  const middles: number[] = [];
  const start = ring.findIndex((value) => value >= below);
  if (start < 0) return middles;
  let from = -1;
  for (let step = 0; step <= ring.length; step += 1) {
    const isDark = step < ring.length && ring[(start + step) % ring.length]! < below;
    if (isDark && from < 0) from = step;
    if (!isDark && from >= 0) {
      middles.push((start + (from + step - 1) / 2) % ring.length);
      from = -1;
    }
  }
  return middles;
};

/** Centre of mass of what is dark around a point. */
const darkCentroid = (plane: Plane, near: Point): Point => {
  const reach = Math.ceil(10 / Math.min(plane.rowMm, plane.columnMm));
  let [weight, x, y] = [0, 0, 0];
  for (let row = Math.round(near.y) - reach; row <= Math.round(near.y) + reach; row += 1) {
    for (let column = Math.round(near.x) - reach; column <= Math.round(near.x) + reach; column += 1) {
      const value = plane.values[row * plane.columns + column] ?? 0;
      const share = Math.min(1, Math.max(0, (-350 - value) / 500));
      weight += share;
      x += share * column;
      y += share * row;
    }
  }
  return { x: x / weight, y: y / weight };
};

/** Straight line through the centres around the module: it follows pitch and yaw, and what one slice misses. */
const centreLine = (centres: readonly (Point | undefined)[], origin: number): ((slice: number) => Point) => {
  const known = centres.flatMap((centre, at) => (centre === undefined ? [] : [{ at: at - origin, ...centre }]));
  const n = known.length;
  const mean = (read: (each: { at: number; x: number; y: number }) => number): number =>
    known.reduce((sum, each) => sum + read(each), 0) / n;
  const at = mean((each) => each.at);
  const spread = mean((each) => (each.at - at) ** 2);
  const line = (read: (each: { x: number; y: number }) => number) => {
    const middle = mean(read);
    const slope = spread === 0 ? 0 : mean((each) => (each.at - at) * (read(each) - middle)) / spread;
    return (slice: number): number => middle + slope * (slice - origin - at);
  };
  const x = line((each) => each.x);
  const y = line((each) => each.y);
  return (slice) => ({ x: x(slice), y: y(slice) });
};

/** On which side of the sensitometry the line pairs lie: a ring through them swings far more than through anything else. */
const directionOf = (stack: SliceStack, origin: number, centre: (slice: number) => Point): 1 | -1 | undefined => {
  const step = Math.round(LINE_PAIRS_OFFSET_MM / (stack.spacingMm || LINE_PAIRS_OFFSET_MM));
  const swing = (slice: number): number => {
    const plane = stack.planes[slice];
    if (plane === undefined) return 0;
    const fromMm = LINE_PAIR_RADIUS_MM - 1;
    const ring = ringProfile(plane, centre(slice), { fromMm, toMm: fromMm + 2, rings: 3, count: 720 });
    return figuresOf(ring).standardDeviation;
  };
  const [up, down] = [swing(origin + step), swing(origin - step)];
  if (up === 0 && down === 0) return 1;
  return up >= down ? 1 : -1;
};
