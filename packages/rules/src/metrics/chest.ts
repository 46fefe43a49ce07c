import { medianOf } from '../picture/regions.ts';
import { slopeDegrees } from './exact-math.ts';
import { type Film, placeOfReduced } from './film.ts';
import type { Place } from './measurement.ts';
import { boxBlur, findLungs, findLungsWithin, type Lungs } from './lungs.ts';
import { lungTipsOf } from './lung-tips.ts';
import { type NoFigure, type RadiographAnswer, type RadiographMetric } from './radiograph-metric.ts';

/** Looks once a film. */
const remembered = (find: (film: Film) => Lungs | undefined): ((film: Film) => Lungs | undefined) => {
  const known = new WeakMap<Film, { lungs: Lungs | undefined }>();
  return (film) => {
    const { lungs } = known.get(film) ?? { lungs: find(film) };
    known.set(film, { lungs });
    return lungs;
  };
};
const lungsByLevel = remembered(findLungs);
const lungsWithin = remembered((film) => findLungsWithin(film, lungsByLevel(film)));

/** Both lungs of a frontal chest film, or the reason why there is none to measure. */
const lungsOf = (film: Film, find = lungsByLevel): Lungs | NoFigure => {
  const { part, view } = film.facts;
  if (part !== 'chest') return 'not-a-chest';
  if (view !== 'pa' && view !== 'ap') return 'not-frontal';
  const lungs = find(film);
  if (lungs === undefined) return 'lungs-not-found';
  return runsIntoCorner(film, lungs) ? 'lungs-joined-to-air' : lungs;
};

/** Whether what was found reaches an upper or lower edge and a side at once: then it is air beside the patient too. */
const runsIntoCorner = ({ border, scan }: Film, { top, bottom, outerLeft, outerRight }: Lungs): boolean => {
  const near = Math.max(1, CORNER_SHARE * Math.max(scan.reduced.rows, scan.reduced.columns));
  const isAtSide =
    outerLeft.some((column) => column >= 0 && column <= border.left + near) ||
    outerRight.some((column) => column >= border.right - near);
  return isAtSide && (top <= border.top + near || bottom >= border.bottom - near);
};
/** Nearer than this to an edge counts as reaching it, as a share of the longer side [PD]. */
const CORNER_SHARE = 0.01;

/** Of the rows of the lungs, the part in which the ribs run down the sides: apices and diaphragm are left out [PD]. */
const RIB_ROWS = { from: 0.25, to: 0.85 } as const;

/**
 * How far the trunk leans in the picture, degrees, positive when the head leans to the right of it: median of three lines
 * that err differently, so that one that was led astray has no say: the middles between the outer lung edges, the long axes
 * of both lungs, the bright ridge of the spine.
 */
export const chestTilt: RadiographMetric = {
  metric: 'chest-tilt',
  unit: 'deg',
  method: 'median of outer lung edges, long axes of the lungs and ridge of the spine',
  version: 2,
  measure: (film) => {
    const lungs = lungsOf(film);
    if (typeof lungs === 'string') return lungs;
    const { reduced } = film.scan;
    const smooth = ridgePicture(film);
    const ridge = leanOf(sharedRows(lungs, SPINE_ROWS.from, SPINE_ROWS.to), (row) =>
      brightest(smooth, row * reduced.columns, lungs.innerLeft[row]!, lungs.innerRight[row]!),
    );
    const edges = leanOf(
      sharedRows(lungs, RIB_ROWS.from, RIB_ROWS.to),
      (row) => (lungs.outerLeft[row]! + lungs.outerRight[row]!) / 2,
    );
    if (ridge === undefined || edges === undefined) return 'lungs-too-short';
    return signedAndSize(medianOf([ridge, edges, lungAxes(lungs)]), boxOf(film, lungs));
  },
};

/** Of the rows that both lungs share, those in which the spine is followed [PD]. */
const SPINE_ROWS = { from: 0.1, to: 0.9 } as const;

/** Lean of a line given row by row: median slope of pairs half its length apart, degrees. */
const leanOf = (rows: readonly number[], columnAt: (row: number) => number): number | undefined => {
  const half = Math.floor(rows.length / 2);
  const slopes: number[] = [];
  for (let at = 0; at + half < rows.length && half > 0; at += 1) {
    slopes.push((columnAt(rows[at]!) - columnAt(rows[at + half]!)) / (rows[at + half]! - rows[at]!));
  }
  return slopes.length === 0 ? undefined : slopeDegrees(medianOf(slopes));
};

/** Mean lean of the long axes of both lungs, which lean towards each other when the trunk is upright. */
const lungAxes = ({ outerLeft, innerLeft, innerRight, outerRight }: Lungs): number =>
  (axisOf(outerLeft, innerLeft) + axisOf(innerRight, outerRight)) / 2;

/** Lean of the long axis of what lies between two edges, from its second moments, degrees. */
const axisOf = (from: Int32Array, to: Int32Array): number => {
  let [n, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < from.length; row += 1) {
    if (from[row]! < 0) continue;
    for (let column = from[row]!; column <= to[row]!; column += 1) {
      n += 1;
      sx += column;
      sy += row;
      sxx += column * column;
      sxy += column * row;
      syy += row * row;
    }
  }
  const across = sxx / n - (sx / n) ** 2;
  const down = syy / n - (sy / n) ** 2;
  const both = sxy / n - (sx / n) * (sy / n);
  // Half the angle of (down − across, −2·both): the axis of least moment.
  const long = Math.sqrt((down - across) ** 2 + 4 * both * both);
  return slopeDegrees((-2 * both) / (long + down - across));
};

/** Rows in which the medial clavicle ends and the trachea lie, as shares of the lungs' height [PD]. */
const UPPER_ROWS = { from: 0.12, to: 0.4 } as const;
/** Blur before the ridge of the spine is looked for, as a share of the picture's width [PD]. */
const RIDGE_BLUR = 0.03;

const blurred = new WeakMap<Film, Float32Array>();
const ridgePicture = (film: Film): Float32Array => {
  const { rows, columns } = film.scan.reduced;
  const radius = Math.max(1, Math.round(columns * RIDGE_BLUR));
  const picture = blurred.get(film) ?? boxBlur(film.grey, rows, columns, radius);
  blurred.set(film, picture);
  return picture;
};

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
    const smooth = ridgePicture(film);
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
  method: 'distance of the lungs with their tips from the field edge over the height or width of the picture',
  version: 2,
  measure: (film): RadiographAnswer | NoFigure => {
    const lungs = lungsOf(film, lungsWithin);
    if (typeof lungs === 'string') return lungs;
    const { reduced } = film.scan;
    const { border } = film;
    const place = boxOf(film, lungs);
    const tips = lungTipsOf(film, lungs);
    const lefts = lungs.outerLeft.filter((column) => column >= 0);
    const left = lefts.reduce((least, column) => Math.min(least, column), reduced.columns);
    const right = lungs.outerRight.reduce((most, column) => Math.max(most, column), -1);
    const figures = [
      { where: 'apices', value: (tips.top - border.top) / reduced.rows, place },
      { where: 'costophrenic-angles', value: (border.bottom - tips.bottom) / reduced.rows, place },
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

const brightest = (values: Float32Array, start: number, from: number, to: number): number => {
  let best = from;
  for (let column = from; column <= to; column += 1) {
    if (values[start + column]! > values[start + best]!) best = column;
  }
  return best;
};
