import { describe, expect, it } from 'vitest';
import { asFilmQuery, dayIn, filmSearchSchema } from './film-search.ts';

describe('film search', () => {
  it('drops what it does not understand instead of failing', () => {
    expect(filmSearchSchema.parse({ list: 'nonsense', day: '2026-13-99', text: '0137' })).toEqual({ text: '0137' });
  });
  it('asks for today unless a day is named', () => {
    expect(asFilmQuery({}, '2026-11-24').day).toBe('2026-11-24');
    expect(asFilmQuery({ day: '2026-11-01' }, '2026-11-24').day).toBe('2026-11-01');
    expect(asFilmQuery({ day: 'any' }, '2026-11-24').day).toBeUndefined();
  });
  it('takes the day from the clock of the hospital: 17:30 UTC is the next day in Shanghai', () => {
    const moment = new Date('2026-11-24T17:30:00Z');
    expect(dayIn('Asia/Shanghai', moment)).toBe('2026-11-25');
    expect(dayIn('UTC', moment)).toBe('2026-11-24');
  });
});
