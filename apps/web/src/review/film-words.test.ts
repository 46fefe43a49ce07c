import { describe, expect, it } from 'vitest';
import { ageOf, maskedName } from './film-words.ts';

describe('maskedName', () => {
  it.each([
    ['Zhang^San=张^三=', '张**'],
    ['张三', '张**'],
    ['ZHANG^SAN', 'ZHANG**'],
    ['DOE^JANE^^DR', 'DOE**'],
    ['', ''],
    ['^ONLY GIVEN', ''],
  ])('shows %s as %s', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });
});

describe('ageOf', () => {
  it('reads years, months, weeks and days', () => {
    expect(ageOf('046Y')).toEqual({ value: 46, unit: 'Y' });
    expect(ageOf('003M')).toEqual({ value: 3, unit: 'M' });
  });
  it('has no value for an age that is not written as the standard says', () => {
    expect(ageOf('46')).toBeNull();
    expect(ageOf('')).toBeNull();
  });
});
