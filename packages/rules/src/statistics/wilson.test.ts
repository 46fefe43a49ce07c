import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { wilsonInterval } from './wilson.ts';

describe('wilsonInterval', () => {
  // Newcombe, Stat Med 1998;17:857–872, Table I, method 3 (score without continuity correction), 95 %.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives for %i of %i the published interval', (successes, trials, lower, upper) => {
    const interval = wilsonInterval(successes, trials)!;
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
    expect(interval.proportion).toBe(successes / trials);
  });

  it('cannot measure a rate of nothing', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  const counts = fc
    .integer({ min: 1, max: 5000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

  it('holds the rate and stays between 0 and 1', () => {
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const { lower, proportion, upper } = wilsonInterval(successes, trials)!;
        expect(0 <= lower && lower <= proportion && proportion <= upper && upper <= 1).toBe(true);
      }),
    );
  });

  it('mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const one = wilsonInterval(successes, trials)!;
        const other = wilsonInterval(trials - successes, trials)!;
        expect(one.lower).toBeCloseTo(1 - other.upper, 12);
      }),
    );
  });

  it('narrows with more trials at the same rate', () => {
    const width = (n: number) => {
      const { lower, upper } = wilsonInterval(n / 5, n)!;
      return upper - lower;
    };
    expect([50, 500, 5000].map(width)).toEqual([50, 500, 5000].map(width).sort((a, b) => b - a));
  });
});
