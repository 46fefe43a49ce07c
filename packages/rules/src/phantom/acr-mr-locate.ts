import type { Plane } from '../picture/grey-plane.ts';
import { largestOutline } from '../picture/outline.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { discFigures, figuresOf, medianOf, type Point, ringProfile, valueAt } from '../picture/regions.ts';
import type { SliceStack } from './slice-stack.ts';

/** Slices of the large phantom, 1 … 11 [S42]. */
export const ACR_SLICES = 11;
/** Inside diameter, mm [S42], and how far a picture may be off it and still be this phantom [PD]. */
export const ACR_DIAMETER_MM = 190;
const ACR_DIAMETER_WITHIN_MM = 12; // mm [PD]
/** Radius of the dark ring around the low-contrast discs, mm: seen on the pictures. */
const LOW_CONTRAST_RING_MM = 49;

/** The slices of the ACR phantom in their own order with the centre on each. */
export interface AcrMrPlace {
  /** Planes 1 … 11 at index 0 … 10. */
  readonly planes: readonly Plane[];
  readonly centres: readonly Point[];
  readonly confidence: number;
}

/** Finds the 11 slices; undefined when they are not this phantom. */
export const locateAcrMr = (stack: SliceStack): AcrMrPlace | undefined => {
  if (stack.planes.length !== ACR_SLICES) return undefined;
  const discs = stack.planes.map(phantomDisc);
  const round = discs.filter((disc) => disc !== undefined);
  if (round.length < ACR_SLICES - 2) return undefined;
  const centre = { x: medianOf(round.map(({ x }) => x)), y: medianOf(round.map(({ y }) => y)) };
  const centres = discs.map((disc) => disc ?? centre);
  const first = ringDarkness(stack.planes[0]!, centres[0]!);
  const last = ringDarkness(stack.planes.at(-1)!, centres.at(-1)!);
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  if (high < 0.3) return undefined;
  const isReversed = first > last;
  return {
    planes: isReversed ? stack.planes.toReversed() : stack.planes,
    centres: isReversed ? centres.toReversed() : centres,
    confidence: Math.min(0.98, 0.6 + 0.4 * Math.min(1, high - low)),
  };
};

/** How much darker the ring of the low-contrast insert is than what it encloses: near 1 on slices 8 … 11. */
const ringDarkness = (plane: Plane, centre: Point): number => {
  // The insert sits a little below the middle: the darkest of some centres.
  let best = 0;
  for (let down = 0; down <= 8; down += 2) {
    const middle = { x: centre.x, y: centre.y + down / plane.rowMm };
    const inside = discFigures(plane, middle, 30).mean;
    for (let radius = LOW_CONTRAST_RING_MM - 5; radius <= LOW_CONTRAST_RING_MM + 5; radius += 1) {
      const ring = ringProfile(plane, middle, { fromMm: radius, toMm: radius, rings: 1, count: 180 });
      best = Math.max(best, 1 - figuresOf(ring).mean / inside);
    }
  }
  return best;
};

/** Centre of the phantom by its outer edge, from the sides and the lower half: a bubble and the wedges spoil the top. */
export const phantomDisc = (plane: Plane): Point | undefined => {
  const level = signalLevel(plane);
  if (level === undefined) return undefined;
  const outline = largestOutline(plane, level / 4);
  if (outline === undefined || Math.abs(outline.widthMm - ACR_DIAMETER_MM) > ACR_DIAMETER_WITHIN_MM) return undefined;
  if (Math.abs(outline.heightMm - ACR_DIAMETER_MM) > ACR_DIAMETER_WITHIN_MM) return undefined;
  const near = { x: (outline.component.left + outline.component.right) / 2, y: outline.centre.y };
  const edges: { x: number; y: number }[] = [];
  for (let degrees = -30; degrees <= 210; degrees += 3) {
    const edge = outerEdge(plane, near, degrees, level);
    if (edge !== undefined) edges.push(edge);
  }
  return edges.length < 40 ? undefined : circleCentre(edges, plane);
};

/** Typical signal inside: median of what Otsu calls bright; undefined on a constant picture. */
export const signalLevel = (plane: Plane): number | undefined => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of plane.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const threshold = otsuThreshold(plane.values, low, high);
  return threshold === undefined ? undefined : medianOf(plane.values.filter((value) => value >= threshold));
};

/**
 * The outer edge in a direction (degrees clockwise from 3 o'clock as seen): from outside in, the first rise to a quarter
 * of the signal, and there the crossing of half of what lies 2 … 5 mm inside.
 */
export const outerEdge = (plane: Plane, centre: Point, degrees: number, level: number): Point | undefined => {
  const angle = (degrees * Math.PI) / 180;
  const at = (radiusMm: number): Point => ({
    x: centre.x + (Math.cos(angle) * radiusMm) / plane.columnMm,
    y: centre.y + (Math.sin(angle) * radiusMm) / plane.rowMm,
  });
  const read = (radiusMm: number): number => {
    const point = at(radiusMm);
    return valueAt(plane, point.x, point.y);
  };
  let radius = ACR_DIAMETER_MM / 2 + 12;
  while (radius > 60 && read(radius) < level / 4) radius -= 0.1;
  if (radius <= 60) return undefined;
  let inside = 0;
  for (let depth = 2; depth <= 5; depth += 0.5) inside = Math.max(inside, read(radius - depth));
  let edge = radius + 3;
  while (edge > radius - 5 && read(edge) < inside / 2) edge -= 0.05;
  return at(edge);
};

/** Least-squares circle through points, in pixels corrected for spacing; points off by more than 1.5 mm are left out. */
const circleCentre = (points: readonly Point[], plane: Plane): Point => {
  let kept = points.map(({ x, y }) => ({ x: x * plane.columnMm, y: y * plane.rowMm }));
  let circle = fitCircle(kept);
  for (let round = 0; round < 3; round += 1) {
    const near = kept.filter(({ x, y }) => Math.abs(Math.hypot(x - circle.x, y - circle.y) - circle.radius) < 1.5);
    if (near.length < 20) break;
    kept = near;
    circle = fitCircle(kept);
  }
  return { x: circle.x / plane.columnMm, y: circle.y / plane.rowMm };
};

/** Algebraic circle fit (Kåsa 1976). */
const fitCircle = (points: readonly Point[]): { x: number; y: number; radius: number } => {
  const n = points.length;
  const mean = (read: (point: Point) => number): number => points.reduce((sum, point) => sum + read(point), 0) / n;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const moved = points.map(({ x, y }) => ({ u: x - mx, v: y - my, w: (x - mx) ** 2 + (y - my) ** 2 }));
  const sum = (read: (point: { u: number; v: number; w: number }) => number): number =>
    moved.reduce((total, point) => total + read(point), 0);
  const [uu, vv, uv] = [sum(({ u }) => u * u), sum(({ v }) => v * v), sum(({ u, v }) => u * v)];
  const [uw, vw] = [sum(({ u, w }) => u * w) / 2, sum(({ v, w }) => v * w) / 2];
  const determinant = uu * vv - uv * uv;
  const a = (uw * vv - vw * uv) / determinant;
  const b = (vw * uu - uw * uv) / determinant;
  return { x: a + mx, y: b + my, radius: Math.sqrt(a * a + b * b + (uu + vv) / n) };
};
