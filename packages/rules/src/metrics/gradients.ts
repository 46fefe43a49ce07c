import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';
import type { CellSums } from './scan-row.ts';
import type { Film } from './film.ts';

/** Sums over the cells of the anatomy; pixels with eight neighbours. */
const overAnatomy = ({ scan: { cells }, anatomyCells }: Film, sumsOf: (cells: CellSums) => Float64Array) => {
  const sums = sumsOf(cells);
  let [sum, pixels] = [0, 0];
  for (let cell = 0; cell < anatomyCells.length; cell += 1) {
    if (anatomyCells[cell] === 0) continue;
    sum += sums[cell]!;
    pixels += cells.inner[cell]!;
  }
  return { sum, pixels };
};

/** Variance of the Laplacian of the anatomy, in squared shares of the grey span; rises with sharpness and with noise. */
export const laplacianVariance: RadiographMetric = {
  metric: 'laplacian-variance',
  unit: '1',
  method: 'variance of the 4-neighbour Laplacian over the anatomy',
  version: 1,
  measure: (film) => {
    const squares = overAnatomy(film, (cells) => cells.laplacianSquares);
    if (squares.pixels === 0) return 'anatomy-too-small';
    const mean = overAnatomy(film, (cells) => cells.laplacian).sum / squares.pixels;
    const { span } = film.tone;
    return oneFigure((squares.sum / squares.pixels - mean * mean) / (span * span));
  },
};

/** Mean squared Sobel gradient of the anatomy, in squared shares of the grey span. */
export const tenengrad: RadiographMetric = {
  metric: 'tenengrad',
  unit: '1',
  method: 'mean of Gx² + Gy² (Sobel) over the anatomy',
  version: 1,
  measure: (film) => {
    const squares = overAnatomy(film, (cells) => cells.gradientSquares);
    const { span } = film.tone;
    return squares.pixels === 0 ? 'anatomy-too-small' : oneFigure(squares.sum / squares.pixels / (span * span));
  },
};
