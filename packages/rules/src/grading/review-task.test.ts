import { grades, transition, type Grade } from '@jiapian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultStandard } from './default-standard.ts';
import { examGradeOf, type FilmOfExam } from './exam-grade.ts';
import {
  appealEndsAt,
  appealEvents,
  appealStates,
  appealTable,
  disagreementsOf,
  reviewTaskEvents,
  reviewTaskStates,
  reviewTaskTable,
} from './review-task.ts';

const limits = { gradeSteps: 2, points: 10 };
const read = (grade: Grade, score: number, isVetoed = false) => ({ grade, score, isVetoed });
const film = (grade: Grade, score: number, weight = 1): FilmOfExam => ({ grade, score, weight });

describe('the tables of tasks and appeals', () => {
  it('are what they are meant to be, pair by pair', () => {
    const walk = (state: string, event: string, next: { ok: boolean; value?: string }) =>
      `${state} ${event} ${next.ok ? next.value : '-'}`;
    expect(
      reviewTaskStates.flatMap((state) =>
        reviewTaskEvents.map((event) => walk(state, event, transition(reviewTaskTable, state, event))),
      ),
    ).toEqual([
      'open read done',
      'open dropped void',
      'done read -',
      'done dropped -',
      'void read -',
      'void dropped -',
    ]);
    expect(
      appealStates.flatMap((state) =>
        appealEvents.map((event) => walk(state, event, transition(appealTable, state, event))),
      ),
    ).toEqual([
      'open same-result upheld',
      'open other-result changed',
      'open taken-back withdrawn',
      ...['upheld', 'changed', 'withdrawn'].flatMap((state) => appealEvents.map((event) => `${state} ${event} -`)),
    ]);
  });
});

describe('disagreementsOf', () => {
  it.each([
    ['one grade apart', read('A', 95), read('B', 85), []],
    ['two grades apart', read('A', 95), read('C', 85), ['grade']],
    ['10 points apart', read('A', 100), read('A', 90), []],
    ['11 points apart', read('A', 100), read('B', 89), ['points']],
    ['about a veto', read('reject', 0, true), read('reject', 0), ['veto']],
    ['about everything', read('A', 100), read('reject', 0, true), ['grade', 'points', 'veto']],
  ] as const)('finds for two readings %s', (_name, one, other, found) => {
    expect(disagreementsOf(one, other, limits)).toEqual(found);
    expect(disagreementsOf(other, one, limits)).toEqual(found);
  });
});

describe('appealEndsAt', () => {
  it('is the same time of day after the days of the window', () => {
    expect(appealEndsAt(new Date('2026-11-24T02:00:00Z'), 7)).toEqual(new Date('2026-12-01T02:00:00Z'));
  });
});

describe('examGradeOf', () => {
  const { scale } = defaultStandard;

  it('is the worst film by the rule of the worst, and none without a film', () => {
    expect(examGradeOf([film('A', 98), film('C', 70)], 'worst', scale)).toBe('C');
    expect(examGradeOf([], 'worst', scale)).toBeNull();
  });

  it('is the mean on the scale by the weighted rule: at the border, below, and by weight', () => {
    expect(examGradeOf([film('A', 100), film('B', 80)], 'weighted', scale)).toBe('A');
    expect(examGradeOf([film('A', 100), film('B', 79)], 'weighted', scale)).toBe('B');
    expect(examGradeOf([film('A', 100, 1), film('B', 80, 3)], 'weighted', scale)).toBe('B');
  });

  it('never hides a reject, and falls back on the worst when nothing weighs', () => {
    expect(examGradeOf([film('A', 100), film('A', 100), film('reject', 80)], 'weighted', scale)).toBe('C');
    expect(examGradeOf([film('A', 100, 0), film('B', 80, 0)], 'weighted', scale)).toBe('B');
  });

  it('does not depend on the order of the films', () => {
    const films = fc.array(
      fc.record({
        grade: fc.constantFrom(...grades),
        score: fc.integer({ min: 0, max: 100 }),
        weight: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(films, fc.constantFrom('worst', 'weighted'), (exam, rule) => {
        expect(examGradeOf([...exam].reverse(), rule, scale)).toBe(examGradeOf(exam, rule, scale));
      }),
    );
  });
});
