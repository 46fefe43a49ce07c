import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultStandard } from '../grading/default-standard.ts';
import type { Measurement } from '../metrics/measurement.ts';
import { sources } from '../sources.ts';
import { type BaselinePoint, baselineLimit, baselineOf, enoughFilms } from './baseline.ts';
import { defaultFindingRules } from './default-rules.ts';
import { findingsOf } from './find.ts';
import { answersBeforeSilence, ruleAgreementOf } from './rule-agreement.ts';

const measurement = (metric: string, value: number, where?: string): Measurement => ({
  metric,
  value,
  unit: '1',
  method: 'test',
  version: 1,
  ...(where === undefined ? {} : { where }),
});
const rulesOf = (measurements: Measurement[], modality = 'DX') =>
  findingsOf({ modality, measurements, checks: [] }, defaultFindingRules).map(({ rule }) => rule);

describe('the rules as data', () => {
  it('have ids of their own, a known source each, and speak to items of the catalogue', () => {
    const ids = defaultFindingRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const items = new Set(defaultStandard.deductions.map(({ code }) => code.slice(0, 3)));
    for (const { id, source, deduction } of defaultFindingRules) {
      for (const key of source.split(', ')) expect(sources[key], `${id} ${key}`).toBeDefined();
      if (deduction !== undefined) expect(items, id).toContain(deduction);
    }
  });

  it('call nothing verified that rests on general knowledge or a product default', () => {
    expect(defaultFindingRules.filter(({ source, verified }) => verified && /GKU|PD|S38/.test(source))).toEqual([]);
  });

  it('put the farther of two limits on one figure first', () => {
    const limits = defaultFindingRules.filter((rule) => rule.kind === 'limit' && rule.limit !== null);
    for (const [at, rule] of limits.entries())
      for (const later of limits.slice(at + 1)) {
        if (rule.kind !== 'limit' || later.kind !== 'limit') continue;
        if (rule.metric !== later.metric || rule.where !== later.where || rule.side !== later.side) continue;
        const isFarther = rule.side === 'above' ? rule.limit! > later.limit! : rule.limit! < later.limit!;
        expect(isFarther, `${rule.id} before ${later.id}`).toBe(true);
      }
  });
});

describe('a hint on the deviation index', () => {
  it.each([
    [3.1, ['exposure-far-over']],
    [3, ['exposure-over']],
    [1.1, ['exposure-over']],
    [1, []],
    [0, []],
    [-1, []],
    [-1.1, ['exposure-under']],
    [-3, ['exposure-under']],
    [-3.1, ['exposure-far-under']],
  ])('at %d is %j', (value, wanted) => {
    expect(rulesOf([measurement('deviation-index', value)])).toEqual(wanted);
  });
});

it('a figure exactly at a limit is no hint, one beyond it is', () => {
  expect(rulesOf([measurement('clipping', 0.02, 'white')])).toEqual([]);
  expect(rulesOf([measurement('clipping', 0.0201, 'white')])).toEqual(['clipped-white']);
});

it('a rule of one modality is silent for another', () => {
  expect(rulesOf([measurement('mis-centring', 35, 'lateral')], 'CT')).toEqual(['mis-centred-lateral-plus-alarm']);
  expect(rulesOf([measurement('mis-centring', 35, 'lateral')], 'DX')).toEqual([]);
});

it('evidence carries place, value, limit and where the limit comes from; the words carry the value', () => {
  const place = { column: 1, row: 2, width: 3, height: 4 };
  const [finding] = findingsOf(
    { modality: 'DX', measurements: [{ ...measurement('clipping', 0.137, 'white'), place }], checks: [] },
    defaultFindingRules,
  );
  expect(finding).toMatchObject({
    deduction: 'D05',
    evidence: { metric: 'clipping', value: 0.137, limit: 0.02, limitFrom: 'published', place },
  });
  expect(finding?.message.zh).toContain('0.137');
});

describe('a baseline', () => {
  const steady = (count: number): BaselinePoint[] =>
    Array.from({ length: count }, (_, at) => ({ value: 10 + (at % 5) - 2 }));

  it('is none before there are enough films, and there with the last one needed', () => {
    expect(baselineOf(steady(enoughFilms - 1))).toBeNull();
    expect(baselineOf(steady(enoughFilms))).toMatchObject({ films: enoughFilms, median: 10 });
  });

  it('replaces the published limit and says so', () => {
    const baseline = baselineOf(steady(50));
    const film = { modality: 'DX', checks: [], baselineOf: () => baseline };
    // Values 8…12: median 10, median absolute deviation 1, so three and a half robust deviations are 5.1891.
    expect(findingsOf({ ...film, measurements: [measurement('noise', 15.18, 'quiet')] }, defaultFindingRules)).toEqual(
      [],
    );
    const [finding] = findingsOf({ ...film, measurements: [measurement('noise', 15.2, 'quiet')] }, defaultFindingRules);
    expect(finding).toMatchObject({ rule: 'film-noisy', evidence: { limitFrom: 'baseline' } });
  });

  it('is not moved by a third of bad films', () => {
    const bad = Array.from({ length: 20 }, () => ({ value: 1000 }));
    const baseline = baselineOf([...steady(40), ...bad])!;
    expect(Math.abs(baseline.median - 10)).toBeLessThanOrEqual(1);
  });

  it('follows the size of the patient', () => {
    const points = Array.from({ length: 60 }, (_, at) => ({
      value: 2 * (50 + at) + ((at % 3) - 1) * 0.1,
      size: 50 + at,
    }));
    const baseline = baselineOf(points)!;
    expect(baseline.bySize?.slope).toBeCloseTo(2, 2);
    expect(baselineLimit(baseline, 'above', 3, 100)).toBeGreaterThan(200);
    expect(baselineLimit(baseline, 'above', 3, 100)).toBeLessThan(201);
  });

  it('scales and shifts with its figures', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: enoughFilms, maxLength: 80 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: -500, max: 500 }),
        (values, factor, shift) => {
          const one = baselineOf(values.map((value) => ({ value })))!;
          const other = baselineOf(values.map((value) => ({ value: value * factor + shift })))!;
          expect(other.median).toBeCloseTo(one.median * factor + shift, 6);
          expect(other.deviation).toBeCloseTo(one.deviation * factor, 6);
        },
      ),
    );
  });
});

describe('a rule that readers answer', () => {
  it('goes on speaking before there are enough answers, however wrong it was', () => {
    expect(ruleAgreementOf({ agreed: 0, rejected: answersBeforeSilence - 1, missed: 0 }).isSilenced).toBe(false);
    expect(ruleAgreementOf({ agreed: 0, rejected: answersBeforeSilence, missed: 0 }).isSilenced).toBe(true);
  });

  it('is silenced only when even the upper bound of its precision is below a half', () => {
    // Wilson, 95 %: 5 of 20 is 0.112…0.469; 6 of 20 is 0.145…0.519.
    expect(ruleAgreementOf({ agreed: 5, rejected: 15, missed: 0 }).isSilenced).toBe(true);
    expect(ruleAgreementOf({ agreed: 6, rejected: 14, missed: 0 }).isSilenced).toBe(false);
  });

  it('has no precision without answers and no recall without marked defects', () => {
    expect(ruleAgreementOf({ agreed: 0, rejected: 0, missed: 0 })).toMatchObject({ precision: null, recall: null });
  });
});
