import type { Film } from './film.ts';
import { CELL } from './film-scan.ts';

/** Edges of the anatomy as found along the rows. */
export interface Edges {
  readonly count: number;
  /** Distance between the grey extremes on both sides, pixels. */
  readonly spans: Float32Array;
  /** Grey step ÷ steepest slope, pixels; 2.507 σ of a Gaussian-blurred step. */
  readonly widths: Float32Array;
  /** Grey step as a share of the film's span. */
  readonly steps: Float32Array;
}

/** An edge is where the slope is this share of the film's span per pixel, and steepest [PD]. */
const EDGE_SLOPE = 0.012;
/** Farthest an edge is followed on either side, pixels [PD]. */
const REACH = 24;
/** Rows looked at: every second one, as neighbours see the same edges [PD]. */
const ROW_STEP = 2;
const MOST_EDGES = 1 << 16; // of the largest films the lower part is left out [PD]

/** The strongest vertical edges of the anatomy, each followed to the extremes beside it. */
export const edgesOf = ({ frame, scan, tone, anatomyCells }: Film): Edges => {
  const { samples, columns, rows } = frame;
  const spans = new Float32Array(MOST_EDGES);
  const widths = new Float32Array(MOST_EDGES);
  const steps = new Float32Array(MOST_EDGES);
  const limit = 2 * EDGE_SLOPE * tone.span;
  let count = 0;
  for (let row = ROW_STEP; row < rows - 1 && count < MOST_EDGES; row += ROW_STEP) {
    const start = row * columns;
    const cellRow = Math.floor(row / CELL) * scan.cellColumns;
    for (let cell = 0; cell < scan.cellColumns; cell += 1) {
      if (anatomyCells[cellRow + cell] === 0) continue;
      const from = Math.max(2, cell * CELL);
      const to = Math.min(columns - 2, (cell + 1) * CELL);
      for (let column = from; column < to && count < MOST_EDGES; column += 1) {
        const at = start + column;
        const slope = samples[at + 1]! - samples[at - 1]!;
        const size = slope < 0 ? -slope : slope;
        if (size < limit) continue;
        const before = Math.abs(samples[at]! - samples[at - 2]!);
        const after = Math.abs(samples[at + 2]! - samples[at]!);
        if (size < before || size <= after) continue;
        const rising = slope > 0;
        const left = follow(samples, at, start, -1, rising);
        const right = follow(samples, at, start + columns - 1, 1, rising);
        const step = Math.abs(samples[right]! - samples[left]!);
        spans[count] = right - left;
        // The steepest point lies between pixels: the vertex of the parabola through three slopes.
        const bend = 2 * size - before - after;
        const steepest = bend > 0 ? size + (after - before) ** 2 / (8 * bend) : size;
        widths[count] = (2 * step) / steepest;
        steps[count] = step / tone.span;
        count += 1;
      }
    }
  }
  return { count, spans: spans.subarray(0, count), widths: widths.subarray(0, count), steps: steps.subarray(0, count) };
};

/** The last pixel, walking `by`, until the grey turns back; never farther than `end` or the reach. */
const follow = (samples: ArrayLike<number>, start: number, end: number, by: 1 | -1, isRising: boolean): number => {
  const sign = isRising ? by : -by;
  let at = start;
  for (let walked = 0; walked < REACH && at !== end; walked += 1) {
    if ((samples[at + by]! - samples[at]!) * sign <= 0) break;
    at += by;
  }
  return at;
};
