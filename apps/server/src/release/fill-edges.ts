import type { Edge } from './letter-edges.ts';

/** Rows of samples in a row of pixels. */
const SUB_ROWS = 4;

/** A grey raster, row by row. */
export interface Raster {
  readonly columns: number;
  readonly rows: number;
  readonly samples: Uint8Array;
}

/** Fills outlines with white by the non-zero rule, edges smoothed; what lies outside the raster is cut off. */
export const fillEdges = (raster: Raster, edges: readonly Edge[]): void => {
  const slanted = edges.filter(({ y0, y1 }) => y0 !== y1);
  for (let row = 0; row < raster.rows; row += 1) {
    const touching = slanted.filter(({ y0, y1 }) => Math.min(y0, y1) < row + 1 && Math.max(y0, y1) > row);
    if (touching.length === 0) continue;
    const covered = new Float64Array(raster.columns);
    for (let sub = 0; sub < SUB_ROWS; sub += 1) coverRow(covered, touching, row + (sub + 0.5) / SUB_ROWS);
    for (const [column, share] of covered.entries()) {
      const at = row * raster.columns + column;
      raster.samples[at] = Math.max(raster.samples[at] ?? 0, Math.round((Math.min(SUB_ROWS, share) * 255) / SUB_ROWS));
    }
  }
};

const coverRow = (covered: Float64Array, edges: readonly Edge[], y: number): void => {
  const crossings = edges
    .filter(({ y0, y1 }) => y >= Math.min(y0, y1) && y < Math.max(y0, y1))
    .map(({ x0, y0, x1, y1 }) => ({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), turn: y1 > y0 ? 1 : -1 }))
    .toSorted((one, other) => one.x - other.x);
  let winding = 0;
  for (const [index, { x, turn }] of crossings.entries()) {
    winding += turn;
    const end = crossings[index + 1]?.x;
    if (winding !== 0 && end !== undefined) coverSpan(covered, Math.max(0, x), Math.min(covered.length, end));
  }
};

const coverSpan = (covered: Float64Array, from: number, to: number): void => {
  for (let column = Math.floor(from); column < to; column += 1)
    covered[column] = (covered[column] ?? 0) + Math.min(to, column + 1) - Math.max(from, column);
};
