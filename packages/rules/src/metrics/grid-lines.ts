import { medianOf } from '../picture/regions.ts';
import { STRETCHES } from './film-scan.ts';
import { type Film, placeOfReduced } from './film.ts';
import { type Fourier, fourierOf } from './fourier.ts';
import type { NoFigure, RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';

/** Longest and shortest stretch of a line that is transformed, pixels [PD]. */
const LONGEST = 1024;
const SHORTEST = 256; // [PD]
/** Lines averaged, evenly spaced over the field [PD]. */
const LINES = 96;
/** Longest period taken for a grid or its moiré, pixels: ribs and digits are longer [PD]. */
const LONGEST_PERIOD = 24;
/** Bins beside a peak that belong to it (Hann window), and bins further out that it is compared with [PD]. */
const PEAK = 2;
const AROUND = 14; // [PD]
/** A peak stands out when its power is this many times that of its surroundings [PD]. */
const STANDS_OUT = 8;

/**
 * Lines of an anti-scatter grid, or their moiré: amplitude of the strongest regular wave across and down, as a share of
 * the film's span, and its period. 0 when no wave stands out from the spectrum.
 */
export const gridLines: RadiographMetric = {
  metric: 'grid-lines',
  unit: '1',
  method: 'peak of the mean power spectrum of 96 lines and of the means of 16 stretches, Hann window',
  version: 1,
  measure: (film): RadiographAnswer | NoFigure => {
    const across = strongestWave(film, 'across');
    const down = strongestWave(film, 'down');
    if (across === undefined || down === undefined) return 'too-small';
    const place = placeOfReduced(film, film.border);
    return {
      figures: [
        { value: across.amplitude / film.tone.span, where: 'across', place },
        { value: down.amplitude / film.tone.span, where: 'down', place },
      ],
    };
  },
};

/** Period of the strongest regular wave, pixels, for the eye that asks whether grid or moiré. */
export const gridPeriod: RadiographMetric = {
  metric: 'grid-period',
  unit: '{pixel}',
  method: 'as grid-lines',
  version: 1,
  measure: (film): RadiographAnswer | NoFigure => {
    const waves = (['across', 'down'] as const).map((where) => ({ where, wave: strongestWave(film, where) }));
    const figures = waves.flatMap(({ where, wave }) =>
      wave === undefined || wave.amplitude === 0 ? [] : [{ where, value: wave.period }],
    );
    return figures.length === 0 ? 'no-regular-wave' : { figures };
  },
};

interface Wave {
  /** In stored values. */
  readonly amplitude: number;
  readonly period: number;
}

const found = new WeakMap<Film, Partial<Record<'across' | 'down', Wave>>>();

const strongestWave = (film: Film, where: 'across' | 'down'): Wave | undefined => {
  const known = found.get(film) ?? {};
  const wave = known[where] ?? searchWave(film, where);
  if (wave !== undefined) known[where] = wave;
  found.set(film, known);
  return wave;
};

const searchWave = (film: Film, where: 'across' | 'down'): Wave | undefined => {
  const { frame, border, scan } = film;
  const { factor } = scan.reduced;
  const isAcross = where === 'across';
  const [from, to] = isAcross ? [border.left, border.right] : [border.top, border.bottom];
  const start = from * factor;
  const room = Math.min(isAcross ? frame.columns : frame.rows, (to + 1) * factor) - start;
  let length = LONGEST;
  while (length > room) length /= 2;
  if (length < SHORTEST) return undefined;
  const first = start + Math.floor((room - length) / 2);
  const single = peakOf(linePower(film, { isAcross, first, length }), length);
  const meant = peakOf(stretchPower(film, { isAcross, first, length }), length);
  return meant.amplitude > single.amplitude ? meant : single;
};

/** Mean power of the means of 16 stretches: long waves that stand upright remain, anatomy and noise go. */
const stretchPower = ({ scan }: Film, { isAcross, first, length }: Lines): Float64Array => {
  const means = isAcross ? scan.columnMeans : scan.rowMeans;
  const fourier = fourierOf(length);
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  const power = new Float64Array(length / 2);
  for (let stretch = 0; stretch < STRETCHES; stretch += 2) {
    load(means, { start: first * STRETCHES + stretch, step: STRETCHES }, re, fourier);
    load(means, { start: first * STRETCHES + stretch + 1, step: STRETCHES }, im, fourier);
    fourier.transform(re, im);
    addPower(power, re, im, STRETCHES);
  }
  return power;
};

/** |Z(f)|² + |Z(−f)|² is twice the sum of the powers of both lines; `lines` is how many are averaged. */
const addPower = (power: Float64Array, re: Float64Array, im: Float64Array, lines: number): void => {
  for (let bin = 1; bin < power.length; bin += 1) {
    const mirror = re.length - bin;
    const both = re[bin]! ** 2 + im[bin]! ** 2 + re[mirror]! ** 2 + im[mirror]! ** 2;
    power[bin]! += both / (2 * lines);
  }
};

interface Lines {
  readonly isAcross: boolean;
  readonly first: number;
  readonly length: number;
}

/** Mean power of evenly spaced lines, two per transform. */
const linePower = ({ frame, border, scan }: Film, { isAcross, first, length }: Lines): Float64Array => {
  const { columns, samples } = frame;
  const { factor } = scan.reduced;
  const fourier = fourierOf(length);
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  const power = new Float64Array(length / 2);
  const [from, to] = isAcross ? [border.top, border.bottom] : [border.left, border.right];
  const low = from * factor;
  const high = Math.min(isAcross ? frame.rows : columns, (to + 1) * factor);
  for (let line = 0; line < LINES; line += 2) {
    for (const [offset, into] of [
      [0, re],
      [1, im],
    ] as const) {
      const at = low + Math.floor(((line + offset + 0.5) * (high - low)) / LINES);
      const step = isAcross ? 1 : columns;
      load(samples, { start: isAcross ? at * columns + first : first * columns + at, step }, into, fourier);
    }
    fourier.transform(re, im);
    addPower(power, re, im, LINES);
  }
  return power;
};

const load = (
  samples: ArrayLike<number>,
  { start, step }: { start: number; step: number },
  into: Float64Array,
  { length, window }: Fourier,
): void => {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += samples[start + at * step]!;
  for (let at = 0; at < length; at += 1) into[at] = (samples[start + at * step]! - sum / length) * window[at]!;
};

const peakOf = (power: Float64Array, length: number): Wave => {
  let best = { ratio: 0, bin: 0 };
  for (let bin = Math.ceil(length / LONGEST_PERIOD); bin < power.length - PEAK; bin += 1) {
    if (power[bin]! < power[bin - 1]! || power[bin]! < power[bin + 1]!) continue;
    const around: number[] = [];
    for (let near = Math.max(1, bin - AROUND); near <= Math.min(power.length - 1, bin + AROUND); near += 1) {
      if (Math.abs(near - bin) > PEAK) around.push(power[near]!);
    }
    const ratio = power[bin]! / Math.max(medianOf(around), Number.MIN_VALUE);
    if (ratio > best.ratio) best = { ratio, bin };
  }
  if (best.ratio < STANDS_OUT) return { amplitude: 0, period: 0 };
  let [sum, weighted] = [0, 0];
  for (let bin = best.bin - PEAK; bin <= best.bin + PEAK; bin += 1) {
    sum += power[bin]!;
    weighted += bin * power[bin]!;
  }
  // A wave of amplitude A has Σ|X|² = A²·N²·3/32 about its peak under a Hann window.
  return { amplitude: Math.sqrt((32 * sum) / 3) / length, period: (length * sum) / weighted };
};
