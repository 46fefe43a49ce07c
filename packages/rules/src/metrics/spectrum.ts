import { log2 } from './exact-math.ts';
import type { Film } from './film.ts';
import { CELL } from './film-scan.ts';
import { type Fourier, fourierOf } from './fourier.ts';

/** Side of the patches, pixels: eight cells of the scan, periods up to 33 pixels resolved [PD]. */
const PATCH = 128;
const PATCH_CELLS = PATCH / CELL;
/** Most patches looked at, two per transform, spread evenly over the anatomy [PD]. */
const MOST_PATCHES = 32;
/** Share of a patch's cells that must lie in the anatomy [PD]. */
const ANATOMY_SHARE = 0.8;
/** Borders of the frequency bands, cycles per pixel, evenly spaced in their logarithm [PD]. */
const BANDS = [0.03, 0.05, 0.08, 0.12, 0.18, 0.27, 0.4] as const;

/** Mean power of the anatomy by frequency band, and that of waves across and down apart. */
export interface Spectrum {
  readonly patches: number;
  /** log₂ of the power per band, and log₂ of the band's middle frequency. */
  readonly power: readonly number[];
  readonly frequency: readonly number[];
  /** log₂ of (waves running across ÷ waves running down) above 0.12 cycles per pixel. */
  readonly acrossToDown: number;
  /** The same per coarse band, with the power of the noise taken off both. */
  readonly coarseAcrossToDown: readonly number[];
}

const spectra = new WeakMap<Film, Spectrum | 'none'>();

/** The spectrum of a film, made once for the metrics that ask. */
export const spectrumFor = (film: Film): Spectrum | undefined => {
  const known = spectra.get(film) ?? spectrumOf(film) ?? 'none';
  spectra.set(film, known);
  return known === 'none' ? undefined : known;
};

/** Power spectrum of the anatomy: Hann-windowed patches, their means taken out. Undefined without enough anatomy. */
const spectrumOf = (film: Film): Spectrum | undefined => {
  const starts = patchStarts(film);
  if (starts.length === 0) return undefined;
  const power = new Float64Array(PATCH * PATCH);
  const fourier = fourierOf(PATCH);
  const re = new Float64Array(PATCH * PATCH);
  const im = new Float64Array(PATCH * PATCH);
  for (let first = 0; first < starts.length; first += 2) {
    loadPatch(film, starts[first]!, re, fourier.window);
    if (first + 1 < starts.length) loadPatch(film, starts[first + 1]!, im, fourier.window);
    else im.fill(0);
    transformPatch(fourier, re, im);
    // Each picture alone is not needed: |Z(f)|² + |Z(−f)|² is twice the sum of both powers.
    for (let at = 0; at < power.length; at += 1) power[at]! += re[at]! * re[at]! + im[at]! * im[at]!;
  }
  return summarise(power, starts.length);
};

const patchStarts = ({ scan, anatomyCells }: Film): number[] => {
  const { rows, columns, cellColumns } = scan;
  const all: number[] = [];
  const step = PATCH_CELLS / 2;
  for (let row = 0; (row + PATCH_CELLS) * CELL <= rows; row += step) {
    for (let column = 0; (column + PATCH_CELLS) * CELL <= columns; column += step) {
      let inside = 0;
      for (let y = row; y < row + PATCH_CELLS; y += 1) {
        for (let x = column; x < column + PATCH_CELLS; x += 1) inside += anatomyCells[y * cellColumns + x]!;
      }
      if (inside >= ANATOMY_SHARE * PATCH_CELLS * PATCH_CELLS) all.push(row * CELL * columns + column * CELL);
    }
  }
  if (all.length <= MOST_PATCHES) return all;
  return Array.from({ length: MOST_PATCHES }, (_, at) => all[Math.floor(((at + 0.5) * all.length) / MOST_PATCHES)]!);
};

const loadPatch = ({ frame }: Film, start: number, into: Float64Array, window: Float64Array): void => {
  const { samples, columns } = frame;
  let sum = 0;
  for (let row = 0; row < PATCH; row += 1) {
    for (let column = 0; column < PATCH; column += 1) sum += samples[start + row * columns + column]!;
  }
  const mean = sum / (PATCH * PATCH);
  for (let row = 0; row < PATCH; row += 1) {
    const weight = window[row]!;
    for (let column = 0; column < PATCH; column += 1) {
      into[row * PATCH + column] = (samples[start + row * columns + column]! - mean) * weight * window[column]!;
    }
  }
};

const transformPatch = (fourier: Fourier, re: Float64Array, im: Float64Array): void => {
  for (let row = 0; row < PATCH; row += 1) fourier.transform(re, im, row * PATCH);
  for (let column = 0; column < PATCH; column += 1) fourier.transform(re, im, column, PATCH);
};

/** Waves that run within this slope of an axis count as running along it [PD]. */
const AXIS_SLOPE = 0.5;
const FINE_FROM = 0.12; // cycles per pixel: ribs and cortices lie below [PD]

/** Bands in which movement shows before noise covers it: a smear of 4 … 35 pixels [PD]. */
const COARSE_BANDS = 5; // the first five of BANDS
/** Corner of the spectrum in which only noise is left, cycles per pixel along both axes [PD]. */
const NOISE_FROM = 0.4;
/** Power left of a band is no less than this share of the noise: below it is chance [PD]. */
const LEAST_POWER = 0.1;

const summarise = (power: Float64Array, patches: number): Spectrum => {
  const bands = BANDS.slice(1).map(() => ({ ...emptySum, across: { ...emptySum }, down: { ...emptySum } }));
  const noise = { ...emptySum };
  let [across, down] = [0, 0];
  for (let row = 0; row < PATCH; row += 1) {
    const fy = (row < PATCH / 2 ? row : PATCH - row) / PATCH;
    for (let column = 0; column < PATCH; column += 1) {
      const fx = (column < PATCH / 2 ? column : PATCH - column) / PATCH;
      const frequency = Math.sqrt(fx * fx + fy * fy);
      const value = power[row * PATCH + column]!;
      if (fx > NOISE_FROM && fy > NOISE_FROM) add(noise, value);
      if (frequency < BANDS[0] || frequency >= BANDS.at(-1)!) continue;
      const band = bands[BANDS.findIndex((border) => frequency < border) - 1]!;
      add(band, value);
      if (fy < AXIS_SLOPE * fx) add(band.across, value);
      else if (fx < AXIS_SLOPE * fy) add(band.down, value);
      if (frequency < FINE_FROM) continue;
      if (fy < AXIS_SLOPE * fx) across += value;
      else if (fx < AXIS_SLOPE * fy) down += value;
    }
  }
  const floor = mean(noise);
  const aboveNoise = (sum: Sum): number => Math.max(LEAST_POWER * floor, mean(sum) - floor);
  return {
    patches,
    power: bands.map((band) => log2(mean(band))),
    frequency: BANDS.slice(1).map((to, band) => log2(to * BANDS[band]!) / 2),
    acrossToDown: log2(across / down),
    coarseAcrossToDown: bands
      .slice(0, COARSE_BANDS)
      .map((band) => log2(aboveNoise(band.across) / aboveNoise(band.down))),
  };
};

interface Sum {
  sum: number;
  count: number;
}
const emptySum: Sum = { sum: 0, count: 0 };
const add = (to: Sum, value: number): void => {
  to.sum += value;
  to.count += 1;
};
const mean = ({ sum, count }: Sum): number => sum / count;
