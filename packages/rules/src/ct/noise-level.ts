import type { Plane } from '../picture/grey-plane.ts';

/** Soft tissue, HU, both inside: [S67]. */
const SOFT_FROM_HU = 0;
const SOFT_TO_HU = 150; // HU [S67]
/** Side of the window in which the standard deviation is taken, mm: [S67]. */
const WINDOW_MM = 6;
/** Width of a bin of the histogram, HU: [S67]. */
const BIN_HU = 0.2;
/** Bins: up to 200 HU, beyond which no clinical slice is noisy [PD]. */
const BINS = 1000;
/** Quarters of a window whose means lie further apart than this many deviations hold an edge, not noise [PD]. */
const EDGE_FROM_DEVIATIONS = 1.5;
/** Windows needed before the commonest deviation means anything [PD]. */
const LEAST_WINDOWS = 200;
/** Share of the value over which the histogram is smoothed on either side: its counts are few [PD]. */
const SMOOTHING_SHARE = 0.06;

/** Standard deviations of soft-tissue windows, gathered over slices. */
export type NoiseHistogram = Float64Array;

/** An empty histogram. */
export const emptyNoiseHistogram = (): NoiseHistogram => new Float64Array(BINS);

/**
 * Adds the windows of one slice: those wholly inside the body with a soft-tissue mean and without an edge. The standard
 * deviation is taken with n − 1. Neighbouring windows overlap by half.
 */
export const addNoiseWindows = (histogram: NoiseHistogram, plane: Plane, mask: Uint8Array): void => {
  const width = Math.max(4, 2 * Math.round(WINDOW_MM / plane.columnMm / 2));
  const height = Math.max(4, 2 * Math.round(WINDOW_MM / plane.rowMm / 2));
  const stepX = Math.max(1, width >> 1);
  const stepY = Math.max(1, height >> 1);
  for (let top = 0; top + height <= plane.rows; top += stepY) {
    for (let left = 0; left + width <= plane.columns; left += stepX) {
      const deviation = windowDeviation(plane, mask, { left, top, width, height });
      if (deviation === undefined) continue;
      histogram[Math.min(BINS - 1, Math.floor(deviation / BIN_HU))]! += 1;
    }
  }
};

const windowDeviation = (
  { columns, values }: Plane,
  mask: Uint8Array,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): number | undefined => {
  const right = left + width - 1;
  const bottom = top + height - 1;
  // Most windows fail at a corner: looked at before the inside.
  if ((mask[top * columns + left]! & mask[bottom * columns + right]!) === 0) return undefined;
  if ((mask[top * columns + right]! & mask[bottom * columns + left]!) === 0) return undefined;
  const quarters = [0, 0, 0, 0];
  let squares = 0;
  for (let row = top; row <= bottom; row += 1) {
    const lower = row - top >= height >> 1 ? 2 : 0;
    for (let column = left; column <= right; column += 1) {
      const at = row * columns + column;
      if (mask[at] === 0) return undefined;
      const value = values[at]!;
      quarters[lower + (column - left >= width >> 1 ? 1 : 0)]! += value;
      squares += value * value;
    }
  }
  const count = width * height;
  const sum = quarters[0]! + quarters[1]! + quarters[2]! + quarters[3]!;
  const mean = sum / count;
  if (mean < SOFT_FROM_HU || mean > SOFT_TO_HU) return undefined;
  const deviation = Math.sqrt(Math.max(0, squares - sum * mean) / (count - 1));
  const apart = (Math.max(...quarters) - Math.min(...quarters)) / (count / 4);
  return apart > EDGE_FROM_DEVIATIONS * deviation && deviation > 0 ? undefined : deviation;
};

/** The commonest standard deviation, HU; undefined with fewer than 200 windows. */
export const commonestDeviation = (histogram: NoiseHistogram): number | undefined => {
  let windows = 0;
  for (const count of histogram) windows += count;
  if (windows < LEAST_WINDOWS) return undefined;
  let best = 0;
  let bestDensity = -1;
  for (let bin = 0; bin < BINS; bin += 1) {
    const reach = Math.round(bin * SMOOTHING_SHARE);
    let sum = 0;
    for (let near = Math.max(0, bin - reach); near <= Math.min(BINS - 1, bin + reach); near += 1)
      sum += histogram[near]!;
    const density = sum / (2 * reach + 1);
    if (density > bestDensity) {
      bestDensity = density;
      best = bin;
    }
  }
  return centroidAround(histogram, best);
};

/** The mode to a fraction of a bin: the mean of what lies within an eighth of it on either side. */
const centroidAround = (histogram: NoiseHistogram, bin: number): number => {
  const reach = Math.max(1, Math.round(bin / 8));
  let [weight, sum] = [0, 0];
  for (let near = Math.max(0, bin - reach); near <= Math.min(BINS - 1, bin + reach); near += 1) {
    weight += histogram[near]!;
    sum += histogram[near]! * (near + 0.5);
  }
  return (sum / weight) * BIN_HU;
};

/** The share of windows above a deviation; 0 of none. */
export const shareAbove = (histogram: NoiseHistogram, deviationHu: number): number => {
  let above = 0;
  let all = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    all += histogram[bin]!;
    if ((bin + 0.5) * BIN_HU > deviationHu) above += histogram[bin]!;
  }
  return all === 0 ? 0 : above / all;
};
