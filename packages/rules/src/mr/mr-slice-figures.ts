import { type Plane } from '../picture/grey-plane.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { componentsOf, fillHoles } from '../picture/components.ts';
import { medianOf } from '../picture/regions.ts';

/** Share of the picture that the thing must fill to be measured, and leave free for a background [PD]. */
const OBJECT_FROM_SHARE = 0.02;
const OBJECT_TO_SHARE = 0.97; // share of the picture [PD]
/** Width of the seam between thing and background that belongs to neither, mm: partial volume and ringing [PD]. */
const SEAM_MM = 4;
/** Least background pixels that a standard deviation may rest on [PD]. */
const LEAST_BACKGROUND = 200;

/** What one MR slice tells. */
export interface MrSliceFigures {
  readonly objectMm2: number;
  readonly signal: number;
  readonly signalDeviation: number;
  readonly signalCount: number;
  /** Median of squares inside and outside. */
  readonly objectEnergy: number;
  readonly backgroundEnergy: number;
  readonly airDeviation: number;
  readonly backgroundCount: number;
  readonly entropyFocus: number;
  readonly uniformity: number;
  /** Mean background on the phase axis (above and below, or left and right of the thing) and on the other one. */
  readonly besideRows: number;
  readonly besideColumns: number;
  readonly corner: number;
  /** Mean where the thing would fall shifted by half the field downwards or sideways, outside the thing. */
  readonly ghostRows: number | undefined;
  readonly ghostColumns: number | undefined;
  /** Share of the lines on which the thing touches both opposite borders, or is cut straight at both ends. */
  readonly wrapRows: number;
  readonly wrapColumns: number;
}

/** Measures one slice; a reason when nothing stands out from the background. */
export const measureMrSlice = (plane: Plane): MrSliceFigures | string => {
  const { rows, columns, values } = plane;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const threshold = otsuThreshold(values, low, high);
  if (threshold === undefined) return 'picture-is-constant';
  const bright = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at += 1) bright[at] = values[at]! >= threshold / 2 + low / 2 ? 1 : 0;
  const object = objectMask(bright, rows, columns);
  const share = object.reduce((sum, inside) => sum + inside, 0) / object.length;
  if (share < OBJECT_FROM_SHARE) return 'no-object';
  if (share > OBJECT_TO_SHARE) return 'no-background';
  const seam = Math.max(1, Math.round(SEAM_MM / Math.min(plane.rowMm, plane.columnMm)));
  const near = dilated(object, rows, columns, seam);
  return figures(plane, { object, near, bright, share });
};

/** The parts that are at least a tenth of the largest, filled. */
const objectMask = (bright: Uint8Array, rows: number, columns: number): Uint8Array => {
  const { labels, components } = componentsOf(bright, rows, columns);
  const largest = components[0]?.area ?? 0;
  const kept = new Set(components.filter(({ area }) => area * 10 >= largest).map(({ label }) => label));
  const mask = new Uint8Array(bright.length);
  for (let at = 0; at < mask.length; at += 1) mask[at] = kept.has(labels[at]!) ? 1 : 0;
  return fillHoles(mask, rows, columns);
};

const dilated = (mask: Uint8Array, rows: number, columns: number, reach: number): Uint8Array => {
  const wide = new Uint8Array(mask.length);
  const grown = new Uint8Array(mask.length);
  for (let row = 0; row < rows; row += 1) spread(mask, wide, row * columns, 1, columns, reach);
  for (let column = 0; column < columns; column += 1) spread(wide, grown, column, columns, rows, reach);
  return grown;
};

const spread = (from: Uint8Array, to: Uint8Array, start: number, step: number, length: number, reach: number): void => {
  let last = -reach - 1;
  for (let at = 0; at < length; at += 1) {
    if (from[start + at * step] === 1) last = at;
    if (at - last <= reach) to[start + at * step] = 1;
  }
  last = length + reach + 1;
  for (let at = length - 1; at >= 0; at -= 1) {
    if (from[start + at * step] === 1) last = at;
    if (last - at <= reach) to[start + at * step] = 1;
  }
};

interface Masks {
  readonly object: Uint8Array;
  readonly near: Uint8Array;
  readonly bright: Uint8Array;
  readonly share: number;
}

const figures = (plane: Plane, masks: Masks): MrSliceFigures => {
  const { rows, columns, values, rowMm, columnMm } = plane;
  const inside: number[] = [];
  const outside: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    if (masks.object[at] === 1 && masks.bright[at] === 1) inside.push(values[at]!);
    // Exact zeros outside are masked or never reconstructed: they know nothing of noise.
    else if (masks.near[at] === 0 && values[at]! !== 0) outside.push(values[at]!);
  }
  const signal = medianOf(inside);
  const enough = outside.length >= LEAST_BACKGROUND;
  return {
    objectMm2: masks.share * rows * columns * rowMm * columnMm,
    signal,
    signalDeviation: deviationOf(inside),
    signalCount: inside.length,
    objectEnergy: medianOf(inside) ** 2,
    backgroundEnergy: outside.length === 0 ? 0 : medianOf(outside.map((value) => Math.abs(value))) ** 2,
    airDeviation: enough ? rayleighSigma(outside) : Number.NaN,
    backgroundCount: outside.length,
    entropyFocus: entropyFocusOf(values),
    uniformity: uniformityOf(plane, masks.object),
    ...besideFigures(plane, masks),
    ...wrapFigures(plane, masks.object, signal),
  };
};

const deviationOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
};

/**
 * Standard deviation of the background, from its median: ghosts and wrapped parts, which are few and bright, do not move
 * it. For a Rayleigh law the median is 1.1774 σ and the standard deviation 0.6551 σ.
 */
