import { describe, expect, it } from 'vitest';
import { hospitalDay, hospitalDicomDay } from './hospital-day.ts';

describe("the hospital's day", () => {
  // China Standard Time is UTC+8 all the year round.
  it.each([
    ['2026-11-24T00:00:00Z', '2026-11-24'],
    ['2026-11-24T15:59:59Z', '2026-11-24'],
    ['2026-11-24T16:00:00Z', '2026-11-25'],
    ['2026-11-24T23:58:00Z', '2026-11-25'],
    ['2026-12-31T17:30:00Z', '2027-01-01'],
  ])('at %s is %s', (moment, day) => {
    expect(hospitalDay(new Date(moment))).toBe(day);
    expect(hospitalDicomDay(new Date(moment))).toBe(day.replaceAll('-', ''));
  });

  it('is that of another zone where the hospital stands in one', () => {
    expect(hospitalDay(new Date('2026-11-24T18:30:00Z'), 'Asia/Kolkata')).toBe('2026-11-25');
    expect(hospitalDay(new Date('2026-11-24T18:29:59Z'), 'Asia/Kolkata')).toBe('2026-11-24');
  });
});
