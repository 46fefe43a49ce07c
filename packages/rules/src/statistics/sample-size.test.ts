import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSize } from './sample-size.ts';
import { stratifiedProportion } from './stratified-proportion.ts';

describe('sampleSize', () => {
  // The textbook table for p = 0.5, 95 %: Cochran 1977 § 4.4; Krejcie & Morgan 1970 Table 1 (278 of 1000, 370 of 10,000).
  it.each([
    [0.05, undefined, 385],
    [0.05, 1000, 278],
    [0.05, 10_000, 370],
    [0.1, undefined, 97],
    [0.03, undefined, 1068],
  ])('needs for ± %d of %s films the published number', (halfWidth, population, wanted) => {
    expect(sampleSize({ expected: 0.5, halfWidth }, population)).toBe(wanted);
  });

  it('never needs more films than there are, and none of none', () => {
    expect(sampleSize({ expected: 0.5, halfWidth: 0.01 }, 12)).toBe(12);
    expect(sampleSize({ expected: 0.5, halfWidth: 0.01 }, 0)).toBe(0);
  });

  it('cannot be measured for an interval without width', () => {
    expect(sampleSize({ expected: 0.5, halfWidth: 0 })).toBeNull();
  });

  it('grows with a smaller interval and never beyond the unlimited population', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 100_000 }), (p, n) => {
        const wide = sampleSize({ expected: p, halfWidth: 0.1 }, n)!;
        const narrow = sampleSize({ expected: p, halfWidth: 0.02 }, n)!;
        expect(wide <= narrow && narrow <= sampleSize({ expected: p, halfWidth: 0.02 })!).toBe(true);
      }),
    );
  });
});

describe('stratifiedProportion', () => {
  it('has no doubt when every film was read', () => {
    const all = stratifiedProportion([
      { population: 10, read: 10, counted: 9 },
      { population: 30, read: 30, counted: 15 },
    ])!;
    expect(all).toEqual({ proportion: 0.6, lower: 0.6, upper: 0.6 });
  });

  it('counts each stratum by its size, not by what was read of it', () => {
    // 100 films at 90 % and 300 at 50 %: 240 of 400, although half of what was read is from the small stratum.
    const rate = stratifiedProportion([
      { population: 100, read: 10, counted: 9 },
      { population: 300, read: 10, counted: 5 },
    ])!;
    expect(rate.proportion).toBeCloseTo(0.6, 12);
    // W² (1 − f) p q/(n − 1): 0.0625·0.9·0.01 + 0.5625·(29/30)·0.25/9 = 0.015666…
    expect((rate.upper - rate.lower) / 2).toBeCloseTo(1.959964 * Math.sqrt(0.0005625 + 0.0151041667), 5);
  });

  it('is not measurable when a stratum was left out, or when there are no films', () => {
    expect(stratifiedProportion([{ population: 5, read: 0, counted: 0 }])).toBeNull();
    expect(stratifiedProportion([])).toBeNull();
  });
});
