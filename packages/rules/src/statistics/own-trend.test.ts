import { describe, expect, it } from 'vitest';
import { ownTrend, type WeekOfPerson } from './own-trend.ts';

const week = (staffId: string, graded: number, good: number, first = '2026-11-16'): WeekOfPerson => ({
  staffId,
  week: first,
  graded,
  good,
});
const others = [week('a', 100, 90), week('b', 100, 92), week('c', 100, 94), week('d', 100, 96)];

describe('ownTrend', () => {
  it('is within chance when the group lies inside the own interval, and says above and below only outside it', () => {
    // Wilson, 95 %: 38 of 40 is 0.835 … 0.986; 30 of 40 is 0.598 … 0.858; 399 of 400 is 0.986 … 1.000.
    expect(ownTrend([...others, week('me', 40, 38)], 'me', 20).verdict).toBe('within-chance');
    expect(ownTrend([...others, week('me', 40, 30)], 'me', 20).verdict).toBe('below');
    expect(ownTrend([...others, week('me', 400, 399)], 'me', 20).verdict).toBe('above');
  });

  it('says nothing below the least number of films, and something at it', () => {
    expect(ownTrend([...others, week('me', 19, 19)], 'me', 20).verdict).toBe('too-few');
    expect(ownTrend([...others, week('me', 20, 19)], 'me', 20).verdict).toBe('within-chance');
    expect(ownTrend([], 'me', 20)).toMatchObject({ verdict: 'too-few', rate: null, graded: 0 });
  });

  it('shows no group of fewer than four people, nor one of people with too few films', () => {
    expect(ownTrend([...others.slice(1), week('me', 40, 38)], 'me', 20)).toMatchObject({
      group: null,
      verdict: 'no-group',
    });
    expect(ownTrend([...others.slice(1), week('d2', 19, 19), week('me', 40, 38)], 'me', 20).group).toBeNull();
  });

  it('gives the pooled rate and the middle half of the others', () => {
    const { group } = ownTrend([...others, week('me', 40, 38)], 'me', 20);
    expect(group).toEqual({ people: 4, rate: 0.93, low: 0.915, high: 0.945 });
  });

  it('keeps a week without own films, with no rate', () => {
    const { weeks } = ownTrend([...others, week('me', 40, 38, '2026-11-23')], 'me', 20);
    expect(weeks.map(({ week: first, graded, rate }) => [first, graded, rate === null])).toEqual([
      ['2026-11-16', 0, true],
      ['2026-11-23', 40, false],
    ]);
  });
});
