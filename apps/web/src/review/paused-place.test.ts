import { expect, it } from 'vitest';
import { pausedPlace, pausedText } from './paused-place.ts';

const filmId = '01900000-0000-7000-8000-000000000001';

it('remembers film and list, and forgets a list that is too long', () => {
  const search = { list: 'waiting', deviceId: 'a,b' } as const;
  expect(pausedPlace(pausedText(filmId, search))).toEqual({ filmId, search });
  expect(pausedPlace(pausedText(filmId, { text: 'x'.repeat(300) }))).toEqual({ filmId, search: {} });
});

it('is nowhere when nothing is paused or what is remembered makes no sense', () => {
  expect(pausedPlace(undefined)).toBeNull();
  expect(pausedPlace('')).toBeNull();
  expect(pausedPlace(7)).toBeNull();
});
