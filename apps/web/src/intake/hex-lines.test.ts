import { describe, expect, it } from 'vitest';
import { hexLines } from './hex-lines.ts';

describe('hexLines', () => {
  it('writes offset, bytes and text, sixteen to a line', () => {
    // "DICM" is 44 49 43 4d (PS3.10 §7.1); the second line holds one byte that cannot be printed.
    const lines = hexLines('4449434d' + '00'.repeat(12) + 'ff');
    expect(lines).toEqual([
      '0000  44 49 43 4d 00 00 00 00 00 00 00 00 00 00 00 00  DICM............',
      `0010  ff${' '.repeat(45)}  .`,
    ]);
  });
  it('has no line for nothing', () => {
    expect(hexLines('')).toEqual([]);
  });
});
