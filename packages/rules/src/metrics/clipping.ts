import type { Film } from './film.ts';
import { CELL } from './film-scan.ts';
import type { Place } from './measurement.ts';
import { ANATOMY } from './regions.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';

/**
 * Share of the anatomy that lies at the smallest and at the largest value of the film: detail that is lost. White is
 * counted in all cells, by their share of anatomy; black, which bare background is too, in cells that lie wholly in the
 * anatomy and in the anatomy of the reduced picture, the larger of both.
 */
export const clipping: RadiographMetric = {
  metric: 'clipping',
  unit: '1',
  method: 'share of anatomy pixels at the smallest and largest stored value',
  version: 1,
  measure: (film): RadiographAnswer | string => {
    const { cells } = film.scan;
    const [blackCells, whiteCells] = film.tone.isFlipped ? [cells.atHigh, cells.atLow] : [cells.atLow, cells.atHigh];
    let [pixels, black, weighted, white] = [0, 0, 0, 0];
    for (let cell = 0; cell < film.anatomyCells.length; cell += 1) {
      const share = anatomyShareOf(film, cell);
      weighted += share * cells.pixels[cell]!;
      white += share * whiteCells[cell]!;
      if (film.anatomyCells[cell] === 0) continue;
      pixels += cells.pixels[cell]!;
      black += blackCells[cell]!;
    }
    if (pixels === 0) return 'anatomy-too-small';
    return {
      figures: [
        { value: Math.max(black / pixels, blackOfReduced(film)), where: 'black', ...placeOf(film, blackCells) },
        { value: white / weighted, where: 'white', ...placeOf(film, whiteCells) },
      ],
    };
  },
};

/** Share of a cell that is anatomy in the reduced picture. */
const anatomyShareOf = ({ scan, regions }: Film, cell: number): number => {
  const { factor, columns, rows } = scan.reduced;
  const [top, left] = [Math.floor(cell / scan.cellColumns) * CELL, (cell % scan.cellColumns) * CELL];
  let [inside, all] = [0, 0];
  for (let row = Math.floor(top / factor); row < rows && row * factor < top + CELL; row += 1) {
    for (let column = Math.floor(left / factor); column < columns && column * factor < left + CELL; column += 1) {
      all += 1;
      if (regions.kinds[row * columns + column] === ANATOMY) inside += 1;
    }
  }
  return inside / all;
};

const blackOfReduced = ({ grey, regions, scan, tone }: Film): number => {
  const darkest = tone.greyOf(tone.isFlipped ? scan.high : scan.low);
  let black = 0;
  for (let at = 0; at < grey.length; at += 1) {
    if (regions.kinds[at] === ANATOMY && grey[at]! <= darkest + ROUNDING) black += 1;
  }
  return black / regions.anatomyPixels;
};
/** Greys of the reduced picture are rounded to single precision. */
const ROUNDING = 1e-6;

/** A cell counts as clipped from this share of its pixels on [PD]. */
const CLIPPED_SHARE = 0.25;

/** Rectangle around the clipped cells of the anatomy. */
const placeOf = ({ scan, frame, anatomyCells }: Film, counts: Uint32Array): { place?: Place } => {
  let [left, right, top, bottom] = [scan.cellColumns, -1, scan.cellRows, -1];
  for (let cell = 0; cell < anatomyCells.length; cell += 1) {
    if (anatomyCells[cell] === 0 || counts[cell]! < CLIPPED_SHARE * CELL * CELL) continue;
    const row = Math.floor(cell / scan.cellColumns);
    const column = cell - row * scan.cellColumns;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = row;
  }
  if (right < 0) return {};
  const [column, row] = [left * CELL, top * CELL];
  const width = Math.min(frame.columns, (right + 1) * CELL) - column;
  return { place: { column, row, width, height: Math.min(frame.rows, (bottom + 1) * CELL) - row } };
};
