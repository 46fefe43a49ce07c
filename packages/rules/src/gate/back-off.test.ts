import { describe, expect, it } from 'vitest';
import { backOffMs, backOffWaitsMs, maxForwardAttempts } from './back-off.ts';
import { isHoldOver } from './hold-policy.ts';

const minutes = (count: number) => count * 60_000;

describe('isHoldOver', () => {
  it.each([
    [999, false],
    [1000, true],
    [1001, true],
  ])('at %i ms of a hold until 1000 ms is %s', (now, expected) => {
    expect(isHoldOver(1000, now)).toBe(expected);
  });
});

describe('backOffMs', () => {
  it('waits longer after every failure, never more than half an hour', () => {
    expect([1, 2, 3, 4, 5].map(backOffMs)).toEqual([10_000, 30_000, minutes(1), minutes(2), minutes(5)]);
    for (let index = 1; index < backOffWaitsMs.length; index += 1) {
      expect(backOffWaitsMs[index]!).toBeGreaterThanOrEqual(backOffWaitsMs[index - 1]!);
    }
    expect(Math.max(...backOffWaitsMs)).toBe(minutes(30));
  });

  it('gives up after ten attempts', () => {
    expect(maxForwardAttempts).toBe(10);
    expect(backOffMs(9)).toBe(minutes(30));
    expect(backOffMs(10)).toBeNull();
    expect(backOffMs(11)).toBeNull();
  });
});
