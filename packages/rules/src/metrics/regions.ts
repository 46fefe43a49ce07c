import { otsuThreshold } from '../picture/otsu.ts';
import type { FieldBorder } from './field-border.ts';
import type { Reduced } from './film-scan.ts';

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

/** Parts the picture: bare background is dark, smooth and joined to the edge of the field. */
export const regionsOf = (grey: Float32Array, reduced: Reduced, border: FieldBorder): Regions => {
  const { rows, columns, isPadding } = reduced;
  const kinds = new Uint8Array(rows * columns);
  const { left, right, top, bottom } = border;
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const at = row * columns + column;
      kinds[at] = isPadding[at] === 1 ? OUTSIDE : ANATOMY;
    }
  }
  const threshold = Math.min(BACKGROUND_UP_TO, otsuThreshold(grey, 0, 1) ?? 0);
  floodBackground(grey, kinds, { rows, columns, border, threshold });
  let [anatomyPixels, backgroundPixels] = [0, 0];
  for (const kind of kinds) {
    if (kind === ANATOMY) anatomyPixels += 1;
    else if (kind === BACKGROUND) backgroundPixels += 1;
  }
  return { kinds, anatomyPixels, backgroundPixels };
};

interface Flood {
  readonly rows: number;
  readonly columns: number;
  readonly border: FieldBorder;
  readonly threshold: number;
}

const floodBackground = (grey: Float32Array, kinds: Uint8Array, { rows, columns, border, threshold }: Flood): void => {
  const stack = new Int32Array(rows * columns);
  let height = 0;
  const isBare = (at: number): boolean => kinds[at] === ANATOMY && grey[at]! <= threshold;
  const push = (at: number): void => {
    kinds[at] = BACKGROUND;
    stack[height] = at;
    height += 1;
  };
  const seed = (row: number, column: number): void => {
    const at = row * columns + column;
    if (row >= 0 && row < rows && column >= 0 && column < columns && isBare(at)) push(at);
  };
  for (let column = border.left; column <= border.right; column += 1) {
    seed(border.top, column);
    seed(border.bottom, column);
  }
  for (let row = border.top; row <= border.bottom; row += 1) {
    seed(row, border.left);
    seed(row, border.right);
  }
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
