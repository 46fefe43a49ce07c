import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColourFrame, GrayscaleFrame } from './frame.ts';
import { type ReductionFactor, reduceFrame } from './reduce-frame.ts';

const grey = (rows: number, columns: number, samples: GrayscaleFrame['samples']): GrayscaleFrame => ({
  kind: 'grayscale',
  rows,
  columns,
  samples,
  pixelSpacing: { rowMm: 0.1, columnMm: 0.2, source: 'PixelSpacing' },
  bitsStored: 12,
  isSigned: samples instanceof Int16Array,
  minStored: 0,
  maxStored: 0,
  isInverted: false,
  rescaleSlope: 1,
  rescaleIntercept: 0,
  rescaleType: undefined,
  padding: undefined,
  windows: [],
  voiLutFunction: 'LINEAR',
  voiLuts: [],
});

describe('reduceFrame', () => {
  it('averages each block and rounds to the nearest', () => {
    const reduced = reduceFrame(grey(2, 4, Uint16Array.of(0, 4, 10, 10, 4, 9, 10, 11)), 2);
    expect(reduced).toMatchObject({ rows: 1, columns: 2, minStored: 4, maxStored: 10 });
    expect([...reduced.samples]).toEqual([4, 10]);
    expect(reduced.pixelSpacing).toEqual({ rowMm: 0.2, columnMm: 0.4, source: 'PixelSpacing' });
  });

  it('averages what there is in the blocks at the right and lower edge', () => {
    const reduced = reduceFrame(grey(3, 3, Uint16Array.of(0, 0, 6, 0, 0, 8, 3, 5, 9)), 2);
    expect([...reduced.samples]).toEqual([0, 7, 4, 9]);
  });

  it('keeps signed values signed', () => {
    const reduced = reduceFrame(grey(2, 2, Int16Array.of(-1000, -1000, -1002, -1002)), 2);
    expect(reduced.samples).toEqual(Int16Array.of(-1001));
  });

  it('averages colours apart from one another', () => {
    const samples = Uint8Array.of(0, 10, 20, 2, 20, 40, 4, 30, 60, 6, 40, 80);
    const frame: ColourFrame = {
      kind: 'colour',
      rows: 2,
      columns: 2,
      samples,
      pixelSpacing: undefined,
      isInverted: false,
    };
    expect(reduceFrame(frame, 2)).toEqual({ ...frame, rows: 1, columns: 1, samples: Uint8Array.of(3, 25, 50) });
  });

  it('leaves an even field even, whatever its size', () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    const factors = fc.constantFrom<ReductionFactor>(2, 4, 8);
    fc.assert(
      fc.property(sizes, sizes, factors, fc.integer({ min: 0, max: 65535 }), (rows, columns, factor, value) => {
        const reduced = reduceFrame(grey(rows, columns, new Uint16Array(rows * columns).fill(value)), factor);
        expect(reduced.samples).toHaveLength(Math.ceil(rows / factor) * Math.ceil(columns / factor));
        expect(reduced.samples.every((sample) => sample === value)).toBe(true);
      }),
    );
  });

  it('keeps the mean of a frame whose sides are multiples of the factor', () => {
    const samples = Uint16Array.from({ length: 64 * 64 }, (_, index) => (index * 7919) % 4096);
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    const reduced = reduceFrame(grey(64, 64, samples), 8);
    /** Each of the block means is off by half a grey level at most. */
    expect(Math.abs(mean(reduced.samples) - mean(samples))).toBeLessThanOrEqual(0.5);
  });
});
