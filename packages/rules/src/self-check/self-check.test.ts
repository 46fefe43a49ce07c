import { transition } from '@jiapian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawColleague, type Colleague } from './draw-colleague.ts';
import { crossCheckEvents, crossCheckStates, crossCheckTable, needsCheckReason, verdictOfGrade } from './self-check.ts';

const seed = '0123456789abcdef';
const of = (name: string, isOfSameShift = false): Colleague => ({
  accountId: `account ${name}`,
  staffId: `staff ${name}`,
  isOfSameShift,
});

describe('crossCheckTable', () => {
  it('is what it is meant to be, pair by pair', () => {
    const walked = crossCheckStates.flatMap((state) =>
      crossCheckEvents.map((event) => {
        const next = transition(crossCheckTable, state, event);
        return `${state} ${event} ${next.ok ? next.value : '-'}`;
      }),
    );
    expect(walked).toEqual([
      'open checked done',
      'open time-passed lapsed',
      'done checked -',
      'done time-passed -',
      'lapsed checked -',
      'lapsed time-passed -',
    ]);
  });
});

describe('a check', () => {
  it('is compared with the grade in three words', () => {
    expect((['A', 'B', 'C', 'reject'] as const).map(verdictOfGrade)).toEqual(['fit', 'fit', 'doubtful', 'repeat']);
  });

  it('needs a reason unless the film will do', () => {
    expect((['fit', 'doubtful', 'repeat'] as const).map(needsCheckReason)).toEqual([false, true, true]);
  });
});

describe('drawColleague', () => {
  const film = { filmId: 'film 1', ownStaffIds: ['staff taker', 'staff supervisor'] };

  it('never draws whoever took the film, answers for it, or worked in its shift', () => {
    const colleagues = [of('taker'), of('supervisor'), of('neighbour', true)];
    expect(drawColleague(seed, film, colleagues)).toBeNull();
    expect(drawColleague(seed, film, [...colleagues, of('night')])).toEqual(of('night'));
    expect(drawColleague(seed, film, [])).toBeNull();
  });

  it('gives the same colleague in whatever order they come, for any seed', () => {
    const people = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    const seeds = fc.stringMatching(/^[0-9a-f]{16}$/);
    fc.assert(
      fc.property(people, seeds, (names, given) => {
        const colleagues = names.map((name) => of(name));
        const drawn = drawColleague(given, film, colleagues);
        expect(drawColleague(given, film, colleagues.toReversed())).toEqual(drawn);
      }),
    );
  });

  it('spreads a hundred films over all colleagues', () => {
    const colleagues = ['one', 'two', 'three', 'four'].map((name) => of(name));
    const drawn = Array.from({ length: 100 }, (_, index) =>
      drawColleague(seed, { filmId: `film ${index}`, ownStaffIds: [] }, colleagues),
    );
    expect(new Set(drawn.map((each) => each?.accountId)).size).toBe(4);
  });
});
