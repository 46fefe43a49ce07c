import { describe, expect, it } from 'vitest';
import type { ImagePixel } from './image-pixel.ts';
import { decodeRle } from './rle.ts';

const pixel = (differs: Partial<ImagePixel>): ImagePixel => ({
  rows: 1,
  columns: 6,
  numberOfFrames: 1,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  isSigned: false,
  isPlanar: false,
  photometricInterpretation: 'MONOCHROME2',
  ...differs,
});

/** A frame of byte segments behind the 64-byte header of segment count and offsets (PS3.5 annex G.5). */
const frameOf = (...segments: number[][]): Uint8Array => {
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let offset = 64;
  for (const [index, segment] of segments.entries()) {
    header[index + 1] = offset;
    offset += segment.length;
  }
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
};

describe('decodeRle', () => {
  it('copies literal runs, repeats replicate runs and passes over -128', () => {
    const literalThenRun = [2, 10, 20, 30, 0x80, 0xfe, 7];
    expect([...decodeRle(frameOf(literalThenRun), pixel({}))]).toEqual([10, 20, 30, 7, 7, 7]);
  });

  it('puts the most significant byte plane first', () => {
    const high = [0xfb, 0x12];
    const low = [0xfb, 0x34];
    const decoded = decodeRle(frameOf(high, low), pixel({ bitsAllocated: 16, bitsStored: 16, highBit: 15 }));
    expect([...new Uint16Array(decoded.buffer)]).toEqual(Array.from({ length: 6 }, () => 0x1234));
  });

  it('interleaves colour planes', () => {
    const decoded = decodeRle(frameOf([0xff, 1], [0xff, 2], [0xff, 3]), pixel({ columns: 2, samplesPerPixel: 3 }));
    expect([...decoded]).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('never writes beyond the frame, whatever the segment holds', () => {
    expect([...decodeRle(frameOf([0x81, 9, 0x81, 9]), pixel({}))]).toEqual([9, 9, 9, 9, 9, 9]);
  });

  it('refuses segments that end early, and another number of segments than the image needs', () => {
    expect(() => decodeRle(frameOf([0xff, 9]), pixel({}))).toThrow('DICOM_CODEC_FAILED');
    expect(() => decodeRle(frameOf([0xfb, 9], [0xfb, 9]), pixel({}))).toThrow('DICOM_CODEC_FAILED');
    expect(() => decodeRle(new Uint8Array(10), pixel({}))).toThrow('DICOM_CODEC_FAILED');
  });
});
