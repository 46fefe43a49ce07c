import { unitCircle } from './exact-math.ts';

/** Fourier transforms of one length, a power of two from 4, in place; tables and buffers are made once. */
export interface Fourier {
  readonly length: number;
  /** Hann window of that length. */
  readonly window: Float64Array;
  transform(real: Float64Array, imaginary: Float64Array, offset?: number, stride?: number): void;
}

/** Transforms of `length` points (radix 2, decimation in time). */
export const fourierOf = (length: number): Fourier => {
  const { cos, sin } = unitCircle(length);
  const order = bitReversed(length);
  const window = Float64Array.from(cos, (value) => (1 - value) / 2);
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  const transform: Fourier['transform'] = (real, imaginary, offset = 0, stride = 1) => {
    for (let at = 0; at < length; at += 1) {
      re[order[at]!] = real[offset + at * stride]!;
      im[order[at]!] = imaginary[offset + at * stride]!;
    }
    for (let half = 1; half < length; half *= 2) {
      const step = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) butterflies(re, im, { start, half, step, cos, sin });
    }
    for (let at = 0; at < length; at += 1) {
      real[offset + at * stride] = re[at]!;
      imaginary[offset + at * stride] = im[at]!;
    }
  };
  return { length, window, transform };
};

interface Butterflies {
  readonly start: number;
  readonly half: number;
  readonly step: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

const butterflies = (re: Float64Array, im: Float64Array, { start, half, step, cos, sin }: Butterflies): void => {
  for (let k = 0; k < half; k += 1) {
    const c = cos[k * step]!;
    const s = sin[k * step]!;
    const low = start + k;
    const high = low + half;
    const x = re[high]! * c + im[high]! * s;
    const y = im[high]! * c - re[high]! * s;
    re[high] = re[low]! - x;
    im[high] = im[low]! - y;
    re[low]! += x;
    im[low]! += y;
  }
};

const bitReversed = (length: number): Uint32Array => {
  const order = new Uint32Array(length);
  for (let at = 1, reversed = 0; at < length; at += 1) {
    let bit = length >> 1;
    for (; (reversed & bit) !== 0; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    order[at] = reversed;
  }
  return order;
};
