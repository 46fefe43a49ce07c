import type { RadiographFrame } from './radiograph-frame.ts';
import { type CellRow, type CellSums, scanRow, scanRowEdge } from './scan-row.ts';

/** Side of the square cells in which local figures are gathered, pixels: large enough for a stable noise figure [PD]. */
export const CELL = 16;
/** The reduced picture has about this many pixels along its longer side: ribs and digits are told apart there [PD]. */
const REDUCED_SIDE = 400;
/** Stretches into which rows and columns are cut to look for lines: a line fault runs through most of them [PD]. */
export const STRETCHES = 16;

/** Sums of one pass over a film, by square cell, by row stretch and column stretch; everything in stored values. */
export interface FilmScan {
  readonly rows: number;
  readonly columns: number;
  readonly low: number;
  readonly high: number;
  /** Pixels per stored value, from `low` on. */
  readonly histogram: Uint32Array;
  readonly cellRows: number;
  readonly cellColumns: number;
  readonly cells: CellSums;
  readonly reduced: Reduced;
  /** Means of stretches of rows, [row][stretch], and of columns, [column][stretch]. */
  readonly rowMeans: Float64Array;
  readonly columnMeans: Float64Array;
}

/** The film as means of `factor` × `factor` pixels; NaN-free: blocks of padding only have `isPadding` 1. */
export interface Reduced {
  readonly factor: number;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly isPadding: Uint8Array;
}

/** One pass over all pixels, rows in order; sums are exact for integers below 2⁵³, so that their order is no matter. */
export const scanFilm = (frame: RadiographFrame, low: number, high: number): FilmScan => {
  const { rows, columns, samples, padding } = frame;
  const cellRows = Math.ceil(rows / CELL);
  const cellColumns = Math.ceil(columns / CELL);
  const cells = emptyCells(cellRows * cellColumns);
  const histogram = new Uint32Array(high - low + 1);
  const reducer = openReducer(rows, columns);
  const rowMeans = new Float64Array(rows * STRETCHES);
  const columnSums = new Float64Array(columns * STRETCHES);
  const padFrom = padding === undefined ? 1 : Math.min(padding.from, padding.to);
  const padTo = padding === undefined ? 0 : Math.max(padding.from, padding.to);
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    const at: CellRow = { samples, start, columns, cells, firstCell: Math.floor(row / CELL) * cellColumns, low, high };
    if (row > 0 && row < rows - 1 && columns > 2) scanRow(at);
    else scanRowEdge(at);
    reducer.addRow(frame.samples, row, padFrom, padTo);
    addStretches(samples, row, { rows, columns, low, histogram, rowMeans, columnSums });
  }
  if (padFrom <= padTo) leaveOutPadding(frame, { low, padFrom, padTo, histogram, cells, cellColumns });
  const reduced = reducer.result();
  const columnMeans = byColumn(columnSums, rows, columns);
  return { rows, columns, low, high, histogram, cellRows, cellColumns, cells, reduced, rowMeans, columnMeans };
};

const emptyCells = (count: number): CellSums => ({
  pixels: new Uint32Array(count),
  inner: new Uint32Array(count),
  padded: new Uint32Array(count),
  sum: new Float64Array(count),
  squares: new Float64Array(count),
  atLow: new Uint32Array(count),
  atHigh: new Uint32Array(count),
  roughness: new Float64Array(count),
  laplacian: new Float64Array(count),
  laplacianSquares: new Float64Array(count),
  gradientSquares: new Float64Array(count),
});

interface Padding {
  readonly low: number;
  readonly padFrom: number;
  readonly padTo: number;
  readonly histogram: Uint32Array;
  readonly cells: CellSums;
  readonly cellColumns: number;
}

