import { type Edges, edgesOf } from './edges.ts';
import type { Film } from './film.ts';
import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';

const found = new WeakMap<Film, Edges>();
const edgesFor = (film: Film): Edges => {
  const edges = found.get(film) ?? edgesOf(film);
  found.set(film, edges);
  return edges;
};

/** Fewer edges than this say nothing of sharpness [PD]. */
const FEWEST_EDGES = 40;
/** Just noticeable blur, pixels: of edges up to this share of the grey span, and of stronger ones (Narvekar, Karam 2011) [GKU]. */
const JUST_NOTICEABLE = { upTo: 50 / 255, weak: 5, strong: 3 } as const;
/** The probability border of 0.63 as a share of the just noticeable width: (−ln 0.37)^(1 / 3.6) [GKU]. */
const NOTICED_SHARE = 0.99841;

/** Share of the edges whose blur is not noticed (CPBD): 1 all sharp, 0 all blurred. */
export const cpbd: RadiographMetric = {
  metric: 'cpbd',
  unit: '1',
  method: 'CPBD of edges along the rows, widths between the grey extremes',
  version: 1,
  measure: (film) => {
    const { count, spans, steps } = edgesFor(film);
    if (count < FEWEST_EDGES) return 'too-few-edges';
    let sharp = 0;
    for (let at = 0; at < count; at += 1) {
      const noticeable = steps[at]! <= JUST_NOTICEABLE.upTo ? JUST_NOTICEABLE.weak : JUST_NOTICEABLE.strong;
      if (spans[at]! <= NOTICED_SHARE * noticeable) sharp += 1;
    }
    return oneFigure(sharp / count);
  },
};

/** Step ÷ slope of a Gaussian edge in standard deviations: √(2π). */
const WIDTH_PER_SIGMA = 2.5066282746310002;
/** Variance that the slope over two pixels adds, pixels²: a box of width 2. */
const SLOPE_VARIANCE = 1 / 3;

/** Blur of the typical edge as the standard deviation of a Gaussian, pixels. */
export const edgeBlur: RadiographMetric = {
  metric: 'edge-blur',
  unit: '{pixel}',
  method: 'median of grey step ÷ steepest slope, of a Gaussian edge',
  version: 1,
  measure: (film) => {
    const { count, widths } = edgesFor(film);
    if (count < FEWEST_EDGES) return 'too-few-edges';
    const width = widths.slice().sort()[Math.floor(count / 2)]! / WIDTH_PER_SIGMA;
    return oneFigure(Math.sqrt(Math.max(0, width * width - SLOPE_VARIANCE)));
  },
};
