import { AppError } from '@jiapian/kernel';
import type { ImagePixel } from './image-pixel.ts';
import type { RawSamples } from './stored-samples.ts';

/**
 * Three-sample pixels as interleaved 8-bit RGB: planes interleaved, deeper samples reduced to their upper 8
 * bits, YBR_FULL and YBR_FULL_422 converted by PS3.3 C.7.6.3.1.2.
 */
export const colourToRgb = (raw: RawSamples, pixel: ImagePixel, isRgb: boolean): Uint8Array => {
  const pixels = pixel.rows * pixel.columns;
  const { photometricInterpretation: photometric } = pixel;
  if (!isRgb && photometric === 'YBR_FULL_422') return ybr422ToRgb(raw.bytes, pixels);
  const eight = eightBitSamples(raw, pixel, pixels * 3);
  const interleaved = pixel.isPlanar ? interleave(eight, pixels) : eight;
  if (isRgb || photometric === 'RGB') return interleaved;
  if (photometric === 'YBR_FULL') return ybrToRgb(interleaved);
  throw new AppError('DICOM_CODEC_FAILED', { reason: `photometric interpretation ${photometric} is not supported` });
};

const eightBitSamples = (raw: RawSamples, pixel: ImagePixel, count: number): Uint8Array => {
  const { bytes, bytesPerSample, isLittleEndian } = raw;
  if (bytesPerSample === 1) return bytes.subarray(0, count);
  const eight = new Uint8Array(count);
  const down = Math.max(0, pixel.highBit + 1 - 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < count; index += 1) {
    const at = index * bytesPerSample;
    eight[index] =
      (bytesPerSample === 2 ? view.getUint16(at, isLittleEndian) : view.getUint32(at, isLittleEndian)) >>> down;
  }
  return eight;
};

const interleave = (planes: Uint8Array, pixels: number): Uint8Array => {
  const rgb = new Uint8Array(pixels * 3);
  for (let index = 0; index < pixels; index += 1) {
    rgb[index * 3] = planes[index]!;
    rgb[index * 3 + 1] = planes[pixels + index]!;
    rgb[index * 3 + 2] = planes[2 * pixels + index]!;
  }
  return rgb;
};

const ybrToRgb = (ybr: Uint8Array): Uint8Array => {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let at = 0; at < ybr.length; at += 3) writeRgb(rgb, at, ybr[at]!, ybr[at + 1]!, ybr[at + 2]!);
  return new Uint8Array(rgb.buffer);
};

/** Two luminance samples share one pair of colour differences: Y1 Y2 Cb Cr. */
const ybr422ToRgb = (ybr: Uint8Array, pixels: number): Uint8Array => {
  const rgb = new Uint8ClampedArray(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const at = (pixel >>> 1) * 4;
    writeRgb(rgb, pixel * 3, ybr[at + (pixel & 1)]!, ybr[at + 2]!, ybr[at + 3]!);
  }
  return new Uint8Array(rgb.buffer);
};

/** The clamped array rounds to the nearest and limits to 0…255. */
const writeRgb = (rgb: Uint8ClampedArray, at: number, y: number, cb: number, cr: number): void => {
  rgb[at] = y + 1.402 * (cr - 128);
  rgb[at + 1] = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128);
  rgb[at + 2] = y + 1.772 * (cb - 128);
};
