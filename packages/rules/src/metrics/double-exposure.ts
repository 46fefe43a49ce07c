import { medianOf } from '../picture/regions.ts';
import { placeOfAnatomy } from './anatomy-mask.ts';
import { naturalLog } from './exact-math.ts';
import type { Film } from './film.ts';
import { type Fourier, fourierOf } from './fourier.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';

/** Side of the square the field is brought to, pixels: an echo keeps to one pixel of it [PD]. */
const SIDE = 256;
/** Waves near an axis or near the middle belong to edges of the field, shorter ones to noise, shares of SIDE [PD]. */
const BESIDE_AXIS = 2; // bins
const COARSEST = 4; // bins
const FINEST = 0.35; // share of SIDE [PD]
/** Shifts looked at: nearer ones are movement or fine regular structure, shares of the field [PD]. */
const SHORTEST_SHIFT = 0.06;
const LONGEST_SHIFT = 0.4; // [PD]
/** Shifts along an axis belong to straight edges of the field, pixels [PD]. */
const BESIDE_EDGE = 4;
/** Robust standard deviation of a normal distribution per median absolute deviation. */
const MAD_TO_DEVIATION = 1.4826;
/** Keeps the logarithm of an empty bin finite; the grey scale is 0 … 1. */
const LEAST_POWER = 1e-12;

/**
 * A second exposure on the same film shows everything twice by one shift: its power spectrum carries ripples that the
 * transform of its logarithm (the cepstrum) gathers in one peak. How far the highest peak stands above the rest, in robust
 * standard deviations (`echo`), and the shift of it, pixels of the stored frame (`across`, `down`).
 */
export const doubleExposure: RadiographMetric = {
  metric: 'double-exposure',
  unit: '1',
  method: 'highest peak of the power cepstrum of the field at 256 × 256, Hann window',
  version: 1,
  measure: (film): RadiographAnswer | string => {
    const { border, scan } = film;
    const wide = border.right - border.left + 1;
    const high = border.bottom - border.top + 1;
    if (Math.max(wide, high) < SIDE / 2 || Math.min(wide, high) < SIDE / 8) return 'too-small';
    const perPixel = Math.max(wide, high) / SIDE;
    const peak = highestPeak(cepstrumOf(film, perPixel));
    const scale = perPixel * scan.reduced.factor;
    const place = placeOfAnatomy(film);
    return {
      figures: [
        { value: peak.height, where: 'echo', place },
        { value: peak.across * scale, where: 'across' },
        { value: peak.down * scale, where: 'down' },
      ],
    };
  },
};

const cepstrumOf = (film: Film, perPixel: number): Float64Array => {
  const fourier = fourierOf(SIDE);
  const re = fieldOf(film, perPixel);
  const im = new Float64Array(SIDE * SIDE);
  transform(fourier, re, im);
  const sums = new Float64Array(SIDE);
  const counts = new Float64Array(SIDE);
  for (let at = 0; at < re.length; at += 1) {
    re[at] = naturalLog(re[at]! * re[at]! + im[at]! * im[at]! + LEAST_POWER);
    im[at] = 0;
    const ring = ringOf(at);
    sums[ring]! += re[at]!;
    counts[ring]! += 1;
  }
  for (let at = 0; at < re.length; at += 1) {
    const ring = ringOf(at);
    const isUsed =
      Math.abs(wave(at % SIDE)) > BESIDE_AXIS &&
      Math.abs(wave(Math.floor(at / SIDE))) > BESIDE_AXIS &&
      ring > COARSEST &&
      ring < FINEST * SIDE;
    re[at] = isUsed ? re[at]! - sums[ring]! / counts[ring]! : 0;
  }
  transform(fourier, re, im);
  return re;
};

/** Frequency or shift that an index stands for: the upper half is negative. */
const wave = (index: number): number => (index < SIDE / 2 ? index : index - SIDE);

const ringOf = (at: number): number => {
  const [x, y] = [wave(at % SIDE), wave(Math.floor(at / SIDE))];
  return Math.min(SIDE - 1, Math.round(Math.sqrt(x * x + y * y)));
};

const transform = (fourier: Fourier, re: Float64Array, im: Float64Array): void => {
  for (let row = 0; row < SIDE; row += 1) fourier.transform(re, im, row * SIDE);
  for (let column = 0; column < SIDE; column += 1) fourier.transform(re, im, column, SIDE);
};

/** The field at its own proportions in the upper left corner of the square, its mean taken out, windowed. */
const fieldOf = ({ grey, border, scan: { reduced } }: Film, perPixel: number): Float64Array => {
  const wide = Math.min(SIDE, Math.floor((border.right - border.left + 1) / perPixel));
  const high = Math.min(SIDE, Math.floor((border.bottom - border.top + 1) / perPixel));
  const field = new Float64Array(SIDE * SIDE);
  let sum = 0;
  for (let row = 0; row < high; row += 1) {
    const from = (border.top + Math.floor(row * perPixel)) * reduced.columns + border.left;
    for (let column = 0; column < wide; column += 1) {
      const value = grey[from + Math.floor(column * perPixel)]!;
      field[row * SIDE + column] = value;
      sum += value;
    }
  }
  const mean = sum / (wide * high);
  const [across, down] = [hannOf(wide), hannOf(high)];
  for (let row = 0; row < high; row += 1) {
    for (let column = 0; column < wide; column += 1) {
      field[row * SIDE + column] = (field[row * SIDE + column]! - mean) * across[column]! * down[row]!;
    }
  }
  return field;
};

/** A window of any length that rises and falls like Hann's, by the parabola that needs no cosine. */
const hannOf = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, at) => {
    const x = (2 * at + 1) / length - 1;
    return (1 - x * x) * (1 - x * x);
  });

interface Peak {
  readonly height: number;
  readonly across: number;
  readonly down: number;
}

const highestPeak = (cepstrum: Float64Array): Peak => {
  const values: number[] = [];
  let best = { value: -Infinity, across: 0, down: 0 };
  for (let down = BESIDE_EDGE; down < SIDE / 2; down += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const across = wave(column);
      const shift = Math.sqrt(across * across + down * down);
      if (shift < SHORTEST_SHIFT * SIDE || shift > LONGEST_SHIFT * SIDE || Math.abs(across) < BESIDE_EDGE) continue;
      const value = cepstrum[down * SIDE + column]!;
      values.push(value);
      if (value > best.value) best = { value, across, down };
    }
  }
  const middle = medianOf(values);
  const deviation = MAD_TO_DEVIATION * medianOf(values.map((value) => Math.abs(value - middle)));
  return { height: (best.value - middle) / deviation, across: best.across, down: best.down };
};
