import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOfPairs, type AgreementTable } from './agreement-table.ts';
import { gwetAc1 } from './gwet-ac1.ts';
import { weightedKappa } from './weighted-kappa.ts';

const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; reason: unknown }): Value => {
  if (!result.ok) throw new Error(String(result.reason));
  return result.value;
};

// Hout, Duncan & Sobel 1987 (Agresti, Categorical Data Analysis, Table 2.12): 91 couples, four ordered answers.
const couples: AgreementTable = [
  [7, 7, 2, 3],
  [2, 8, 3, 7],
  [1, 5, 4, 9],
  [2, 8, 9, 14],
];
// Gwet, Handbook of Inter-Rater Reliability, 4th ed.: 100 pregnancies, two abstractors.
const abstractors: AgreementTable = [
  [13, 0, 0],
  [0, 20, 7],
  [0, 4, 56],
];

describe('weightedKappa', () => {
  // As R's vcd 1.4 prints Kappa(SexualFun) and confint() of it; Agresti gives .129 (.0686) and .237 (.0783).
  it.each([
    ['none', 0.1293, 0.0686, -0.00512, 0.26378],
    ['linear', 0.2374, 0.07832, 0.083883, 0.390878],
  ] as const)('gives with weights %s the published figures', (weights, kappa, standardError, lower, upper) => {
    const found = valueOf(weightedKappa(couples, weights));
    expect(found.coefficient).toBeCloseTo(kappa, 4);
    expect(found.standardError).toBeCloseTo(standardError, 4);
    expect(found.lower).toBeCloseTo(lower, 4);
    expect(found.upper).toBeCloseTo(upper, 4);
    expect(found.count).toBe(91);
  });

  it('gives the kappa of the two abstractors (irrCAC: 0.7964094, 0.05891072)', () => {
    const found = valueOf(weightedKappa(abstractors, 'none'));
    expect(found.coefficient).toBeCloseTo(0.7964094, 6);
    expect(found.standardError).toBeCloseTo(0.05891072, 6);
  });

  it('is not measurable without pairs, or when both used one category only', () => {
    expect(weightedKappa(tableOfPairs([], 4))).toEqual({ ok: false, reason: 'no-pairs' });
    expect(weightedKappa(tableOfPairs([[0, 0]], 4))).toEqual({ ok: false, reason: 'one-category' });
  });
});

describe('gwetAc1', () => {
  it('gives the AC1 of the two abstractors (irrCAC: 0.8493305, 0.04321747)', () => {
    const found = valueOf(gwetAc1(abstractors));
    expect(found.coefficient).toBeCloseTo(0.8493305, 6);
    expect(found.standardError).toBeCloseTo(0.04321747, 6);
  });

  it('stays near the share of agreement where kappa falls below 0 (Gwet 2008: 118, 5, 2, 0 gives 0.9408)', () => {
    const rare: AgreementTable = [
      [118, 5],
      [2, 0],
    ];
    expect(valueOf(gwetAc1(rare)).coefficient).toBeCloseTo(0.9408, 4);
    expect(valueOf(weightedKappa(rare, 'none')).coefficient).toBeLessThan(0);
  });

  it('is measurable for one category, but not without pairs', () => {
    expect(valueOf(gwetAc1(tableOfPairs([[0, 0]], 4))).coefficient).toBe(1);
    expect(gwetAc1(tableOfPairs([], 4))).toEqual({ ok: false, reason: 'no-pairs' });
  });
});

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 2,
  maxLength: 60,
});

describe('both coefficients', () => {
  it('do not change when the two readers change places', () => {
    fc.assert(
      fc.property(pairs, (read) => {
        const one = tableOfPairs(read, 4);
        const other = tableOfPairs(
          read.map(([first, second]) => [second, first] as const),
          4,
        );
        const [kappa, swapped] = [weightedKappa(one), weightedKappa(other)];
        if (kappa.ok && swapped.ok) expect(kappa.value.coefficient).toBeCloseTo(swapped.value.coefficient, 10);
        else expect(kappa.ok).toBe(swapped.ok);
        expect(valueOf(gwetAc1(one)).coefficient).toBeCloseTo(valueOf(gwetAc1(other)).coefficient, 10);
      }),
    );
  });

  it('lie inside their interval and between −1 and 1', () => {
    fc.assert(
      fc.property(pairs, (read) => {
        const table = tableOfPairs(read, 4);
        for (const found of [weightedKappa(table), gwetAc1(table)]) {
          if (!found.ok) continue;
          const { lower, coefficient, upper } = found.value;
          expect(-1 <= lower && lower <= coefficient + 1e-12 && coefficient <= upper + 1e-12 && upper <= 1).toBe(true);
        }
      }),
    );
  });
});
