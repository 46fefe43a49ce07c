import type { RadiographFrame } from './radiograph-frame.ts';

/** A film whose stored value is a function of row and column, rounded and held within 12 bits. */
export function filmOf(
  rows: number,
  columns: number,
  valueAt: (row: number, column: number) => number,
  more: Partial<RadiographFrame> = {},
): RadiographFrame {
  const samples = new Uint16Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      samples[row * columns + column] = Math.max(0, Math.min(4095, Math.round(valueAt(row, column))));
    }
  }
  return {
    rows,
    columns,
    samples,
    bitsStored: 12,
    isSigned: false,
    isInverted: false,
    rescaleSlope: 1,
    rescaleIntercept: 0,
    ...more,
  };
}

/** Gaussian noise of standard deviation 1, always the same. */
export function gaussianNoise(seed = 1): () => number {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/** The integral of a Gaussian: a step blurred by σ = 1 (Abramowitz and Stegun 7.1.26, error below 2 × 10⁻⁷). */
export function blurredStep(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const half = (1 - series * Math.exp((-x * x) / 2)) / 2;
  return x >= 0 ? 0.5 + half : 0.5 - half;
}

/** A drawn chest: two dark lungs in a bright trunk on black, in shares of a picture of 480 × 400, turned and moved. */
export function chestFilm({ tiltDegrees = 0, spineAt = 0, down = 0, rows = 480, columns = 400 } = {}): RadiographFrame {
  const [cos, sin] = [Math.cos((tiltDegrees * Math.PI) / 180), Math.sin((tiltDegrees * Math.PI) / 180)];
  return filmOf(rows, columns, (row, column) => {
    const [x, y] = [column - columns / 2, row - rows / 2 - down];
    const u = cos * x + sin * y;
    const v = -sin * x + cos * y;
    const lung = (centre: number): number => ((u - centre) / 55) ** 2 + (v / 130) ** 2;
    const soft = (distance: number): number => 1 / (1 + Math.exp(-12 * (1 - distance)));
    const dark = Math.max(soft(lung(-80)), soft(lung(80)));
    const trunk = soft((u / 190) ** 4 + (v / 400) ** 4);
    const spine = 500 * Math.exp(-(((u - spineAt) / 12) ** 2));
    return 100 + trunk * (2600 + spine - 1900 * dark) + 30 * Math.sin(row / 3) * Math.sin(column / 3);
  });
}
