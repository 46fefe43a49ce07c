import type { ImagePixel } from './image-pixel.ts';

/** Raw samples of one frame: bytes little endian unless said otherwise, and how many each sample takes. */
export interface RawSamples {
  bytes: Uint8Array;
  bytesPerSample: number;
  isLittleEndian: boolean;
}

/** Stored values of a frame with their extremes; `shift` low bits were dropped to fit 16 bits. */
export interface StoredSamples {
  samples: Uint8Array | Uint16Array | Int16Array;
  min: number;
  max: number;
  shift: number;
}

/**
 * The stored values: bits above HighBit (old overlays) masked away, values moved down when HighBit is not
 * BitsStored − 1, sign-extended when PixelRepresentation is 1. A view into the bytes when they already are
 * what is wanted. Source: PS3.5 section 8.1.1.
 */
export const storedSamples = (raw: RawSamples, pixel: ImagePixel, count: number): StoredSamples => {
  if (raw.bytesPerSample === 4) return from32Bits(raw, pixel, count);
  const words = raw.bytesPerSample === 1 ? raw.bytes.subarray(0, count) : wordsOf(raw, count);
  return fitted(words, pixel);
};

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

const wordsOf = ({ bytes, isLittleEndian }: RawSamples, count: number): Uint16Array => {
  const isAligned = bytes.byteOffset % 2 === 0;
  if (isAligned && isLittleEndian === hostIsLittleEndian) {
    return new Uint16Array(bytes.buffer, bytes.byteOffset, count);
  }
  const words = new Uint16Array(count);
  const low = isLittleEndian ? 0 : 1;
  const high = 1 - low;
  for (let index = 0; index < count; index += 1) {
    words[index] = bytes[index * 2 + low]! | (bytes[index * 2 + high]! << 8);
  }
  return words;
};

/** Extremes, and whether every value is already clean; only then may the bytes stand as they are. */
const fitted = (words: Uint8Array | Uint16Array, pixel: ImagePixel): StoredSamples => {
  const drop = pixel.highBit + 1 - pixel.bitsStored;
  const bits = pixel.bitsStored;
  if (!pixel.isSigned) {
    const { min, max } = extremesOf(words);
    if (drop === 0 && max <= 2 ** bits - 1) return { samples: words, min, max, shift: 0 };
    const mask = 2 ** bits - 1;
    const clean = words instanceof Uint8Array ? new Uint8Array(words.length) : new Uint16Array(words.length);
    for (let index = 0; index < words.length; index += 1) clean[index] = (words[index]! >>> drop) & mask;
    return { samples: clean, ...extremesOf(clean), shift: 0 };
  }
  const signed = signedViewOf(words);
  const { min, max } = extremesOf(signed);
  if (drop === 0 && min >= -(2 ** (bits - 1)) && max <= 2 ** (bits - 1) - 1) {
    return { samples: signed, min, max, shift: 0 };
  }
  const up = 32 - bits;
  const clean = new Int16Array(words.length);
  for (let index = 0; index < words.length; index += 1) clean[index] = ((words[index]! >>> drop) << up) >> up;
  return { samples: clean, ...extremesOf(clean), shift: 0 };
};

const signedViewOf = (words: Uint8Array | Uint16Array): Int16Array =>
  words instanceof Uint16Array
    ? new Int16Array(words.buffer, words.byteOffset, words.length)
    : Int16Array.from(new Int8Array(words.buffer, words.byteOffset, words.length));

/** Smallest and largest of the values; 0 and 0 of none. */
export const extremesOf = (values: ArrayLike<number>): { min: number; max: number } => {
  if (values.length === 0) return { min: 0, max: 0 };
  let min = values[0]!;
  let max = min;
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
};

/** 32-bit values (dose grids, some secondary captures) keep their 16 most significant used bits. */
const from32Bits = ({ bytes, isLittleEndian }: RawSamples, pixel: ImagePixel, count: number): StoredSamples => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const up = 32 - pixel.bitsStored - (pixel.highBit + 1 - pixel.bitsStored);
  const down = 32 - pixel.bitsStored;
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const word = view.getUint32(index * 4, isLittleEndian) << up;
    values[index] = pixel.isSigned ? word >> down : word >>> down;
  }
  const { min, max } = extremesOf(values);
  let shift = 0;
  while (max / 2 ** shift >= (pixel.isSigned ? 2 ** 15 : 2 ** 16) || min / 2 ** shift < -(2 ** 15)) shift += 1;
  const samples = pixel.isSigned ? new Int16Array(count) : new Uint16Array(count);
  for (let index = 0; index < count; index += 1) samples[index] = Math.floor(values[index]! / 2 ** shift);
  return { samples, ...extremesOf(samples), shift };
};

/** One-bit samples, the first in the lowest bit, as one byte each; frames follow one another bit by bit. */
export const oneBitSamples = (bytes: Uint8Array, firstBit: number, count: number): Uint8Array => {
  const samples = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const bit = firstBit + index;
    samples[index] = (bytes[bit >>> 3]! >>> (bit & 7)) & 1;
  }
  return samples;
};
