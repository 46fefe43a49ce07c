import type { Part } from '../positions/part.ts';
import { placeOfReduced } from './film.ts';
import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';

/** Share of the picture inside the visible edges of the field; 1 when no edge is seen. */
export const exposedShare: RadiographMetric = {
  metric: 'exposed-share',
  unit: '1',
  method: 'straight edges of what was not exposed, one line per side; else the collimator edges of the header',
  version: 2,
  measure: (film) => oneFigure(film.border.exposedShare, placeOfReduced(film, film.border)),
};

/** Turn of the field against the picture, degrees, clockwise positive (`signed`), and its size. */
export const fieldTilt: RadiographMetric = {
  metric: 'field-tilt',
  unit: 'deg',
  method: 'mean slope of the visible field edges',
  version: 2,
  measure: (film) => {
    const { tiltDegrees } = film.border;
    if (tiltDegrees === undefined) return 'no-field-edge';
    const place = placeOfReduced(film, film.border);
    return {
      figures: [
        { value: tiltDegrees, where: 'signed', place },
        { value: Math.abs(tiltDegrees), where: 'size', place },
      ],
    };
  },
};

/**
 * Widest field that is of use, mm across the picture, by part: the formats that these parts are taken on [PD]. A frontal
 * chest, an abdomen and a pelvis fill the detector and are not asked.
 */
const usefulWidthMm: Readonly<Partial<Record<Part, { readonly frontal: number; readonly lateral: number }>>> = {
  hand: { frontal: 190, lateral: 190 },
  wrist: { frontal: 190, lateral: 190 },
  finger: { frontal: 150, lateral: 150 },
  foot: { frontal: 190, lateral: 310 },
  ankle: { frontal: 190, lateral: 250 },
  knee: { frontal: 210, lateral: 220 },
  elbow: { frontal: 210, lateral: 250 },
  skull: { frontal: 230, lateral: 285 },
  'cervical-spine': { frontal: 210, lateral: 250 },
  'lumbar-spine': { frontal: 270, lateral: 270 },
};

/** Size of the exposed field on the detector, mm: `width`, `height`, and `of-useful`, its width over the widest useful one. */
export const fieldSize: RadiographMetric = {
  metric: 'field-size',
  unit: 'mm',
  method: 'visible field edges or those of the header × pixel spacing',
  version: 1,
  measure: ({ border, facts, scan, frame }) => {
    const spacing = facts.pixelSpacingMm;
    if (spacing === undefined) return 'no-scale';
    const { factor } = scan.reduced;
    const columns = Math.min(frame.columns, (border.right + 1) * factor) - border.left * factor;
    const rows = Math.min(frame.rows, (border.bottom + 1) * factor) - border.top * factor;
    return {
      figures: [
        { value: columns * spacing.column, where: 'width' },
        { value: rows * spacing.row, where: 'height' },
      ],
    };
  },
};

/** Width of the exposed field over the widest that is of use for the part; above 1 more than needed was exposed. */
export const fieldExcess: RadiographMetric = {
  metric: 'field-excess',
  unit: '1',
  method: 'width of the field over the widest useful one of the part',
  version: 1,
  measure: (film) => {
    const { facts, scan, frame, border } = film;
    if (facts.part === undefined) return 'part-unknown';
    const useful = usefulWidthMm[facts.part];
    if (useful === undefined) return 'part-fills-the-field';
    if (facts.pixelSpacingMm === undefined) return 'no-scale';
    const { factor } = scan.reduced;
    const columns = Math.min(frame.columns, (border.right + 1) * factor) - border.left * factor;
    const widest = facts.view === 'lateral' ? useful.lateral : useful.frontal;
    return oneFigure((columns * facts.pixelSpacingMm.column) / widest, placeOfReduced(film, border));
  },
};
