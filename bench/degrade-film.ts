import type { GreyPicture } from './read-png.ts';

/** Ways in which a clean film is made worse by a known amount. */
export const degradations = {
  blur: { amounts: [0.5, 0.75, 1, 1.5, 2, 3], unit: 'σ, pixels' },
  noise: { amounts: [0.01, 0.02, 0.03, 0.04, 0.06], unit: 'σ, share of full scale' },
  dose: { amounts: [1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64], unit: 'share of the dose' },
  clip: { amounts: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1], unit: 'share of the pixels at both ends' },
  'clip-white': { amounts: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1], unit: 'share of the pixels at the white end' },
  'clip-black': { amounts: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1], unit: 'share of the pixels at the black end' },
  shift: { amounts: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3], unit: 'share of full scale, darker or brighter' },
  cut: { amounts: [0.1, 0.15, 0.2, 0.25, 0.3, 0.35], unit: 'share of the side' },
  rotation: { amounts: [2, 4, 6, 8, 10, 15], unit: 'degrees, either way, corners black' },
  'rotation-cropped': { amounts: [2, 4, 6, 8, 10, 15], unit: 'degrees, either way, corners cut off' },
} as const;
export type Degradation = keyof typeof degradations;

/** Side at which the anatomy is cut. */
export type CutSide = 'top' | 'bottom' | 'left' | 'right';

/** A film made worse; `seed` makes noise and the choice of direction repeatable. */
export function degrade(
  film: GreyPicture,
  kind: Degradation,
  amount: number,
  { seed, side }: { seed: number; side: CutSide },
): GreyPicture {
  const sign = seed % 2 === 0 ? 1 : -1;
  if (kind === 'blur')
    return { ...film, samples: rounded(gaussianBlur(Float64Array.from(film.samples), film, amount)) };
  if (kind === 'noise') return noisy(film, () => amount * 255, seed);
  // Noise of a film whose grey is the logarithm of the exposure: √2 per halving, more where it is bright (thick).
  if (kind === 'dose') return noisy(film, (grey) => Math.sqrt(1 / amount - 1) * 1.1 * 2 ** (grey / 128 - 1), seed);
  if (kind === 'clip') return clipped(film, amount, 'both');
  if (kind === 'clip-white') return clipped(film, amount, 'white');
  if (kind === 'clip-black') return clipped(film, amount, 'black');
  if (kind === 'shift') return mapped(film, (grey) => grey + sign * amount * 255);
  if (kind === 'cut') return cut(film, amount, side);
  const turned = rotated(film, sign * amount);
  return kind === 'rotation-cropped' ? withoutCorners(turned, amount) : turned;
}

const mapped = (film: GreyPicture, grey: (value: number) => number): GreyPicture => ({
  ...film,
  samples: rounded(Float64Array.from(film.samples, (value) => grey(value))),
});

const rounded = (values: Float64Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(values, (value) => Math.max(0, Math.min(255, Math.round(value))));

export function gaussianBlur(values: Float64Array, { rows, columns }: GreyPicture, sigma: number): Float64Array {
  const reach = Math.ceil(4 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (from: Float64Array, step: number, length: number, lines: number, lineStep: number): Float64Array => {
    const to = new Float64Array(from.length);
    for (let line = 0; line < lines; line += 1) {
      for (let at = 0; at < length; at += 1) {
        let sum = 0;
        for (let tap = -reach; tap <= reach; tap += 1) {
          const near = Math.max(0, Math.min(length - 1, at + tap));
          sum += weights[tap + reach]! * from[line * lineStep + near * step]!;
        }
        to[line * lineStep + at * step] = sum / total;
      }
    }
    return to;
  };
  return along(along(values, 1, columns, rows, columns), columns, rows, columns, 1);
}

/** Numbers in 0…1 by xorshift; the same seed gives the same row. */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2654435761 + 88675123) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

function noisy(film: GreyPicture, sigma: (grey: number) => number, seed: number): GreyPicture {
  const random = randomFrom(seed + 1);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return mapped(film, (grey) => grey + sigma(grey) * gaussian());
}

/** A share of the pixels is lost at one end or at both, the rest stretched to full scale. */
function clipped(film: GreyPicture, share: number, end: 'white' | 'black' | 'both'): GreyPicture {
  const sorted = film.samples.slice().sort();
  // Unexposed black and direct exposure lie at the ends already: the share counts from there.
  const dark = sorted[Math.floor(0.01 * sorted.length)]!;
  const inside = sorted.filter((grey) => grey > dark + 12);
  const low = end === 'white' ? sorted[0]! : inside[Math.floor(share * inside.length)]!;
  const high = end !== 'black' ? inside[Math.floor((1 - share) * inside.length)]! : sorted.at(-1)!;
  return mapped(film, (grey) => ((grey - low) * 255) / (high - low));
}

function cut(film: GreyPicture, share: number, side: CutSide): GreyPicture {
  const { rows, columns } = film;
  const lost = Math.round(share * (side === 'top' || side === 'bottom' ? rows : columns));
  const [top, bottom] = [side === 'top' ? lost : 0, side === 'bottom' ? rows - lost : rows];
  const [left, right] = [side === 'left' ? lost : 0, side === 'right' ? columns - lost : columns];
  const samples = new Uint8Array((bottom - top) * (right - left));
  for (let row = top; row < bottom; row += 1) {
    samples.set(film.samples.subarray(row * columns + left, row * columns + right), (row - top) * (right - left));
  }
  return { rows: bottom - top, columns: right - left, samples };
}

/** Turned about the middle, black where nothing was, as a turned detector would be shown. */
function rotated(film: GreyPicture, degrees: number): GreyPicture {
  const { rows, columns, samples } = film;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = new Float64Array(samples.length);
  const at = (row: number, column: number): number =>
    row < 0 || row >= rows || column < 0 || column >= columns ? 0 : samples[row * columns + column]!;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [x, y] = [column - (columns - 1) / 2, row - (rows - 1) / 2];
      const fromX = cos * x + sin * y + (columns - 1) / 2;
      const fromY = -sin * x + cos * y + (rows - 1) / 2;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [u, v] = [fromX - left, fromY - top];
      turned[row * columns + column] =
        (at(top, left) * (1 - u) + at(top, left + 1) * u) * (1 - v) +
        (at(top + 1, left) * (1 - u) + at(top + 1, left + 1) * u) * v;
    }
  }
  return { rows, columns, samples: rounded(turned) };
}

/** The largest rectangle of the picture's proportions that the turned film fills. */
function withoutCorners(film: GreyPicture, degrees: number): GreyPicture {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const { rows, columns } = film;
  const scale = 1 / (cos + sin * Math.max(rows / columns, columns / rows));
  const [high, wide] = [Math.floor(rows * scale) - 2, Math.floor(columns * scale) - 2];
  const [top, left] = [(rows - high) >> 1, (columns - wide) >> 1];
  const samples = new Uint8Array(high * wide);
  for (let row = 0; row < high; row += 1) {
    const from = (top + row) * columns + left;
    samples.set(film.samples.subarray(from, from + wide), row * wide);
  }
  return { rows: high, columns: wide, samples };
}
