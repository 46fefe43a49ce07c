import type { Plane } from '../picture/grey-plane.ts';
import { boxValues, discValues, figuresOf, type Point } from '../picture/regions.ts';
import type { PhantomFacts } from './phantom-report.ts';

/** Radius of a region of 1 cm² in mm [S45]. */
const SMALL_ROI_MM = 5.64;
/** Half width and half length of the ghost regions, mm: an ellipse or box of 10 cm², four times as long as wide [S45]. */
const GHOST_WIDTH_MM = 16;
const GHOST_LENGTH_MM = 62; // mm, 10 cm² [S45]
/** Side of the smoothing window of the noise picture, pixels (McCann 2013, as one peer sets it for a head coil). */
const SMOOTHING_PIXELS = 25;
/** Side and distance of the five squares of SNR, pixels (McCann 2013). */
const SQUARE_PIXELS = 20;
const SQUARE_OFF_PIXELS = 40; // pixels (McCann 2013)

/** `100 · (1 − (high − low) / (high + low))` of the brightest and darkest 1 cm² inside the large region [S42, S45]. */
export const integralUniformity = (plane: Plane, centre: Point, largeMm: number): number => {
  const reach = largeMm - SMALL_ROI_MM;
  const step = 2;
  let [low, high] = [Infinity, -Infinity];
  for (let y = -reach; y <= reach; y += step) {
    for (let x = -reach; x <= reach; x += step) {
      if (x * x + y * y > reach * reach) continue;
      const at = { x: centre.x + x / plane.columnMm, y: centre.y + y / plane.rowMm };
      const { mean } = figuresOf(discValues(plane, at, SMALL_ROI_MM));
      low = Math.min(low, mean);
      high = Math.max(high, mean);
    }
  }
  return 100 * (1 - (high - low) / (high + low));
};

/** `100 · |((top + bottom) − (left + right)) / (2 · signal)|` of regions in the air beside the phantom [S42]. */
export const ghosting = (plane: Plane, centre: Point, largeMm: number, radiusMm: number): number => {
  const signal = figuresOf(discValues(plane, centre, largeMm)).mean;
  const room = (edgeMm: number): { middle: number; width: number } => {
    const width = Math.min(GHOST_WIDTH_MM, edgeMm - radiusMm - 4);
    return { middle: radiusMm + 2 + width / 2 + Math.max(0, (edgeMm - radiusMm - 4 - width) / 2), width };
  };
  const sides = {
    top: room((centre.y + 0.5) * plane.rowMm),
    bottom: room((plane.rows - 0.5 - centre.y) * plane.rowMm),
    left: room((centre.x + 0.5) * plane.columnMm),
    right: room((plane.columns - 0.5 - centre.x) * plane.columnMm),
  };
  const mean = (side: keyof typeof sides): number => {
    const { middle, width } = sides[side];
    if (width < 3) return Number.NaN;
    const length = Math.min(GHOST_LENGTH_MM, (GHOST_WIDTH_MM * GHOST_LENGTH_MM) / width);
    const isAcross = side === 'top' || side === 'bottom';
    const sign = side === 'top' || side === 'left' ? -1 : 1;
    const at = isAcross
      ? { x: centre.x, y: centre.y + (sign * middle) / plane.rowMm }
      : { x: centre.x + (sign * middle) / plane.columnMm, y: centre.y };
    return figuresOf(boxValues(plane, at, isAcross ? length : width, isAcross ? width : length)).mean;
  };
  return 100 * Math.abs((mean('top') + mean('bottom') - mean('left') - mean('right')) / (2 * signal));
};

/** Mean over five squares of signal over noise, noise being what a moving average takes away (McCann 2013). */
export const snrBySmoothing = (plane: Plane, centre: Point): number => {
  const noise = { ...plane, values: plane.values.map((value, at) => value - boxMeanAt(plane, at)) };
  return meanRatio(plane, noise, centre, 1);
};

/** Mean over five squares of signal over the noise of the difference of two runs, divided by √2 (NEMA MS 1). */
export const snrBySubtraction = (plane: Plane, second: Plane, centre: Point): number => {
  if (second.values.length !== plane.values.length) return Number.NaN;
  const difference = { ...plane, values: plane.values.map((value, at) => value - second.values[at]!) };
  return meanRatio(plane, difference, centre, Math.SQRT2);
};

const meanRatio = (plane: Plane, noise: Plane, centre: Point, over: number): number => {
  const ratios = [
    [0, 0],
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(([x, y]) => {
    const at = { x: centre.x + x! * SQUARE_OFF_PIXELS, y: centre.y + y! * SQUARE_OFF_PIXELS };
    const width = (SQUARE_PIXELS - 1) * plane.columnMm;
    const height = (SQUARE_PIXELS - 1) * plane.rowMm;
    const signal = figuresOf(boxValues(plane, at, width, height)).mean;
    return (signal * over) / figuresOf(boxValues(noise, at, width, height)).standardDeviation;
  });
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
};

/** Mean of the smoothing window around a pixel; beyond the picture zeros. */
const boxMeanAt = ({ rows, columns, values }: Plane, at: number): number => {
  const reach = SMOOTHING_PIXELS >> 1;
  const row = Math.floor(at / columns);
  const column = at % columns;
  let sum = 0;
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y += 1) {
    for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x += 1) {
      sum += values[y * columns + x]!;
    }
  }
  return sum / (SMOOTHING_PIXELS * SMOOTHING_PIXELS);
};

/**
 * Factor that makes SNR comparable between protocols: bandwidth against 30 kHz, voxel volume, and time of measurement
 * (McCann 2013, IPEM 112). NaN when the header lacks one of them.
 */
export const snrNormalisation = (facts: PhantomFacts, plane: Plane): number => {
  const { pixelBandwidthHz = Number.NaN, sliceThicknessMm = Number.NaN, repetitionTimeMs = Number.NaN } = facts;
  const averages = facts.numberOfAverages ?? Number.NaN;
  const bandwidth = Math.sqrt((pixelBandwidthHz * plane.columns) / 2 / 1000) / Math.sqrt(30);
  const voxel = 1 / (0.001 * plane.rowMm * plane.columnMm * sliceThicknessMm);
  return (bandwidth * voxel) / Math.sqrt((averages * plane.rows * repetitionTimeMs) / 1000);
};
