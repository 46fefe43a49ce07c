import type { CtSliceFacts } from './ct-slice.ts';
import type { SliceFigures } from './measure-slice.ts';
import type { NoiseHistogram } from './noise-level.ts';

/** What is kept of one slice. */
export interface SliceRow extends Omit<SliceFigures, 'body'> {
  readonly facts: CtSliceFacts;
  readonly place: number | undefined;
  readonly hasMetal: boolean;
  readonly rowMm: number;
  readonly columnMm: number;
  readonly pictureRows: number;
  readonly pictureColumns: number;
}

/** A series, reduced to what its metrics need. */
export interface SeriesFigures {
  readonly slices: readonly SliceRow[];
  readonly noise: NoiseHistogram;
  readonly metalNoise: NoiseHistogram;
}

/** One figure of a metric. */
export interface Figure {
  readonly value: number;
  readonly where?: string;
  /** When the way differs from the usual one of the metric. */
  readonly method?: string;
}

/** A metric of a CT series: its figures, or the reason why there is none. */
export interface CtRow {
  readonly metric: string;
  readonly unit: string;
  readonly method: string;
  readonly version: number;
  readonly measure: (series: SeriesFigures) => Figure | Figure[] | string;
}
