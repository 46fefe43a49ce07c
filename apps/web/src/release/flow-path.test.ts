import { describe, expect, it } from 'vitest';
import { flowPath, flowTop } from './flow-path.ts';

describe('flowTop', () => {
  it.each([
    [[], 2],
    [[0, 0], 2],
    [[3, 1], 4],
    [[4], 4],
  ])('of %o is %i', (values, top) => {
    expect(flowTop(values)).toBe(top);
  });
});

describe('flowPath', () => {
  it('goes through every value in order', () => {
    expect(
      flowPath(
        [0, 2],
        (index) => index * 10,
        (value) => 20 - value,
      ),
    ).toBe('M0.0 20.0L10.0 18.0');
  });
});