/** Takes padded values out of the histogram and counts them by cell. */
const leaveOutPadding = ({ samples, rows, columns }: RadiographFrame, padding: Padding): void => {
  const { low, padFrom, padTo, histogram, cells, cellColumns } = padding;
  for (let value = padFrom; value <= padTo; value += 1) {
    if (value >= low && value - low < histogram.length) histogram[value - low] = 0;
  }
  for (let row = 0; row < rows; row += 1) {
    const firstCell = Math.floor(row / CELL) * cellColumns;
    for (let column = 0; column < columns; column += 1) {
      const value = samples[row * columns + column]!;
      if (value >= padFrom && value <= padTo) cells.padded[firstCell + Math.floor(column / CELL)]! += 1;
    }
  }
};

/** First pixel of stretch `index` of a line of `length` pixels. */
export const stretchStart = (length: number, index: number): number => Math.floor((index * length) / STRETCHES);
const stretchLength = (length: number, index: number): number =>
  Math.max(1, stretchStart(length, index + 1) - stretchStart(length, index));

/** Sums [stretch][column] as means [column][stretch]. */
const byColumn = (sums: Float64Array, rows: number, columns: number): Float64Array => {
  const means = new Float64Array(sums.length);
  for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
    const length = stretchLength(rows, stretch);
    for (let column = 0; column < columns; column += 1) {
      means[column * STRETCHES + stretch] = sums[stretch * columns + column]! / length;
    }
  }
  return means;
};

interface Stretches {
  readonly rows: number;
  readonly columns: number;
  readonly low: number;
  readonly histogram: Uint32Array;
  readonly rowMeans: Float64Array;
  readonly columnSums: Float64Array;
}

const addStretches = (samples: RadiographFrame['samples'], row: number, to: Stretches): void => {
  const { rows, columns, low, histogram, rowMeans, columnSums } = to;
  let down = Math.min(STRETCHES - 1, Math.floor(((row + 1) * STRETCHES - 1) / rows));
  while (down > 0 && stretchStart(rows, down) > row) down -= 1;
  for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
    const end = stretchStart(columns, stretch + 1);
    let sum = 0;
    for (let column = stretchStart(columns, stretch); column < end; column += 1) {
      const value = samples[row * columns + column]!;
      sum += value;
      columnSums[down * columns + column]! += value;
      histogram[value - low]! += 1;
    }
    rowMeans[row * STRETCHES + stretch] = sum / stretchLength(columns, stretch);
  }
};

const openReducer = (rows: number, columns: number) => {
  const factor = Math.max(1, Math.floor(Math.max(rows, columns) / REDUCED_SIDE));
  const rowsOut = Math.ceil(rows / factor);
  const columnsOut = Math.ceil(columns / factor);
  const values = new Float32Array(rowsOut * columnsOut);
  const isPadding = new Uint8Array(rowsOut * columnsOut);
  const sums = new Float64Array(columnsOut);
  const counts = new Uint32Array(columnsOut);
  const finish = (rowOut: number): void => {
    for (let at = 0; at < columnsOut; at += 1) {
      const target = rowOut * columnsOut + at;
      if (counts[at] === 0) isPadding[target] = 1;
      else values[target] = sums[at]! / counts[at]!;
    }
    sums.fill(0);
    counts.fill(0);
  };
  const addRow = (samples: RadiographFrame['samples'], row: number, padFrom: number, padTo: number): void => {
    const start = row * columns;
    for (let block = 0; block < columnsOut; block += 1) {
      const end = Math.min(columns, (block + 1) * factor);
      let sum = 0;
      let count = 0;
      for (let column = block * factor; column < end; column += 1) {
        const value = samples[start + column]!;
        if (value >= padFrom && value <= padTo) continue;
        sum += value;
        count += 1;
      }
      sums[block]! += sum;
      counts[block]! += count;
    }
    if (row % factor === factor - 1 || row === rows - 1) finish(Math.floor(row / factor));
  };
  const result = (): Reduced => ({ factor, rows: rowsOut, columns: columnsOut, values, isPadding });
  return { addRow, result };
};
