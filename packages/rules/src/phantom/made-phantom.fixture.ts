import { gaussianOf } from '../ct/ct-slice.fixture.ts';
import type { PhantomFacts, PhantomImage } from './phantom-report.ts';

/** A picture by construction: values by place in mm from the middle, x to the right and y down as seen. */
export interface MadePicture {
  readonly rows: number;
  readonly columns: number;
  readonly spacingMm: number;
  readonly value: (xMm: number, yMm: number) => number;
  readonly noise?: number;
  readonly seed?: number;
  readonly facts?: PhantomFacts;
  /** Points per pixel side over which the value is averaged: edges then lie where they are, not where pixels are. */
  readonly over?: number;
}

/** Draws one; the same description gives the same pixels. */
export const madePicture = (made: MadePicture): PhantomImage => {
  const { rows, columns, spacingMm, value, noise = 0, seed = 1, facts = {}, over = 3 } = made;
  const random = gaussianOf(seed);
  const samples = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      for (let v = 0; v < over; v += 1) {
        for (let u = 0; u < over; u += 1) {
          const x = (column - (columns - 1) / 2 + (u + 0.5) / over - 0.5) * spacingMm;
          const y = (row - (rows - 1) / 2 + (v + 0.5) / over - 0.5) * spacingMm;
          sum += value(x, y);
        }
      }
      samples[row * columns + column] = sum / (over * over) + (noise === 0 ? 0 : noise * random());
    }
  }
  const pixelSpacing = { rowMm: spacingMm, columnMm: spacingMm };
  return { plane: { rows, columns, samples, rescaleSlope: 1, rescaleIntercept: 0, pixelSpacing }, facts };
};

/** The same drawing turned clockwise as seen by `degrees` and moved by `dx`, `dy` mm. */
export const placedAt =
  (value: (x: number, y: number) => number, degrees: number, dx = 0, dy = 0) =>
  (x: number, y: number): number => {
    const angle = (-degrees * Math.PI) / 180;
    const [px, py] = [x - dx, y - dy];
    return value(px * Math.cos(angle) - py * Math.sin(angle), px * Math.sin(angle) + py * Math.cos(angle));
  };

/** True within a radius of a point at a distance and direction (degrees clockwise from 3 o'clock as seen). */
export const inDisc = (x: number, y: number, radius: number, distance = 0, degrees = 0): boolean => {
  const angle = (degrees * Math.PI) / 180;
  return Math.hypot(x - distance * Math.cos(angle), y - distance * Math.sin(angle)) <= radius;
};
