import type { CtSlice, CtSliceFacts } from './ct-slice.ts';

/** Slices by construction: HU by place in mm from the middle of the picture. */
export interface MadeSlice {
  readonly size?: number;
  readonly spacingMm?: number;
  readonly hu: (xMm: number, yMm: number) => number;
  readonly noiseHu?: number;
  readonly seed?: number;
  readonly facts?: CtSliceFacts;
  readonly slope?: number;
  readonly intercept?: number;
}

/** Draws one; the same description gives the same pixels. Stored value = (HU − intercept) / slope, rounded. */
export const madeSlice = (made: MadeSlice): CtSlice => {
  const { size = 256, spacingMm = 1.6, hu, noiseHu = 0, seed = 1, slope = 1, intercept = -1024 } = made;
  const samples = new Int16Array(size * size);
  const random = gaussianOf(seed);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = (column - (size - 1) / 2) * spacingMm;
      const y = (row - (size - 1) / 2) * spacingMm;
      const value = hu(x, y) + (noiseHu === 0 ? 0 : noiseHu * random());
      samples[row * size + column] = Math.round((value - intercept) / slope);
    }
  }
  const pixelSpacing = { rowMm: spacingMm, columnMm: spacingMm };
  const plane = { rows: size, columns: size, samples, rescaleSlope: slope, rescaleIntercept: intercept, pixelSpacing };
  return { plane, facts: { imageOrientationPatient: [1, 0, 0, 0, 1, 0], ...made.facts } };
};

/** Numbers of a normal law with mean 0 and deviation 1 (mulberry32, Box and Muller): no dice, the seed decides. */
export const gaussianOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
};

/** HU inside an ellipse, air outside. */
export const ellipse =
  (halfX: number, halfY: number, hu: number, atX = 0, atY = 0) =>
  (x: number, y: number): number =>
    ((x - atX) / halfX) ** 2 + ((y - atY) / halfY) ** 2 <= 1 ? hu : -1000;

/** The first of some drawings that is not air. */
export const layered =
  (...layers: ((x: number, y: number) => number)[]) =>
  (x: number, y: number): number =>
    layers.map((layer) => layer(x, y)).find((value) => value !== -1000) ?? -1000;
