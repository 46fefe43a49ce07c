import type { Film } from './film.ts';
import type { Place } from './measurement.ts';

/** One figure of a radiograph metric. */
export interface RadiographFigure {
  readonly value: number;
  readonly where?: string;
  readonly place?: Place;
}

/** What a metric answers: its figures, and parts of it that do not exist with the reason. */
export interface RadiographAnswer {
  readonly figures: readonly RadiographFigure[];
  readonly missing?: readonly { readonly where?: string; readonly reason: string }[];
}

/** One metric of radiographs: the film has been scanned, `measure` takes what it needs. */
export interface RadiographMetric {
  /** Name, kebab-case; the pages docs/metrics/radiograph-*.md say what it answers. */
  readonly metric: string;
  readonly unit: string;
  readonly method: string;
  /** Rises when the same film would give another figure. */
  readonly version: number;
  readonly measure: (film: Film) => RadiographAnswer | NoFigure;
}

/** The reason why a metric has no figure for a film. */
export type NoFigure = string;

/** An answer of one figure; a place only where there is one. */
export const oneFigure = (value: number, place?: Place): RadiographAnswer => ({
  figures: [place === undefined ? { value } : { value, place }],
});
