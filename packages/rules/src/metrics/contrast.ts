import { medianOf } from '../picture/regions.ts';
import { log2 } from './exact-math.ts';
import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';

/** Contrast inside a cell: its standard deviation as a share of the film's grey span, the median over the anatomy. */
export const localContrast: RadiographMetric = {
  metric: 'local-contrast',
  unit: '1',
  method: 'median standard deviation in 16×16 cells of the anatomy over the grey span',
  version: 1,
  measure: ({ scan: { cells }, anatomyCells, tone }) => {
    const deviations: number[] = [];
    for (let cell = 0; cell < anatomyCells.length; cell += 1) {
      if (anatomyCells[cell] === 0) continue;
      const pixels = cells.pixels[cell]!;
      const mean = cells.sum[cell]! / pixels;
      deviations.push(Math.sqrt(Math.max(0, cells.squares[cell]! / pixels - mean * mean)));
    }
    return deviations.length === 0 ? 'anatomy-too-small' : oneFigure(medianOf(deviations) / tone.span);
  },
};

/** Grey levels told apart for the entropy: those of an 8-bit display, so that bit depth is no matter [PD]. */
const ENTROPY_LEVELS = 256;

/** How evenly the film uses its greys, bits of 256 levels between the smallest and the largest stored value. */
export const entropy: RadiographMetric = {
  metric: 'entropy',
  unit: 'bit',
  method: '−Σ p·log₂ p over 256 equal steps of the film’s range',
  version: 1,
  measure: ({ scan: { histogram } }) => {
    const levels = new Float64Array(ENTROPY_LEVELS);
    const perLevel = histogram.length / ENTROPY_LEVELS;
    let total = 0;
    for (let bin = 0; bin < histogram.length; bin += 1) {
      levels[Math.min(ENTROPY_LEVELS - 1, Math.floor((bin + 0.5) / perLevel))]! += histogram[bin]!;
      total += histogram[bin]!;
    }
    let sum = 0;
    for (const count of levels) if (count > 0) sum -= (count / total) * log2(count / total);
    return oneFigure(sum);
  },
};
