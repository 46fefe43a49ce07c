import { placeOfReduced } from './film.ts';
import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';

/** Share of the picture inside the visible edges of the field; 1 when no edge is seen. */
export const exposedShare: RadiographMetric = {
  metric: 'exposed-share',
  unit: '1',
  method: 'straight edges of what was not exposed, one line per side',
  version: 1,
  measure: (film) => oneFigure(film.border.exposedShare, placeOfReduced(film, film.border)),
};

/** Turn of the field against the picture, degrees, clockwise positive. */
export const fieldTilt: RadiographMetric = {
  metric: 'field-tilt',
  unit: 'deg',
  method: 'mean slope of the visible field edges',
  version: 1,
  measure: ({ border: { tiltDegrees } }) => (tiltDegrees === undefined ? 'no-field-edge' : oneFigure(tiltDegrees)),
};
