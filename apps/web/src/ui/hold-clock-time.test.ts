import { describe, expect, it } from 'vitest';
import { clockText } from './hold-clock-time.ts';

describe('clockText', () => {
  it.each([
    [372_000, '06:12'],
    [59_400, '01:00'],
    [1, '00:01'],
    [0, '00:00'],
    [-5000, '00:00'],
    [3_600_000, '1:00:00'],
  ])('writes %i ms as %s', (leftMs, text) => {
    expect(clockText(leftMs)).toBe(text);
  });
});
