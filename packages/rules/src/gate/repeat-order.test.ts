import { transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { findRepeat, repeatEvents, repeatMatch, repeatStates, repeatTable, type RepeatFilm } from './repeat-order.ts';

const minutes = (count: number) => count * 60_000;
const rejected: RepeatFilm = {
  filmId: 'bad',
  patientId: 'p1',
  deviceId: 'dr-1',
  positionCode: 'CH01',
  accessionNumber: 'DR1',
  takenMs: minutes(100),
  order: 1,
};
const film = (over: Partial<RepeatFilm>): RepeatFilm => ({
  ...rejected,
  filmId: 'new',
  accessionNumber: '',
  takenMs: minutes(110),
  ...over,
});

describe('the repeat table', () => {
  it('is what it is meant to be, pair by pair', () => {
    const walked = repeatStates.map((state) =>
      repeatEvents.map((event) => {
        const next = transition(repeatTable, state, event);
        return next.ok ? next.value : '-';
      }),
    );
    // linked, closed, cancelled, unlinked
    expect(walked).toEqual([
      ['done', 'done', 'cancelled', '-'],
      ['done', '-', '-', 'open'],
      ['-', '-', '-', '-'],
    ]);
  });
});

describe('a repeat', () => {
  it.each([
    ['the same device ten minutes later', {}, 'device'],
    ['the same device 240 minutes later', { takenMs: minutes(340) }, 'device'],
    ['the same device a moment after 240 minutes', { takenMs: minutes(340) + 1 }, null],
    ['another device', { deviceId: 'dr-2' }, null],
    [
      'another device under the same accession number, the next day',
      { deviceId: 'dr-2', accessionNumber: 'DR1', takenMs: minutes(1600) },
      'accession',
    ],
    ['another position', { positionCode: 'CH02' }, null],
    ['an unknown position', { positionCode: null }, null],
    ['another patient under the same accession number', { patientId: 'p2', accessionNumber: 'DR1' }, null],
    ['a film from before', { takenMs: minutes(99) }, null],
    ['the next film of the same moment', { takenMs: minutes(100), order: 2 }, 'device'],
    ['the film before in the same moment', { takenMs: minutes(100), order: 0 }, null],
    ['the film itself', { filmId: 'bad' }, null],
  ] as const)('is told of %s', (_, over, by) => {
    expect(repeatMatch(rejected, film(over))).toBe(by);
  });

  it('is not told by an accession number that is empty', () => {
    expect(repeatMatch({ ...rejected, accessionNumber: '' }, film({ deviceId: 'dr-2' }))).toBeNull();
  });

  it('is the first of several', () => {
    const films = [
      film({ filmId: 'late', takenMs: minutes(130) }),
      film({ filmId: 'first' }),
      film({ positionCode: 'CH02' }),
    ];
    expect(findRepeat(rejected, films)).toEqual({ filmId: 'first', by: 'device' });
    expect(findRepeat(rejected, [])).toBeNull();
  });
});
