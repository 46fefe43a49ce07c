import { planeProblem } from '../picture/grey-plane.ts';
import { type FieldBorder, findFieldBorder } from './field-border.ts';
import { withHeaderEdges } from './header-field.ts';
import { CELL, type FilmScan, scanFilm } from './film-scan.ts';
import type { Place } from './measurement.ts';
import type { RadiographFacts, RadiographFrame } from './radiograph-frame.ts';
import { ANATOMY, regionsOf, type Regions } from './regions.ts';
import { quantile, type Tone, toneOf } from './tone.ts';

/** A radiograph scanned once, with what several metrics need of it. */
export interface Film {
  readonly frame: RadiographFrame;
  readonly facts: RadiographFacts;
  readonly scan: FilmScan;
  readonly tone: Tone;
  /** Grey of the reduced picture as it is displayed: 0 black, 1 white, row by row. */
  readonly grey: Float32Array;
  readonly border: FieldBorder;
  readonly regions: Regions;
  /** 1 for cells of the scan that lie in the anatomy with all of their pixels. */
  readonly anatomyCells: Uint8Array;
  /** Sorted greys of the anatomy in the reduced picture. */
  readonly anatomyGreys: Float32Array;
}

/** Shortest side that can be measured, pixels: two cells [PD]. */
export const SMALLEST_SIDE = 32;
/** Largest number of anatomy pixels of the reduced picture; the greys of more are thinned evenly [PD]. */
const MOST_GREYS = 1 << 16;

/** Scans a film; a text when nothing of it can be measured: the reason. */
export const openFilm = (frame: RadiographFrame, facts: RadiographFacts): Film | FilmProblem => {
  const problem = planeProblem(frame);
  if (problem !== undefined) return problem;
  const extremes = extremesOf(frame);
  if (extremes === undefined) return 'all-padding';
  if (extremes.low === extremes.high) return 'constant-image';
  if (Math.min(frame.rows, frame.columns) < SMALLEST_SIDE) return 'too-small';
  const scan = scanFilm(frame, extremes.low, extremes.high);
  const tone = toneOf(frame, scan);
  if (tone.span <= 0) return 'constant-image';
  const grey = new Float32Array(scan.reduced.values.length);
  for (let at = 0; at < grey.length; at += 1) grey[at] = tone.greyOf(scan.reduced.values[at]!);
  const border = withHeaderEdges(findFieldBorder(grey, scan.reduced), grey, scan.reduced, facts.collimator);
  const isFrontalChest = facts.part === 'chest' && (facts.view === 'pa' || facts.view === 'ap');
  const regions = regionsOf(grey, scan.reduced, border, isFrontalChest ? 'upper-corners' : 'edge');
  const anatomyCells = cellsInside(scan, regions);
  return { frame, facts, scan, tone, grey, border, regions, anatomyCells, anatomyGreys: greysInside(grey, regions) };
};

/** Why a film cannot be measured at all. */
export type FilmProblem =
  'no-pixels' | 'rescale-not-a-number' | 'rescale-slope-zero' | 'all-padding' | 'constant-image' | 'too-small';

const extremesOf = ({ samples, padding, rows, columns, minStored, maxStored }: RadiographFrame) => {
  if (padding === undefined && minStored !== undefined && maxStored !== undefined) {
    return { low: minStored, high: maxStored };
  }
  const from = padding === undefined ? 1 : Math.min(padding.from, padding.to);
  const to = padding === undefined ? 0 : Math.max(padding.from, padding.to);
  let low = Infinity;
  let high = -Infinity;
  const count = rows * columns;
  for (let at = 0; at < count; at += 1) {
    const value = samples[at]!;
    if (value >= from && value <= to) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high < low ? undefined : { low, high };
};

const cellsInside = (scan: FilmScan, regions: Regions): Uint8Array => {
  const { cellRows, cellColumns, reduced, cells } = scan;
  const inside = new Uint8Array(cellRows * cellColumns);
  for (let row = 0; row < cellRows; row += 1) {
    for (let column = 0; column < cellColumns; column += 1) {
      const top = Math.floor((row * CELL) / reduced.factor);
      const left = Math.floor((column * CELL) / reduced.factor);
      const bottom = Math.min(reduced.rows - 1, Math.floor(((row + 1) * CELL - 1) / reduced.factor));
      const right = Math.min(reduced.columns - 1, Math.floor(((column + 1) * CELL - 1) / reduced.factor));
      const cell = row * cellColumns + column;
      let isInside = cells.padded[cell] === 0 && cells.inner[cell]! >= (CELL * CELL) / 2;
      for (let y = top; isInside && y <= bottom; y += 1) {
        for (let x = left; x <= right; x += 1) {
          if (regions.kinds[y * reduced.columns + x] !== ANATOMY) isInside = false;
        }
      }
      inside[cell] = isInside ? 1 : 0;
    }
  }
  return inside;
};

const greysInside = (grey: Float32Array, { kinds, anatomyPixels }: Regions): Float32Array => {
  const step = Math.max(1, Math.ceil(anatomyPixels / MOST_GREYS));
  const list = new Float32Array(Math.ceil(anatomyPixels / step));
  let seen = 0;
  for (let at = 0; at < grey.length; at += 1) {
    if (kinds[at] !== ANATOMY) continue;
    if (seen % step === 0) list[seen / step] = grey[at]!;
    seen += 1;
  }
  return list.sort();
};

/** Grey that `share` of the anatomy does not exceed; NaN without anatomy. */
export const anatomyQuantile = (film: Film, share: number): number => quantile(film.anatomyGreys, share);

/** A rectangle of the reduced picture (ends inside) in pixels of the stored frame. */
export const placeOfReduced = (
  { scan, frame }: Film,
  box: { left: number; right: number; top: number; bottom: number },
): Place => {
  const { factor } = scan.reduced;
  const column = box.left * factor;
  const row = box.top * factor;
  return {
    column,
    row,
    width: Math.min(frame.columns, (box.right + 1) * factor) - column,
    height: Math.min(frame.rows, (box.bottom + 1) * factor) - row,
  };
};
