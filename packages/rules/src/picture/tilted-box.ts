import type { Point } from './regions.ts';

/** A rectangle at an angle, in pixels: its middle, its half sides and the directions they run. */
export interface TiltedBox {
  readonly centre: Point;
  /** Direction of the longer side, degrees clockwise from 3 o'clock as seen, −90 … 90. */
  readonly degrees: number;
  readonly halfLong: number;
  readonly halfShort: number;
  /** Share of the rectangle that the mask fills: near 1 for a true rectangle. */
  readonly fill: number;
}

/** The smallest rectangle around the non-zero pixels of a mask, over angles in steps of a quarter degree; undefined for none. */
export const tiltedBoxOf = (mask: Uint8Array, rows: number, columns: number): TiltedBox | undefined => {
  const rim: Point[] = [];
  let area = 0;
  for (let row = 0; row < rows; row += 1) {
    let [first, last] = [-1, -1];
    for (let column = 0; column < columns; column += 1) {
      if (mask[row * columns + column] === 0) continue;
      area += 1;
      if (first < 0) first = column;
      last = column;
    }
    if (first >= 0) rim.push({ x: first, y: row }, { x: last, y: row });
  }
  if (rim.length === 0) return undefined;
  let best: { size: number; angle: number; u: [number, number]; v: [number, number] } | undefined;
  for (let quarter = 0; quarter < 360; quarter += 1) {
    const angle = (quarter / 4) * (Math.PI / 180);
    const u = extent(rim, Math.cos(angle), Math.sin(angle));
    const v = extent(rim, -Math.sin(angle), Math.cos(angle));
    const size = (u[1] - u[0]) * (v[1] - v[0]);
    if (best === undefined || size < best.size) best = { size, angle, u, v };
  }
  const { angle, u, v, size } = best!;
  const [middleU, middleV] = [(u[0] + u[1]) / 2, (v[0] + v[1]) / 2];
  const centre = {
    x: middleU * Math.cos(angle) - middleV * Math.sin(angle),
    y: middleU * Math.sin(angle) + middleV * Math.cos(angle),
  };
  const [halfU, halfV] = [(u[1] - u[0]) / 2, (v[1] - v[0]) / 2];
  const isLongU = halfU >= halfV;
  const degrees = (angle * 180) / Math.PI + (isLongU ? 0 : 90);
  return {
    centre,
    degrees: degrees > 90 ? degrees - 180 : degrees,
    halfLong: Math.max(halfU, halfV),
    halfShort: Math.min(halfU, halfV),
    fill: area / Math.max(1, size),
  };
};

const extent = (points: readonly Point[], x: number, y: number): [number, number] => {
  let [low, high] = [Infinity, -Infinity];
  for (const point of points) {
    const along = point.x * x + point.y * y;
    if (along < low) low = along;
    if (along > high) high = along;
  }
  return [low, high];
};
