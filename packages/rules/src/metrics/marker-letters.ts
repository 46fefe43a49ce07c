import type { Component } from '../picture/components.ts';

/** A letter and how like it a patch is, 0 … 1. */
export interface LetterMatch {
  readonly letter: 'L' | 'R';
  readonly likeness: number;
  readonly isMirrored: boolean;
}

/** Letters as stencils of 7 × 10 fields: # must be there, a space must not, a dot may be either: strokes are thin or thick. */
const stencils: readonly { letter: 'L' | 'R'; rows: readonly string[] }[] = [
  {
    letter: 'L',
    rows: [
      '#..    ',
      '#..    ',
      '#..    ',
      '#..    ',
      '#..    ',
      '#..    ',
      '#..    ',
      '#......',
      '#......',
      '#######',
    ],
  },
  {
    letter: 'R',
    rows: [
      '#####..',
      '#.....#',
      '#.. ..#',
      '#.. ..#',
      '#....#.',
      '#####..',
      '#..#.. ',
      '#..##. ',
      '#.. ##.',
      '#..  ##',
    ],
  },
];
const WIDTH = 7; // fields of a stencil
const HEIGHT = 10; // fields of a stencil

/** Compares a patch, stretched to the stencil, with each letter and its mirror image. */
export const matchLetter = (labels: Int32Array, columns: number, patch: Component): LetterMatch => {
  const fields = fieldsOf(labels, columns, patch);
  let best: LetterMatch = { letter: 'L', likeness: -1, isMirrored: false };
  for (const { letter, rows } of stencils) {
    for (const isMirrored of [false, true]) {
      const likeness = compare(fields, rows, isMirrored);
      if (likeness > best.likeness) best = { letter, likeness, isMirrored };
    }
  }
  return best;
};

/** Share of each field that the patch covers. */
const fieldsOf = (
  labels: Int32Array,
  columns: number,
  { label, left, right, top, bottom }: Component,
): Float64Array => {
  const width = right - left + 1;
  const height = bottom - top + 1;
  const fields = new Float64Array(WIDTH * HEIGHT);
  const fine = 4;
  for (let y = 0; y < HEIGHT * fine; y += 1) {
    const row = top + Math.floor(((y + 0.5) * height) / (HEIGHT * fine));
    for (let x = 0; x < WIDTH * fine; x += 1) {
      const column = left + Math.floor(((x + 0.5) * width) / (WIDTH * fine));
      if (labels[row * columns + column] !== label) continue;
      fields[Math.floor(y / fine) * WIDTH + Math.floor(x / fine)]! += 1 / (fine * fine);
    }
  }
  return fields;
};

/** Covered share of the fields that must be there less that of those that must not. */
const compare = (fields: Float64Array, rows: readonly string[], isMirrored: boolean): number => {
  let [there, wanted, wrong, unwanted] = [0, 0, 0, 0];
  for (let row = 0; row < HEIGHT; row += 1) {
    for (let column = 0; column < WIDTH; column += 1) {
      const field = fields[row * WIDTH + (isMirrored ? WIDTH - 1 - column : column)]!;
      const mark = rows[row]![column];
      if (mark === '#') {
        there += field;
        wanted += 1;
      } else if (mark === ' ') {
        wrong += field;
        unwanted += 1;
      }
    }
  }
  return there / wanted - wrong / unwanted;
};
