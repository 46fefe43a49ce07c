import { describe, expect, it } from 'vitest';
import { byteSize } from './byte-size.ts';

describe('byteSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [12_149_000, '12.1 MB'],
    [3_000_000_000, '3 GB'],
  ])('writes %i as %s', (bytes, text) => {
    expect(byteSize(bytes, 'en')).toBe(text);
  });
});
