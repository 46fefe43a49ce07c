import { placeOfAnatomy } from './anatomy-mask.ts';
import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';
import { CELL } from './film-scan.ts';
import type { Film } from './film.ts';

/** √(π/2) ÷ 6 turns the mean of |N| of white noise into its standard deviation [S64]. */
const ROUGHNESS_TO_SIGMA = 0.20888568955258338;
/** The quietest tenth of the cells shows noise and no structure; fewer cells than this show nothing [PD]. */
const QUIET_SHARE = 0.1;
const FEWEST_CELLS = 12; // as above [PD]
/** A cell with more pixels than this share at an end of the scale has lost its noise there [PD]. */
const CLIPPED_CELL = 0.02;

/**
 * Immerkaer's noise of the anatomy as a share of the film's grey span: all of it, structure included (`all`), and that of
 * the quietest tenth of the cells, which stands for the noise alone (`quiet`).
 */
export const noise: RadiographMetric = {
  metric: 'noise',
  unit: '1',
  method: 'Immerkaer 1996 in 16×16 cells of the anatomy',
  version: 1,
  measure: (film) => {
    const cells = sortedCellNoise(film);
    if (cells.length < FEWEST_CELLS) return 'anatomy-too-small';
    let sum = 0;
    for (const value of cells) sum += value;
    const { span } = film.tone;
    const quiet = cells[Math.floor(QUIET_SHARE * cells.length)]! / span;
    const place = placeOfAnatomy(film);
    return {
      figures: [
        { value: sum / cells.length / span, where: 'all', place },
        { value: quiet, where: 'quiet', place },
      ],
    };
  },
};

/** Immerkaer's noise in stored values over the whole picture, as published. */
export const immerkaerNoise: RadiographMetric = {
  metric: 'immerkaer-noise',
  unit: '{stored}',
  method: 'Immerkaer 1996 over the whole picture',
  version: 1,
  measure: ({ scan: { cells } }) => {
    let [sum, pixels] = [0, 0];
    for (let cell = 0; cell < cells.inner.length; cell += 1) {
      sum += cells.roughness[cell]!;
      pixels += cells.inner[cell]!;
    }
    return oneFigure((ROUGHNESS_TO_SIGMA * sum) / pixels);
  },
};

/** Noise of each unclipped cell of the anatomy in stored values, smallest first. */
const sortedCellNoise = ({ scan: { cells }, anatomyCells }: Film): Float64Array => {
  const list = new Float64Array(anatomyCells.length);
  let count = 0;
  for (let cell = 0; cell < anatomyCells.length; cell += 1) {
    if (anatomyCells[cell] === 0) continue;
    if (cells.atLow[cell]! + cells.atHigh[cell]! > CLIPPED_CELL * CELL * CELL) continue;
    list[count] = (ROUGHNESS_TO_SIGMA * cells.roughness[cell]!) / cells.inner[cell]!;
    count += 1;
  }
  return list.subarray(0, count).sort();
};