const rayleighSigma = (values: readonly number[]): number => (medianOf(values) / 1.17741) * 0.655136;

/** Entropy focus criterion of Atkinson 1997 over the largest entropy: 0 all energy in one pixel, 1 flat [S68]. */
const entropyFocusOf = (values: Float32Array): number => {
  let squares = 0;
  for (const value of values) squares += value * value;
  const whole = Math.sqrt(squares);
  const count = values.length;
  if (!(whole > 0) || count < 2) return Number.NaN;
  let entropy = 0;
  for (const value of values) {
    const share = Math.abs(value) / whole;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy / (Math.sqrt(count) * Math.log(Math.sqrt(count)));
};

/** Side of the blocks over which signal is averaged before it is compared, as a share of the picture [PD]. */
const BLOCKS_PER_SIDE = 32;

/** `1 − (S95 − S5) / (S95 + S5)` of block means inside the thing: slow shading of the coil, not anatomy alone. */
const uniformityOf = ({ rows, columns, values }: Plane, object: Uint8Array): number => {
  const height = Math.max(1, Math.floor(rows / BLOCKS_PER_SIDE));
  const width = Math.max(1, Math.floor(columns / BLOCKS_PER_SIDE));
  const means: number[] = [];
  for (let top = 0; top + height <= rows; top += height) {
    for (let left = 0; left + width <= columns; left += width) {
      let [sum, count] = [0, 0];
      for (let row = top; row < top + height; row += 1) {
        for (let column = left; column < left + width; column += 1) {
          count += object[row * columns + column]!;
          sum += values[row * columns + column]!;
        }
      }
      if (count === width * height) means.push(sum / count);
    }
  }
  if (means.length < 20) return Number.NaN;
  const sorted = Float64Array.from(means).sort();
  const low = sorted[Math.floor(0.05 * (sorted.length - 1))]!;
  const high = sorted[Math.ceil(0.95 * (sorted.length - 1))]!;
  return high + low > 0 ? 1 - (high - low) / (high + low) : Number.NaN;
};

/** Background in line with the thing along each axis, in the corners, and where its ghost would fall. */
const besideFigures = ({ rows, columns, values }: Plane, { object, near }: Masks) => {
  const rowHas = new Uint8Array(rows);
  const columnHas = new Uint8Array(columns);
  for (let at = 0; at < object.length; at += 1) {
    if (object[at] === 0) continue;
    rowHas[Math.floor(at / columns)] = 1;
    columnHas[at % columns] = 1;
  }
  const sums = { rows: meanOf(), columns: meanOf(), corner: meanOf(), ghostRows: meanOf(), ghostColumns: meanOf() };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      if (near[at] === 1) continue;
      const value = Math.abs(values[at]!);
      if (columnHas[column] === 1 && rowHas[row] === 0) sums.rows.add(value);
      else if (rowHas[row] === 1 && columnHas[column] === 0) sums.columns.add(value);
      else if (rowHas[row] === 0 && columnHas[column] === 0) sums.corner.add(value);
      if (object[((row + (rows >> 1)) % rows) * columns + column] === 1) sums.ghostRows.add(value);
      if (object[row * columns + ((column + (columns >> 1)) % columns)] === 1) sums.ghostColumns.add(value);
    }
  }
  return {
    besideRows: sums.rows.mean() ?? Number.NaN,
    besideColumns: sums.columns.mean() ?? Number.NaN,
    corner: sums.corner.mean() ?? Number.NaN,
    ghostRows: sums.ghostRows.mean(),
    ghostColumns: sums.ghostColumns.mean(),
  };
};

const meanOf = () => {
  let [sum, count] = [0, 0];
  return {
    add: (value: number): void => {
      sum += value;
      count += 1;
    },
    mean: (): number | undefined => (count < 50 ? undefined : sum / count),
  };
};

/** Signal below this share of the typical one does not count at a border: a ghost is no wrapped part [PD]. */
const WRAP_FROM_SIGNAL_SHARE = 0.6;
/** An end of the thing counts as cut straight when this share of its width ends in one line: a circle's does not [PD]. */
const STRAIGHT_FROM_SHARE = 0.35;

/**
 * The share of the width on which the thing touches both opposite borders of the picture, or, where the field is narrower
 * than the picture, on which both of its ends are cut straight.
 */
const wrapFigures = ({ rows, columns, values }: Plane, object: Uint8Array, signal: number) => {
  const isIn = (row: number, column: number): boolean => {
    const at = row * columns + column;
    return object[at] === 1 && values[at]! >= WRAP_FROM_SIGNAL_SHARE * signal;
  };
  return {
    wrapRows: wrapAlong(columns, rows, (line, step) => isIn(step, line)),
    wrapColumns: wrapAlong(rows, columns, (line, step) => isIn(line, step)),
  };
};

const wrapAlong = (lines: number, length: number, isIn: (line: number, step: number) => boolean): number => {
  const firsts: number[] = [];
  const lasts: number[] = [];
  let onBoth = 0;
  for (let line = 0; line < lines; line += 1) {
    let [first, last] = [0, length - 1];
    while (first < length && !isIn(line, first)) first += 1;
    if (first === length) continue;
    while (!isIn(line, last)) last -= 1;
    firsts.push(first);
    lasts.push(last);
    if (first === 0 && last === length - 1) onBoth += 1;
  }
  if (firsts.length === 0) return 0;
  const [start, end] = [Math.min(...firsts), Math.max(...lasts)];
  const straight = Math.min(
    firsts.filter((first) => first === start).length / firsts.length,
    lasts.filter((last) => last === end).length / lasts.length,
  );
  return Math.max(onBoth / lines, straight >= STRAIGHT_FROM_SHARE ? straight : 0);
};
