import { describe, expect, it } from 'vitest';
import { timeGap } from './time-gap.ts';

describe('timeGap', () => {
  const start = '2026-11-24T02:00:00Z';
  it.each([
    ['2026-11-24T02:00:00Z', { unit: 'second', count: 0 }],
    ['2026-11-24T02:00:59Z', { unit: 'second', count: 59 }],
    ['2026-11-24T02:01:00Z', { unit: 'minute', count: 1 }],
    ['2026-11-24T02:59:59Z', { unit: 'minute', count: 59 }],
    ['2026-11-24T03:00:00Z', { unit: 'hour', count: 1 }],
    ['2026-11-26T02:00:00Z', { unit: 'day', count: 2 }],
  ])('until %s is %o', (end, gap) => {
    expect(timeGap(start, end)).toEqual(gap);
  });
  it('says nothing of a clock that runs backwards', () => {
    expect(timeGap('2026-11-24T02:00:01Z', start)).toBeNull();
  });
});
