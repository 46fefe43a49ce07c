import { describe, expect, it } from 'vitest';
import { fetchRoom, isFetchHour } from './fetch-window.ts';

describe('the hours at which an archive is asked', () => {
  const hours = (fromHour: number, toHour: number): number[] =>
    Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isFetchHour(hour, { fromHour, toHour }));

  it('begin with the first and end before the last', () => {
    expect(hours(12, 14)).toEqual([12, 13]);
  });

  it('may go over midnight', () => {
    expect(hours(22, 2)).toEqual([0, 1, 22, 23]);
    expect(hours(22, 24)).toEqual([22, 23]);
  });

  it('may be the whole day', () => {
    expect(hours(0, 24)).toHaveLength(24);
  });
});

describe('the room left in an hour', () => {
  it('is what was not used, and never below nothing', () => {
    expect([fetchRoom(20, 0), fetchRoom(20, 19), fetchRoom(20, 20), fetchRoom(20, 21)]).toEqual([20, 1, 0, 0]);
  });
});
