import { grades, transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { consultationEvents, consultationStates, consultationTable } from './consultation-state.ts';
import { areAllJudged, benchRefusal, judgeRefusal, needsChairReason } from './judges.ts';

const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `judge ${index}`);

describe('consultationTable', () => {
  it('is what it is meant to be, pair by pair', () => {
    const legal = consultationStates.flatMap((state) =>
      consultationEvents.flatMap((event) => {
        const next = transition(consultationTable, state, event);
        return next.ok ? [`${state} ${event} ${next.value}`] : [];
      }),
    );
    expect(legal).toEqual([
      'asked convened judging',
      'asked declined declined',
      'asked taken-back withdrawn',
      'judging all-judged open',
      'judging stopped called-off',
      'open signed signed',
      'open stopped called-off',
    ]);
    expect(Object.isFrozen(consultationTable)).toBe(true);
  });
});

describe('judges', () => {
  it('are refused for an own film, an own request, and a film they graded, in this order', () => {
    const nothing = { isOwnFilm: false, hasAsked: false, hasRead: false };
    expect(judgeRefusal(nothing)).toBeNull();
    expect(judgeRefusal({ ...nothing, hasRead: true })).toBe('read-before');
    expect(judgeRefusal({ ...nothing, hasRead: true, hasAsked: true })).toBe('asked');
    expect(judgeRefusal({ isOwnFilm: true, hasRead: true, hasAsked: true })).toBe('own-film');
  });

  it.each([
    [1, 'too-few'],
    [2, null],
    [9, null],
    [10, 'too-many'],
  ])('sit as %i people: %s', (count, refusal) => {
    expect(benchRefusal(people(count), 'judge 0')).toBe(refusal);
  });

  it('are counted once each, and the chair is one of them', () => {
    expect(benchRefusal(['one', 'one'], 'one')).toBe('too-few');
    expect(benchRefusal(['one', 'other'], 'third')).toBe('chair-not-judge');
  });

  it('have all judged only when each has judged each film', () => {
    expect(areAllJudged(2, 3, 5)).toBe(false);
    expect(areAllJudged(2, 3, 6)).toBe(true);
    expect(areAllJudged(0, 3, 0)).toBe(false);
    expect(areAllJudged(2, 0, 0)).toBe(false);
  });

  it('leave the chair to say why when nobody gave the grade that is signed', () => {
    for (const grade of grades) expect(needsChairReason(grade, ['B', 'C'])).toBe(grade !== 'B' && grade !== 'C');
  });
});
