import { componentsOf } from '../picture/components.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import type { Film } from './film.ts';
import { ANATOMY } from './regions.ts';

/** The two lungs of a frontal chest in the reduced picture. Left and right are those of the picture. */
export interface Lungs {
  readonly mask: Uint8Array;
  readonly top: number;
  readonly bottom: number;
  /** Per row: outer edges of the picture's left and right lung, −1 where a lung is missing; sub-pixel not needed. */
  readonly outerLeft: Int32Array;
  readonly outerRight: Int32Array;
  /** Per row: edges towards the mediastinum. */
  readonly innerLeft: Int32Array;
  readonly innerRight: Int32Array;
  /** Highest and lowest row of each lung. */
  readonly leftTop: number;
  readonly rightTop: number;
  readonly leftBottom: number;
  readonly rightBottom: number;
}

/** Blur before the threshold, as a share of the picture's longer side: ribs vanish, lungs stay [PD]. */
const SMOOTH_SHARE = 0.02;
/** Surroundings a lung is darker than, half their side as a share of the longer side: as wide as a lung [PD]. */
const AROUND_SHARE = 0.15;
/** Half of the widest bridge between a lung and the air outside, as a share of the longer side [PD]. */
const BRIDGE_SHARE = 0.025;
/** Air beside the patient is darker than this and has no say in the threshold [PD]. */
const AIR_UP_TO = 0.06;
/** A lung covers at least this share of the picture, and both lie within this factor of each other [PD]. */
const SMALLEST_LUNG = 0.025;
const LARGEST_RATIO = 5; // as above [PD]
/** Centres of lungs lie nearer to the middle of the field than this share of its width: beyond is air beside the patient [PD]. */
const FARTHEST_CENTRE = 0.4;

/**
 * Finds both lungs as the large dark parts beside the mediastinum; undefined when there are none. Lungs that reach the edge
 * of the field are looked for again among darker pixels only: soft tissue may have joined them to the air outside,
 * while a lung that is cut reaches the edge either way.
 */
export const findLungs = (film: Film): Lungs | undefined => {
  const smooth = smoothed(film);
  const inside = smooth.filter((value, at) => film.regions.kinds[at] === ANATOMY && value > AIR_UP_TO);
  const threshold = otsuThreshold(inside, 0, 1);
  if (threshold === undefined) return undefined;
  const lungs = lungsDarkerThan(film, smooth, threshold);
  if (lungs !== undefined && !touchesEdge(film, lungs)) return lungs;
  const darker = darkerHalf(inside, threshold);
  const darkest = darker === undefined ? undefined : darkerHalf(inside, darker);
  const lower = [darker, darker === undefined ? undefined : (threshold + darker) / 2, darkest];
  let fallback = lungs;
  for (const limit of lower) {
    const inner = limit === undefined ? undefined : lungsDarkerThan(film, smooth, limit);
    if (inner !== undefined && !touchesEdge(film, inner)) return inner;
    fallback ??= inner;
  }
  return fallback;
};

/**
 * Lungs that reach the edge or were not found by `findLungs` are looked for once more as darker than their surroundings: a
 * bright abdomen lifts every threshold above the chest wall, which still stands out of what lies around it. Such an
 * outline tells where a lung ends; it is too loose to tell how the trunk leans.
 */
export const findLungsWithin = (film: Film, lungs: Lungs | undefined): Lungs | undefined => {
  if (lungs !== undefined && !touchesEdge(film, lungs)) return lungs;
  const { grey } = film;
  const { rows, columns } = film.scan.reduced;
  const smooth = smoothed(film);
  const around = boxBlur(grey, rows, columns, Math.round(Math.max(rows, columns) * AROUND_SHARE));
  const local = lungsDarkerThan(
    film,
    smooth.map((value, at) => value - around[at]!),
    0,
  );
  return local !== undefined && !touchesEdge(film, local) ? local : lungs;
};

const smoothed = ({ grey, scan: { reduced } }: Film): Float32Array => {
  const { rows, columns } = reduced;
  return boxBlur(grey, rows, columns, Math.max(1, Math.round(Math.max(rows, columns) * SMOOTH_SHARE)));
};

/** The threshold between the dark and the darkest pixels below a limit. */
const darkerHalf = (values: Float32Array, limit: number): number | undefined =>
  otsuThreshold(
    values.filter((value) => value < limit),
    0,
    limit,
  );

const touchesEdge = ({ border }: Film, { top, bottom, outerLeft, outerRight }: Lungs): boolean => {
  const near = 1; // pixel of the reduced picture
  if (top <= border.top + near || bottom >= border.bottom - near) return true;
  return (
    outerLeft.some((column) => column >= 0 && column <= border.left + near) ||
    outerRight.some((column) => column >= border.right - near)
  );
};

