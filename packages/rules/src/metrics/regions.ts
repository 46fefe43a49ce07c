import { otsuThreshold } from '../picture/otsu.ts';
import type { FieldBorder } from './field-border.ts';
import type { Reduced } from './film-scan.ts';
import { quantile } from './tone.ts';

/** Kinds of pixels of the reduced picture. */
export const OUTSIDE = 0; // behind the collimator, shuttered or padded
export const BACKGROUND = 1; // exposed without the patient
export const ANATOMY = 2; // the patient, with what lies on it

/** What each pixel of the reduced picture shows. */
export interface Regions {
  readonly kinds: Uint8Array;
  readonly anatomyPixels: number;
  readonly backgroundPixels: number;
}

/** Steepest grey step between neighbours inside bare background: skin and bone edges are steeper [PD]. */
const SMOOTH_STEP = 0.035;
/** Brightest bare background [PD]. */
const BACKGROUND_UP_TO = 0.45;
/** Bare background is no brighter than three quarters of the dark field edge and this much more [PD]. */
const BARE_SHARE = 0.75;
/** A bright line of the plate's edge may hide the background: it is looked for this far inside too, as a share [PD]. */
const BESIDE_EDGE = 0.03;
const BARE_ABOVE = 0.06; // as above [PD]

/** Parts the picture: bare background is dark, smooth and joined to the edge of the field. */
export const regionsOf = (
  grey: Float32Array,
  reduced: Reduced,
  border: FieldBorder,
  seedsFrom: 'edge' | 'upper-corners' = 'edge',
): Regions => {
  const { rows, columns, isPadding } = reduced;
  const kinds = new Uint8Array(rows * columns);
  const { left, right, top, bottom } = border;
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const at = row * columns + column;
      kinds[at] = isPadding[at] === 1 ? OUTSIDE : ANATOMY;
    }
  }
  const darkest = Math.min(BACKGROUND_UP_TO, otsuThreshold(grey, 0, 1) ?? 0);
  const edge = seedsFrom === 'edge' ? edgePixels(border, columns) : cornerPixels(border, columns);
  const dark = edge.filter((at) => kinds[at] === ANATOMY && grey[at]! <= darkest);
  if (dark.length > 0) {
    const bare = quantile(Float32Array.from(dark, (at) => grey[at]!).sort(), BARE_SHARE) + BARE_ABOVE;
    floodBackground(grey, kinds, { rows, columns, seeds: dark, threshold: Math.min(darkest, bare) });
  }
  let [anatomyPixels, backgroundPixels] = [0, 0];
  for (const kind of kinds) {
    if (kind === ANATOMY) anatomyPixels += 1;
    else if (kind === BACKGROUND) backgroundPixels += 1;
  }
  return { kinds, anatomyPixels, backgroundPixels };
};

/** Indices of the pixels along the inside of the field's edge. */
const edgePixels = ({ left, right, top, bottom }: FieldBorder, columns: number): number[] => {
  const list: number[] = [];
  for (const share of [0, BESIDE_EDGE]) {
    const [x, y] = [Math.floor((right - left) * share), Math.floor((bottom - top) * share)];
    const [from, to, first, last] = [left + x, right - x, top + y, bottom - y];
    if (from > to || first > last) return list;
    for (let column = from; column <= to; column += 1) list.push(first * columns + column, last * columns + column);
    for (let row = first; row <= last; row += 1) list.push(row * columns + from, row * columns + to);
  }
  return list;
};

/** The upper corners of the field reach so far down and inwards, as shares of it [PD]. */
const CORNER_DOWN = 0.25;
const CORNER_IN = 0.2; // [PD]

/** Edge pixels near the upper corners: beside a chest there is air, while elsewhere a cut lung may reach the edge. */
const cornerPixels = (border: FieldBorder, columns: number): number[] => {
  const { left, right, top, bottom } = border;
  const lowest = top + (bottom - top) * CORNER_DOWN;
  const inwards = (right - left) * CORNER_IN;
  return edgePixels(border, columns).filter((at) => {
    const column = at % columns;
    return Math.floor(at / columns) <= lowest && (column <= left + inwards || column >= right - inwards);
  });
};

interface Flood {
  readonly rows: number;
  readonly columns: number;
  readonly seeds: readonly number[];
  readonly threshold: number;
}

const floodBackground = (grey: Float32Array, kinds: Uint8Array, { columns, rows, seeds, threshold }: Flood): void => {
  const stack = new Int32Array(rows * columns);
  let height = 0;
  const isBare = (at: number): boolean => kinds[at] === ANATOMY && grey[at]! <= threshold;
  const push = (at: number): void => {
    kinds[at] = BACKGROUND;
    stack[height] = at;
    height += 1;
  };
  for (const at of seeds) if (isBare(at)) push(at);
  while (height > 0) {
    height -= 1;
    const at = stack[height]!;
    const column = at % columns;
    const value = grey[at]!;
    for (let side = 0; side < 4; side += 1) {
      if ((side === 0 && column === 0) || (side === 1 && column === columns - 1)) continue;
      const next = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - columns : at + columns;
      if (next < 0 || next >= kinds.length || !isBare(next)) continue;
      if (Math.abs(grey[next]! - value) <= SMOOTH_STEP) push(next);
    }
  }
};
