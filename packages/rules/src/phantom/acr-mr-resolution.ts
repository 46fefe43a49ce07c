import type { Plane } from '../picture/grey-plane.ts';
import { medianOf, type Point, valueAt } from '../picture/regions.ts';

/** Hole sizes of the three array pairs from left to right, mm [S42]. */
const HOLES_MM = [1.1, 1, 0.9] as const;
/** Holes of a row or column, at twice their diameter apart [S42]. */
const HOLES = 4;
/** Where the middle of a pair (the common corner of its two arrays) lies from the centre, mm: seen on the pictures. */
const PAIRS_MM: readonly (readonly [number, number])[] = [
  [-11.6, 35.2],
  [9, 35.2],
  [29.5, 35.2],
];
/** How far around that place the arrays are looked for, mm. */
const SEARCH_MM = 6;
/** Least fall between neighbouring holes, as a share of the height of the lower one, to count as apart [PD]. */
const APART_FROM = 0.1;

/** The smallest holes that are told apart: along rows (upper left arrays) and along columns (lower right arrays), mm. */
export const resolvedHoles = (plane: Plane, centre: Point): { UL: number; LR: number } | undefined => {
  let [rows, columns] = [Number.NaN, Number.NaN];
  let isAnyBright = false;
  for (const [pair, mm] of HOLES_MM.entries()) {
    const at = { x: centre.x + PAIRS_MM[pair]![0] / plane.columnMm, y: centre.y + PAIRS_MM[pair]![1] / plane.rowMm };
    const corner = pairCorner(plane, at, mm);
    if (corner === undefined) continue;
    isAnyBright = true;
    if (isResolved(plane, corner, mm, 'rows')) rows = mm;
    if (isResolved(plane, corner, mm, 'columns')) columns = mm;
  }
  return isAnyBright ? { UL: rows, LR: columns } : undefined;
};

/** The corner where the two arrays of a pair touch: most light up-left and down-right of it, least elsewhere. */
const pairCorner = (plane: Plane, near: Point, holeMm: number): Point | undefined => {
  const side = (2 * HOLES - 1) * holeMm;
  let best = -Infinity;
  let corner: Point | undefined;
  for (let dy = -SEARCH_MM; dy <= SEARCH_MM; dy += 0.5) {
    for (let dx = -SEARCH_MM; dx <= SEARCH_MM; dx += 0.5) {
      const at = { x: near.x + dx / plane.columnMm, y: near.y + dy / plane.rowMm };
      const light = quadrant(plane, at, -1, -1, side) + quadrant(plane, at, 1, 1, side);
      const dark = quadrant(plane, at, 1, -1, side) + quadrant(plane, at, -1, 1, side);
      if (light - dark > best) {
        best = light - dark;
        corner = at;
      }
    }
  }
  return best > 0 ? corner : undefined;
};

const quadrant = (plane: Plane, corner: Point, right: number, down: number, sideMm: number): number => {
  let sum = 0;
  for (let v = 0.5; v < 7; v += 1) {
    for (let u = 0.5; u < 7; u += 1) {
      sum += valueAt(
        plane,
        corner.x + (right * sideMm * u) / 7 / plane.columnMm,
        corner.y + (down * sideMm * v) / 7 / plane.rowMm,
      );
    }
  }
  return sum;
};

/** Any row (column) of holes whose four peaks all fall between one another. */
const isResolved = (plane: Plane, corner: Point, holeMm: number, along: 'rows' | 'columns'): boolean => {
  const side = (2 * HOLES - 1) * holeMm;
  const sign = along === 'rows' ? -1 : 1;
  const lengthMm = side + 2 * holeMm;
  const count = 64;
  for (let across = 0; across <= side + holeMm; across += 0.25) {
    const profile = new Float64Array(count);
    for (let at = 0; at < count; at += 1) {
      const mm = (at / (count - 1)) * lengthMm - holeMm;
      const [x, y] = along === 'rows' ? [sign * mm, sign * across] : [sign * across, sign * mm];
      profile[at] = valueAt(plane, corner.x + x / plane.columnMm, corner.y + y / plane.rowMm);
    }
    if (peaksApart(profile) >= HOLES) return true;
  }
  return false;
};

/** Number of peaks between which the profile falls by a share of their height above the ground. */
const peaksApart = (profile: Float64Array): number => {
  const ground = Math.min(...profile);
  const high = Math.max(...profile);
  const typical = medianOf(profile);
  if (!(high > ground) || !(typical > ground)) return 0;
  let peaks = 0;
  let valley = ground;
  let top = ground;
  let isRising = true;
  for (const value of profile) {
    if (isRising) {
      if (value > top) top = value;
      else if (top - value > APART_FROM * (top - ground) && top - ground > 0.3 * (high - ground)) {
        peaks += 1;
        isRising = false;
        valley = value;
      }
    } else if (value < valley) valley = value;
    else if (value - valley > APART_FROM * (high - ground)) {
      isRising = true;
      top = value;
    }
  }
  return isRising && top - ground > 0.3 * (high - ground) ? peaks + 1 : peaks;
};