const lungsDarkerThan = (
  { regions, border, scan: { reduced } }: Film,
  smooth: Float32Array,
  threshold: number,
): Lungs | undefined => {
  const { rows, columns } = reduced;
  const mask = regions.kinds.map((kind, at) => (kind === ANATOMY && smooth[at]! < threshold ? 1 : 0));
  const reach = Math.max(1, Math.round(Math.max(rows, columns) * BRIDGE_SHARE));
  const { labels, components } = componentsOf(eroded(mask, rows, columns, reach), rows, columns);
  const smallest = SMALLEST_LUNG * mask.length;
  const { left: from, right: to } = border;
  const isLungLike = ({ area, centreColumn }: Part): boolean =>
    area >= smallest && Math.abs((centreColumn - from) / (to - from) - 1 / 2) < FARTHEST_CENTRE;
  const pair = pickPair(components.filter(isLungLike), columns);
  if (pair === undefined) return undefined;
  const [left, right] = pair;
  regrow(labels, mask, { keep: [left.label, right.label], rows, columns, reach });
  return measurePair({ labels, left: left.label, right: right.label, rows, columns });
};

/** What remains of a mask when every pixel nearer than `reach` to its outside is taken away; the picture's edge is no outside. */
const eroded = (mask: Uint8Array, rows: number, columns: number, reach: number): Uint8Array => {
  const share = boxBlur(new Float32Array(mask), rows, columns, reach);
  return mask.map((_, at) => (share[at]! > WHOLE ? 1 : 0));
};
/** A mean of ones, but for rounding. */
const WHOLE = 0.9999;

/** Lets two labels grow back by `reach` steps inside the mask; other labels vanish. In place. */
const regrow = (
  labels: Int32Array,
  mask: Uint8Array,
  { keep, rows, columns, reach }: { keep: readonly number[]; rows: number; columns: number; reach: number },
): void => {
  let front: number[] = [];
  for (let at = 0; at < labels.length; at += 1) {
    if (keep.includes(labels[at]!)) front.push(at);
    else labels[at] = 0;
  }
  for (let step = 0; step < 2 * reach; step += 1) {
    const next: number[] = [];
    for (const at of front) {
      const column = at % columns;
      for (const to of [column > 0 ? at - 1 : -1, column < columns - 1 ? at + 1 : -1, at - columns, at + columns]) {
        if (to < 0 || to >= rows * columns || mask[to] === 0 || labels[to] !== 0) continue;
        labels[to] = labels[at]!;
        next.push(to);
      }
    }
    front = next;
  }
};

type Part = ReturnType<typeof componentsOf>['components'][number];

const pickPair = (large: readonly Part[], columns: number): readonly [Part, Part] | undefined => {
  const [first] = large;
  if (first === undefined) return undefined;
  const second = large.find(
    (part) =>
      part !== first &&
      first.area < LARGEST_RATIO * part.area &&
      Math.abs(part.centreColumn - first.centreColumn) > columns / 6 &&
      Math.min(part.bottom, first.bottom) - Math.max(part.top, first.top) >
        Math.min(part.bottom - part.top, first.bottom - first.top) / 2,
  );
  if (second === undefined) return undefined;
  return first.centreColumn < second.centreColumn ? [first, second] : [second, first];
};

const measurePair = ({
  labels,
  left,
  right,
  rows,
  columns,
}: {
  labels: Int32Array;
  left: number;
  right: number;
  rows: number;
  columns: number;
}): Lungs => {
  const outerLeft = new Int32Array(rows).fill(-1);
  const outerRight = new Int32Array(rows).fill(-1);
  const innerLeft = new Int32Array(rows).fill(-1);
  const innerRight = new Int32Array(rows).fill(-1);
  const mask = new Uint8Array(labels.length);
  let [leftTop, rightTop, leftBottom, rightBottom] = [rows, rows, -1, -1];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const label = labels[row * columns + column];
      if (label === left) {
        if (outerLeft[row] === -1) outerLeft[row] = column;
        innerLeft[row] = column;
        leftTop = Math.min(leftTop, row);
        leftBottom = row;
      } else if (label === right) {
        if (innerRight[row] === -1) innerRight[row] = column;
        outerRight[row] = column;
        rightTop = Math.min(rightTop, row);
        rightBottom = row;
      } else continue;
      mask[row * columns + column] = 1;
    }
  }
  const top = Math.min(leftTop, rightTop);
  const bottom = Math.max(leftBottom, rightBottom);
  const ends = { leftTop, rightTop, leftBottom, rightBottom };
  return { mask, top, bottom, outerLeft, outerRight, innerLeft, innerRight, ...ends };
};

/** Mean of a square around each pixel; at the border of what is there. */
export const boxBlur = (values: Float32Array, rows: number, columns: number, radius: number): Float32Array => {
  const across = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) blurLine(values, across, row * columns, 1, columns, radius);
  const both = new Float32Array(values.length);
  for (let column = 0; column < columns; column += 1) blurLine(across, both, column, columns, rows, radius);
  return both;
};

const blurLine = (
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void => {
  let sum = 0;
  for (let at = 0; at < Math.min(radius, length); at += 1) sum += from[start + at * step]!;
  for (let at = 0; at < length; at += 1) {
    if (at + radius < length) sum += from[start + (at + radius) * step]!;
    if (at - radius > 0) sum -= from[start + (at - radius - 1) * step]!;
    const count = Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1;
    to[start + at * step] = sum / count;
  }
};
