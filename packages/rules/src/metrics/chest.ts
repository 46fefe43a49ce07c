import { medianOf } from '../picture/regions.ts';
import { slopeDegrees } from './exact-math.ts';
import { type Film, placeOfReduced } from './film.ts';
import type { Place } from './measurement.ts';
import { boxBlur, findLungs, type Lungs } from './lungs.ts';
import { type NoFigure, type RadiographAnswer, type RadiographMetric } from './radiograph-metric.ts';

const known = new WeakMap<Film, Lungs | 'none'>();

/** Both lungs of a frontal chest film, or the reason why there is none to measure. */
const lungsOf = (film: Film): Lungs | NoFigure => {
  const { part, view } = film.facts;
  if (part !== 'chest') return 'not-a-chest';
  if (view !== 'pa' && view !== 'ap') return 'not-frontal';
  const lungs = known.get(film) ?? findLungs(film) ?? 'none';
  known.set(film, lungs);
  return lungs === 'none' ? 'lungs-not-found' : lungs;
};

/** Of the rows of the lungs, the part in which the ribs run down the sides: apices and diaphragm are left out [PD]. */
const RIB_ROWS = { from: 0.25, to: 0.85 } as const;

/**
 * How far the trunk leans in the picture: slope of the middles between the outer edges of both lungs, degrees, positive
 * when the head leans to the right of the picture.
 */
export const chestTilt: RadiographMetric = {
  metric: 'chest-tilt',
  unit: 'deg',
  method: 'line through the middles of the outer lung edges, median slope of distant pairs',
  version: 1,
  measure: (film) => {
    const lungs = lungsOf(film);
    if (typeof lungs === 'string') return lungs;
    const rows = ribRows(lungs);
    const half = Math.floor(rows.length / 2);
    const slopes: number[] = [];
    for (let at = 0; at + half < rows.length; at += 1) {
      slopes.push((middleAt(lungs, rows[at]!) - middleAt(lungs, rows[at + half]!)) / (rows[at + half]! - rows[at]!));
    }
    return slopes.length === 0 ? 'lungs-too-short' : signedAndSize(slopeDegrees(medianOf(slopes)), boxOf(film, lungs));
  },
};

/** Rows in which the medial clavicle ends and the trachea lie, as shares of the lungs' height [PD]. */
const UPPER_ROWS = { from: 0.12, to: 0.4 } as const;
/** Blur before the ridge of the spine is looked for, as a share of the picture's width [PD]. */
const RIDGE_BLUR = 0.02;

/**
 * Turn about the long axis: |dL − dR| ÷ (dL + dR), the distances from the spine to the outer lung edges in the upper
 * third. 0 is straight. The sign tells where the spine lies: positive to the right of the picture's middle.
 */
export const chestAsymmetry: RadiographMetric = {
  metric: 'chest-asymmetry',
  unit: '1',
  method: 'bright ridge of the spine against the outer lung edges in the upper third',
  version: 1,
  measure: (film) => {
    const lungs = lungsOf(film);
    if (typeof lungs === 'string') return lungs;
    const { reduced } = film.scan;
    const radius = Math.max(1, Math.round(reduced.columns * RIDGE_BLUR));
    const smooth = boxBlur(film.grey, reduced.rows, reduced.columns, radius);
    const shares: number[] = [];
    for (const row of sharedRows(lungs, UPPER_ROWS.from, UPPER_ROWS.to)) {
      const [left, right] = [lungs.outerLeft[row]!, lungs.outerRight[row]!];
      const ridge = brightest(smooth, row * reduced.columns, lungs.innerLeft[row]!, lungs.innerRight[row]!);
      shares.push((2 * ridge - left - right) / (right - left));
    }
    return shares.length === 0 ? 'lungs-too-short' : signedAndSize(medianOf(shares), boxOf(film, lungs));
  },
};

/**
 * Room between the lungs and the edge of the field, as shares of the picture: above the higher apex, below the lower
 * costophrenic angle, beside both. Near 0 the lung is cut.
 */
export const lungMargin: RadiographMetric = {
  metric: 'lung-margin',
  unit: '1',
  method: 'distance of the lung mask from the field edge over the height or width of the picture',
  version: 1,
  measure: (film): RadiographAnswer | NoFigure => {
    const lungs = lungsOf(film);
    if (typeof lungs === 'string') return lungs;
    const { reduced } = film.scan;
    const { border } = film;
    const place = boxOf(film, lungs);
    const lefts = lungs.outerLeft.filter((column) => column >= 0);
    const left = lefts.reduce((least, column) => Math.min(least, column), reduced.columns);
    const right = lungs.outerRight.reduce((most, column) => Math.max(most, column), -1);
    const figures = [
      { where: 'apices', value: (lungs.top - border.top) / reduced.rows, place },
      { where: 'costophrenic-angles', value: (border.bottom - lungs.bottom) / reduced.rows, place },
      { where: 'left-of-picture', value: (left - border.left) / reduced.columns, place },
      { where: 'right-of-picture', value: (border.right - right) / reduced.columns, place },
    ];
    const least = figures.reduce((one, other) => (other.value < one.value ? other : one));
    return { figures: [...figures, { where: 'least', value: least.value, place }] };
  },
};

/** A figure with its direction, and its size for a limit on either side. */
const signedAndSize = (value: number, place: Place): RadiographAnswer => ({
  figures: [
    { value, where: 'signed', place },
    { value: Math.abs(value), where: 'size', place },
  ],
});

const boxOf = (film: Film, { top, bottom, outerLeft, outerRight }: Lungs) => {
  let [left, right] = [film.scan.reduced.columns, 0];
  for (let row = top; row <= bottom; row += 1) {
    if (outerLeft[row]! >= 0) left = Math.min(left, outerLeft[row]!);
    right = Math.max(right, outerRight[row]!);
  }
  return placeOfReduced(film, { left: Math.min(left, right), right, top, bottom });
};

/** Rows in which both lungs are seen, between two shares of the height they have in common. */
const sharedRows = (lungs: Lungs, from: number, to: number): number[] => {
  const top = Math.max(lungs.leftTop, lungs.rightTop);
  const height = Math.min(lungs.leftBottom, lungs.rightBottom) - top;
  const rows: number[] = [];
  for (let row = top + Math.ceil(height * from); row <= top + height * to; row += 1) {
    if (lungs.outerLeft[row]! >= 0 && lungs.outerRight[row]! >= 0) rows.push(row);
  }
  return rows;
};
const ribRows = (lungs: Lungs): number[] => sharedRows(lungs, RIB_ROWS.from, RIB_ROWS.to);
const middleAt = ({ outerLeft, outerRight }: Lungs, row: number): number => (outerLeft[row]! + outerRight[row]!) / 2;

const brightest = (values: Float32Array, start: number, from: number, to: number): number => {
  let best = from;
  for (let column = from; column <= to; column += 1) {
    if (values[start + column]! > values[start + best]!) best = column;
  }
  return best;
};
