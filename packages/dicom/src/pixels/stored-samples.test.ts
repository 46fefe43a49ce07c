import { describe, expect, it } from 'vitest';
import type { ImagePixel } from './image-pixel.ts';
import { oneBitSamples, storedSamples } from './stored-samples.ts';

const pixel = (differs: Partial<ImagePixel>): ImagePixel => ({
  rows: 1,
  columns: 1,
  numberOfFrames: 1,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  isSigned: false,
  isPlanar: false,
  photometricInterpretation: 'MONOCHROME2',
  ...differs,
});

const words = (...values: number[]) => {
  const bytes = new Uint8Array(Uint16Array.from(values).buffer);
  return { bytes, bytesPerSample: 2, isLittleEndian: true };
};

describe('storedSamples', () => {
  it('masks overlay bits above the high bit', () => {
    const stored = storedSamples(words(0x0fff, 0xf001, 0x1000), pixel({}), 3);
    expect([...stored.samples]).toEqual([4095, 1, 0]);
    expect(stored).toMatchObject({ min: 0, max: 4095, shift: 0 });
  });

  it('extends the sign at the highest stored bit, with anything above it', () => {
    const stored = storedSamples(words(0x07ff, 0x0800, 0x0fff, 0xa800), pixel({ isSigned: true }), 4);
    expect([...stored.samples]).toEqual([2047, -2048, -1, -2048]);
    expect(stored).toMatchObject({ min: -2048, max: 2047 });
  });

  it('moves values down when the high bit is not the last stored bit', () => {
    expect([...storedSamples(words(0xfff0, 0x0010), pixel({ highBit: 15 }), 2).samples]).toEqual([4095, 1]);
    const signed = storedSamples(words(0x8000, 0x7ff0), pixel({ highBit: 15, isSigned: true }), 2);
    expect([...signed.samples]).toEqual([-2048, 2047]);
  });

  it('reads 8-bit signed samples', () => {
    const raw = { bytes: Uint8Array.from([0x80, 0x7f, 0xff]), bytesPerSample: 1, isLittleEndian: true };
    const stored = storedSamples(raw, pixel({ bitsAllocated: 8, bitsStored: 8, highBit: 7, isSigned: true }), 3);
    expect([...stored.samples]).toEqual([-128, 127, -1]);
  });

  it('reads big-endian words, and words at an odd offset', () => {
    const big = { bytes: Uint8Array.from([0x01, 0x02]), bytesPerSample: 2, isLittleEndian: false };
    expect([...storedSamples(big, pixel({}), 1).samples]).toEqual([0x0102]);
    const odd = { ...big, bytes: Uint8Array.from([0, 0x01, 0x02]).subarray(1), isLittleEndian: true };
    expect([...storedSamples(odd, pixel({}), 1).samples]).toEqual([0x0201]);
  });

  it('keeps 32-bit values that fit and drops as few low bits as it must from those that do not', () => {
    const deep = pixel({ bitsAllocated: 32, bitsStored: 32, highBit: 31 });
    const raw = (...values: number[]) => ({
      bytes: new Uint8Array(Uint32Array.from(values).buffer),
      bytesPerSample: 4,
      isLittleEndian: true,
    });
    expect(storedSamples(raw(7, 65535), deep, 2)).toMatchObject({ samples: Uint16Array.of(7, 65535), shift: 0 });
    expect(storedSamples(raw(7, 65536), deep, 2)).toMatchObject({ samples: Uint16Array.of(3, 32768), shift: 1 });
    expect(storedSamples(raw(0xffffffff), deep, 1)).toMatchObject({ samples: Uint16Array.of(65535), shift: 16 });
    const signed = storedSamples(raw(0xffffffff, 5), { ...deep, isSigned: true }, 2);
    expect(signed).toMatchObject({ samples: Int16Array.of(-1, 5), shift: 0 });
  });
});

describe('oneBitSamples', () => {
  it('takes the lowest bit first and begins a frame inside a byte', () => {
    expect([...oneBitSamples(Uint8Array.of(0b00000101, 0b10000000), 0, 4)]).toEqual([1, 0, 1, 0]);
    expect([...oneBitSamples(Uint8Array.of(0b00000101, 0b10000000), 12, 4)]).toEqual([0, 0, 0, 1]);
  });
});
