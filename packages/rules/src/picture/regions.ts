import type { Plane } from './grey-plane.ts';

/** Mean, standard deviation (n − 1), extremes and count of the pixels of a region; means are NaN when it holds none. */
export interface RegionFigures {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Figures of any list of values. */
export const figuresOf = (values: readonly number[] | Float32Array | Float64Array): RegionFigures => {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / values.length;
  let squares = 0;
  for (let at = 0; at < values.length; at += 1) squares += (values[at]! - mean) ** 2;
  const standardDeviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return { mean, standardDeviation, min, max, count: values.length };
};

/** A place on a picture in pixels: the centre of the upper left pixel is (0, 0). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The values whose pixel centre lies within `radiusMm` of a point; parts outside the picture are left out. */
export const discValues = (plane: Plane, centre: Point, radiusMm: number): number[] => {
  const values: number[] = [];
  const acrossRows = radiusMm / plane.rowMm;
  const top = Math.max(0, Math.ceil(centre.y - acrossRows));
  const bottom = Math.min(plane.rows - 1, Math.floor(centre.y + acrossRows));
  for (let row = top; row <= bottom; row += 1) {
    const dy = (row - centre.y) * plane.rowMm;
    const half = Math.sqrt(Math.max(0, radiusMm * radiusMm - dy * dy)) / plane.columnMm;
    const left = Math.max(0, Math.ceil(centre.x - half));
    const right = Math.min(plane.columns - 1, Math.floor(centre.x + half));
    for (let column = left; column <= right; column += 1) values.push(plane.values[row * plane.columns + column]!);
  }
  return values;
};

/** The figures of a disc. */
export const discFigures = (plane: Plane, centre: Point, radiusMm: number): RegionFigures =>
  figuresOf(discValues(plane, centre, radiusMm));

/** The values of an upright rectangle given by its centre and full sides in mm. */
export const boxValues = (plane: Plane, centre: Point, widthMm: number, heightMm: number): number[] => {
  const values: number[] = [];
  const halfColumns = widthMm / 2 / plane.columnMm;
  const halfRows = heightMm / 2 / plane.rowMm;
  const bottom = Math.min(plane.rows - 1, Math.floor(centre.y + halfRows));
  const right = Math.min(plane.columns - 1, Math.floor(centre.x + halfColumns));
  for (let row = Math.max(0, Math.ceil(centre.y - halfRows)); row <= bottom; row += 1) {
    for (let column = Math.max(0, Math.ceil(centre.x - halfColumns)); column <= right; column += 1) {
      values.push(plane.values[row * plane.columns + column]!);
    }
  }
  return values;
};

/** The value between pixels, linear both ways; at the border the border pixel goes on. */
export const valueAt = (plane: Plane, x: number, y: number): number => {
  const { columns, rows, values } = plane;
  const clampedX = Math.min(Math.max(x, 0), columns - 1);
  const clampedY = Math.min(Math.max(y, 0), rows - 1);
  const left = Math.min(Math.floor(clampedX), Math.max(0, columns - 2));
  const top = Math.min(Math.floor(clampedY), Math.max(0, rows - 2));
  const right = Math.min(left + 1, columns - 1);
  const below = Math.min(top + 1, rows - 1);
  const fx = clampedX - left;
  const fy = clampedY - top;
  const upper = values[top * columns + left]! * (1 - fx) + values[top * columns + right]! * fx;
  const lower = values[below * columns + left]! * (1 - fx) + values[below * columns + right]! * fx;
  return upper * (1 - fy) + lower * fy;
};

/**
 * Values along a straight line from `start` to `end`, `count` of them at equal distances with both ends, each the mean
 * over a band of `bandPixels` across the line.
 */
export const lineProfile = (plane: Plane, start: Point, end: Point, count: number, bandPixels = 1): Float64Array => {
  const profile = new Float64Array(count);
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const across = { x: -(end.y - start.y) / length, y: (end.x - start.x) / length };
  const lanes = Math.max(1, Math.round(bandPixels));
  for (let at = 0; at < count; at += 1) {
    const share = count === 1 ? 0 : at / (count - 1);
    const x = start.x + (end.x - start.x) * share;
    const y = start.y + (end.y - start.y) * share;
    let sum = 0;
    for (let lane = 0; lane < lanes; lane += 1) {
      const off = lane - (lanes - 1) / 2;
      sum += valueAt(plane, x + across.x * off, y + across.y * off);
    }
    profile[at] = sum / lanes;
  }
  return profile;
};

/**
 * Values around a circle, `count` of them from 3 o'clock clockwise as the picture is seen (y runs downwards), each the
 * mean over radii from `fromMm` to `toMm` in `rings` steps.
 */
export const ringProfile = (
  plane: Plane,
  centre: Point,
  { fromMm, toMm, rings, count }: { fromMm: number; toMm: number; rings: number; count: number },
): Float64Array => {
  const profile = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const angle = (at / count) * 2 * Math.PI;
    let sum = 0;
    for (let ring = 0; ring < rings; ring += 1) {
      const radius = rings === 1 ? fromMm : fromMm + ((toMm - fromMm) * ring) / (rings - 1);
      sum += valueAt(
        plane,
        centre.x + (Math.cos(angle) * radius) / plane.columnMm,
        centre.y + (Math.sin(angle) * radius) / plane.rowMm,
      );
    }
    profile[at] = sum / rings;
  }
  return profile;
};

/** The point at a distance (mm) and an angle (degrees, clockwise from 3 o'clock as seen) from another. */
export const pointAround = (plane: Plane, centre: Point, radiusMm: number, angleDegrees: number): Point => {
  const angle = (angleDegrees * Math.PI) / 180;
  return {
    x: centre.x + (Math.cos(angle) * radiusMm) / plane.columnMm,
    y: centre.y + (Math.sin(angle) * radiusMm) / plane.rowMm,
  };
};

/** The median of a list; NaN of none. The list is left as it is. */
export const medianOf = (values: ArrayLike<number>): number => {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
