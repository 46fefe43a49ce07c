import { AppError } from '@jiapian/kernel';
import { uint32Words } from '../element-values.ts';
import type { ImagePixel } from './image-pixel.ts';

const headerLength = 64;
const largestSegmentCount = 15;

/**
 * Decodes one RLE frame into interleaved little-endian samples. Segments hold one byte plane each, the most
 * significant of a sample first (PS3.5 annex G).
 *
 * Throws DICOM_CODEC_FAILED when the segments are not those of the image or end early.
 */
export const decodeRle = (stream: Uint8Array, pixel: ImagePixel): Uint8Array => {
  const bytesPerSample = pixel.bitsAllocated / 8;
  const planes = pixel.samplesPerPixel * bytesPerSample;
  const [segmentCount = 0, ...offsets] = uint32Words(stream, 0, Math.min(headerLength, stream.length));
  if (segmentCount !== planes || segmentCount > largestSegmentCount) {
    const facts = { reason: 'the RLE frame has another number of segments', expected: planes, present: segmentCount };
    throw new AppError('DICOM_CODEC_FAILED', facts);
  }
  const pixels = pixel.rows * pixel.columns;
  const decoded = new Uint8Array(pixels * planes);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const sample = Math.floor(segment / bytesPerSample);
    const significance = segment % bytesPerSample;
    const first = sample * bytesPerSample + (bytesPerSample - 1 - significance);
    const start = offsets[segment]!;
    const end = segment + 1 < segmentCount ? offsets[segment + 1]! : stream.length;
    const written = unpack(stream, start, Math.min(end, stream.length), decoded, first, planes);
    if (written < pixels) {
      const facts = { reason: 'an RLE segment ends early', segment, expectedBytes: pixels, presentBytes: written };
      throw new AppError('DICOM_CODEC_FAILED', facts);
    }
  }
  return decoded;
};

/** PackBits: n ≥ 0 copies n + 1 bytes, n < 0 repeats one byte 1 − n times, −128 does nothing. */
const unpack = (
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  first: number,
  stride: number,
): number => {
  const last = target.length;
  let from = start;
  let to = first;
  while (from < end && to < last) {
    const control = source[from]!;
    from += 1;
    if (control < 128) {
      const stop = Math.min(from + control + 1, end);
      for (; from < stop && to < last; from += 1, to += stride) target[to] = source[from]!;
    } else if (control > 128) {
      const value = source[from]!;
      from += 1;
      for (let left = 257 - control; left > 0 && to < last; left -= 1, to += stride) target[to] = value;
    }
  }
  return (to - first) / stride;
};
