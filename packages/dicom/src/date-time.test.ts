import { describe, expect, it } from 'vitest';
import { isoDate, isoDateTime, isoOffset, isoTime } from './date-time.ts';

describe('isoDate', () => {
  it.each([
    ['20260314', '2026-03-14'],
    ['2026.03.14', '2026-03-14'],
    ['20240229', '2024-02-29'],
    ['20230229', undefined],
    ['20000229', '2000-02-29'],
    ['19000229', undefined],
    ['20261301', undefined],
    ['20260100', undefined],
    ['00000000', undefined],
    ['202603', undefined],
    ['***', undefined],
  ])('reads %s as %s', (text, expected) => expect(isoDate(text)).toBe(expected));
});

describe('isoTime', () => {
  it.each([
    ['142530', '14:25:30'],
    ['142530.123456', '14:25:30.123456'],
    ['1425', '14:25:00'],
    ['14', '14:00:00'],
    ['14:25:30', '14:25:30'],
    ['235960', '23:59:59'],
    ['240000', undefined],
    ['146000', undefined],
    ['20221209', undefined],
    ['', undefined],
  ])('reads %s as %s', (text, expected) => expect(isoTime(text)).toBe(expected));
});

describe('isoDateTime', () => {
  it('cuts a moment into date, time and offset', () => {
    expect(isoDateTime('20260314142530.5+0800')).toEqual({ date: '2026-03-14', time: '14:25:30.5', offset: '+08:00' });
    expect(isoDateTime('20260314')).toEqual({ date: '2026-03-14', time: undefined, offset: undefined });
    expect(isoDateTime('2026')).toBeUndefined();
  });
});

describe('isoOffset', () => {
  it('refuses what no clock shows', () => {
    expect(isoOffset('+0800')).toBe('+08:00');
    expect(isoOffset('+1500')).toBeUndefined();
    expect(isoOffset('0800')).toBeUndefined();
  });
});
