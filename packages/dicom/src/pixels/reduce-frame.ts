import type { Frame } from './frame.ts';
import { extremesOf } from './stored-samples.ts';

/** How many rows and columns become one. */
export type ReductionFactor = 2 | 4 | 8;

/**
 * The frame at 1/2, 1/4 or 1/8 of its size, each sample the mean of the block it covers, so that grid lines
 * do not alias at fit-to-window. Rows and columns are rounded up; blocks at the right and lower edge average
 * what is there. Spacing grows with the factor.
 */
export const reduceFrame = <Kind extends Frame>(frame: Kind, factor: ReductionFactor): Kind => {
  const rows = Math.ceil(frame.rows / factor);
  const columns = Math.ceil(frame.columns / factor);
  const spacing = frame.pixelSpacing;
  const pixelSpacing =
    spacing === undefined
      ? undefined
      : { ...spacing, rowMm: spacing.rowMm * factor, columnMm: spacing.columnMm * factor };
  const channels = frame.kind === 'colour' ? 3 : 1;
  const samples = averaged(frame.samples, frame.rows, frame.columns, channels, factor);
  const extremes = extremesOf(samples);
  const stored = frame.kind === 'colour' ? {} : { minStored: extremes.min, maxStored: extremes.max };
  return { ...frame, rows, columns, pixelSpacing, samples, ...stored };
};

type Samples = Frame['samples'];

const emptyLike = (samples: Samples, length: number): Samples => {
  if (samples instanceof Uint8Array) return new Uint8Array(length);
  return samples instanceof Int16Array ? new Int16Array(length) : new Uint16Array(length);
};

/** One pass over the source: a row of sums per block row, divided when the block row is complete. */
const averaged = (source: Samples, rows: number, columns: number, channels: number, factor: number): Samples => {
  const columnsOut = Math.ceil(columns / factor);
  const rowsOut = Math.ceil(rows / factor);
  const target = emptyLike(source, rowsOut * columnsOut * channels);
  const sums = new Int32Array(columnsOut * channels);
  for (let rowOut = 0; rowOut < rowsOut; rowOut += 1) {
    const lastRow = Math.min(rows, (rowOut + 1) * factor);
    sums.fill(0);
    for (let row = rowOut * factor; row < lastRow; row += 1)
      addRow(source, row * columns, columns, channels, factor, sums);
    const height = lastRow - rowOut * factor;
    const at = rowOut * columnsOut * channels;
    const lastBlock = sums.length - channels;
    const area = height * factor;
    for (let index = 0; index < lastBlock; index += 1) target[at + index] = nearest(sums[index]! / area);
    const lastArea = height * (columns - (columnsOut - 1) * factor);
    for (let index = lastBlock; index < sums.length; index += 1) target[at + index] = nearest(sums[index]! / lastArea);
  }
  return target;
};

/** As Math.round, several times faster in this loop. */
const nearest = (mean: number): number => Math.floor(mean + 0.5);

const addRow = (
  source: Samples,
  start: number,
  columns: number,
  channels: number,
  factor: number,
  sums: Int32Array,
): void => {
  if (channels === 1) {
    let at = start;
    const whole = Math.floor(columns / factor);
    for (let block = 0; block < whole; block += 1) {
      let sum = 0;
      for (let step = 0; step < factor; step += 1) sum += source[at + step]!;
      sums[block]! += sum;
      at += factor;
    }
    for (; at < start + columns; at += 1) sums[whole]! += source[at]!;
    return;
  }
  for (let column = 0; column < columns; column += 1) {
    const at = (start + column) * channels;
    const block = Math.floor(column / factor) * channels;
    for (let channel = 0; channel < channels; channel += 1) sums[block + channel]! += source[at + channel]!;
  }
};
