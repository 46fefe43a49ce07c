import type { Film } from './film.ts';
import { CELL } from './film-scan.ts';
import type { Place } from './measurement.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';

/** Share of the anatomy that lies at the smallest and at the largest value of the film: detail that is lost. */
export const clipping: RadiographMetric = {
  metric: 'clipping',
  unit: '1',
  method: 'share of anatomy pixels at the smallest and largest stored value',
  version: 1,
  measure: (film): RadiographAnswer | string => {
    const { cells } = film.scan;
    let [pixels, low, high] = [0, 0, 0];
    for (let cell = 0; cell < film.anatomyCells.length; cell += 1) {
      if (film.anatomyCells[cell] === 0) continue;
      pixels += cells.pixels[cell]!;
      low += cells.atLow[cell]!;
      high += cells.atHigh[cell]!;
    }
    if (pixels === 0) return 'anatomy-too-small';
    const [black, white] = film.tone.isFlipped ? [high, low] : [low, high];
    const [blackCells, whiteCells] = film.tone.isFlipped ? [cells.atHigh, cells.atLow] : [cells.atLow, cells.atHigh];
    return {
      figures: [
        { value: black / pixels, where: 'black', ...placeOf(film, blackCells) },
        { value: white / pixels, where: 'white', ...placeOf(film, whiteCells) },
      ],
    };
  },
};

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
