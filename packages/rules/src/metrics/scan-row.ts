import type { RadiographFrame } from './radiograph-frame.ts';

/** Per cell; `inner` pixels are those whose eight neighbours exist. */
export interface CellSums {
  readonly pixels: Uint32Array;
  readonly inner: Uint32Array;
  readonly padded: Uint32Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly atLow: Uint32Array;
  readonly atHigh: Uint32Array;
  /** Σ|N|, N of Immerkaer. */
  readonly roughness: Float64Array;
  readonly laplacian: Float64Array;
  readonly laplacianSquares: Float64Array;
  /** Σ(Gx² + Gy²) of Sobel. */
  readonly gradientSquares: Float64Array;
}

/** One row of pixels and the cells it falls into. */
export interface CellRow {
  readonly samples: RadiographFrame['samples'];
  readonly start: number;
  readonly columns: number;
  readonly cells: CellSums;
  readonly firstCell: number;
  readonly low: number;
  readonly high: number;
}

/** log₂ of the cell's side. */
const CELL_SHIFT = 4;

/** Sums of one row that has a row above and below: values, noise mask, Laplacian and Sobel of each pixel. */
export const scanRow = (at: CellRow): void => {
  const { samples, start, columns, cells, firstCell, low, high } = at;
  const cellSize = 1 << CELL_SHIFT;
  const last = (columns - 1) >> CELL_SHIFT;
  for (let cell = 0; cell <= last; cell += 1) {
    const first = start + (cell << CELL_SHIFT);
    const end = Math.min(start + columns, first + cellSize);
    const from = cell === 0 ? first + 1 : first;
    const to = cell === last ? end - 1 : end;
    let roughness = 0;
    let laplacian = 0;
    let laplacianSquares = 0;
    let gradientSquares = 0;
    let sum = 0;
    let squares = 0;
    let atLow = 0;
    let atHigh = 0;
    if (cell === 0) {
      const value = samples[first]!;
      sum += value;
      squares += value * value;
      if (value === low) atLow += 1;
      else if (value === high) atHigh += 1;
    }
    // Of three neighbouring columns: value, upper + lower, lower − upper. Each is made once and handed on.
    let w = samples[from - 1]!;
    let c = samples[from]!;
    let sumW = samples[from - columns - 1]! + samples[from + columns - 1]!;
    let sumC = samples[from - columns]! + samples[from + columns]!;
    let fallW = samples[from + columns - 1]! - samples[from - columns - 1]!;
    let fallC = samples[from + columns]! - samples[from - columns]!;
    for (let index = from; index < to; index += 1) {
      const e = samples[index + 1]!;
      const ne = samples[index - columns + 1]!;
      const se = samples[index + columns + 1]!;
      const sumE = ne + se;
      const fallE = se - ne;
      const curve = sumC + w + e - 4 * c;
      const noise = sumW + sumE - 2 * curve - 4 * c;
      roughness += noise < 0 ? -noise : noise;
      laplacian += curve;
      laplacianSquares += curve * curve;
      const gx = sumE + 2 * e - sumW - 2 * w;
      const gy = fallW + 2 * fallC + fallE;
      gradientSquares += gx * gx + gy * gy;
      sum += c;
      squares += c * c;
      if (c === low) atLow += 1;
      else if (c === high) atHigh += 1;
      w = c;
      c = e;
      sumW = sumC;
      sumC = sumE;
      fallW = fallC;
      fallC = fallE;
    }
    if (cell === last && end - 1 > first) {
      const value = samples[end - 1]!;
      sum += value;
      squares += value * value;
      if (value === low) atLow += 1;
      else if (value === high) atHigh += 1;
    }
    const into = firstCell + cell;
    cells.pixels[into]! += end - first;
    cells.inner[into]! += Math.max(0, to - from);
    cells.sum[into]! += sum;
    cells.squares[into]! += squares;
    cells.atLow[into]! += atLow;
    cells.atHigh[into]! += atHigh;
    cells.roughness[into]! += roughness;
    cells.laplacian[into]! += laplacian;
    cells.laplacianSquares[into]! += laplacianSquares;
    cells.gradientSquares[into]! += gradientSquares;
  }
};

/** Sums of the first or last row, whose pixels lack neighbours: values only. */
export const scanRowEdge = (at: CellRow): void => {
  const { samples, start, columns, cells, firstCell, low, high } = at;
  for (let column = 0; column < columns; column += 1) {
    const value = samples[start + column]!;
    const into = firstCell + (column >> CELL_SHIFT);
    cells.pixels[into]! += 1;
    cells.sum[into]! += value;
    cells.squares[into]! += value * value;
    if (value === low) cells.atLow[into]! += 1;
    else if (value === high) cells.atHigh[into]! += 1;
  }
};
