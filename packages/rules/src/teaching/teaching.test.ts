import { transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { quizResultOf } from './quiz-points.ts';
import { teachingCaseEvents, teachingCaseStates, teachingCaseTable } from './teaching-case-state.ts';

describe('the way of a film into the teaching file', () => {
  it('leads to confirmed only from prepared, and to prepared only by a clean check', () => {
    const into = (target: string): string[] =>
      teachingCaseStates.flatMap((state) =>
        teachingCaseEvents.flatMap((event) => {
          const next = transition(teachingCaseTable, state, event);
          return next.ok && next.value === target ? [`${state} ${event}`] : [];
        }),
      );
    expect(into('confirmed')).toEqual(['prepared confirmed']);
    expect(into('prepared')).toEqual(['requested checked-clean']);
    expect(into('failed')).toEqual(['requested check-failed']);
  });

  it('lets every state be refused or asked for again, and a refused case not be confirmed', () => {
    for (const state of teachingCaseStates) {
      const ways = teachingCaseEvents.filter((event) => transition(teachingCaseTable, state, event).ok);
      expect(ways.length, state).toBeGreaterThan(0);
    }
    expect(transition(teachingCaseTable, 'refused', 'confirmed').ok).toBe(false);
    expect(transition(teachingCaseTable, 'failed', 'confirmed').ok).toBe(false);
    expect(transition(teachingCaseTable, 'confirmed', 'asked-again').ok).toBe(false);
  });
});

describe('the points of an answer', () => {
  const reference = { grade: 'C' as const, defects: ['D01', 'D03'] };
  it('are 100 for the same grade and the same defects in any order', () => {
    expect(quizResultOf({ grade: 'C', defects: ['D03', 'D01'] }, reference).points).toBe(100);
    expect(quizResultOf({ grade: 'A', defects: [] }, { grade: 'A', defects: [] }).points).toBe(100);
  });

  it('are 50, 25 and 0 for a grade that is right, one step and two steps off, without a defect in common', () => {
    const points = (grade: 'A' | 'B' | 'C'): number => quizResultOf({ grade, defects: ['D09'] }, reference).points;
    expect([points('C'), points('B'), points('A')]).toEqual([50, 25, 0]);
  });

  it('fall with every defect that is missed or too many', () => {
    const result = quizResultOf({ grade: 'C', defects: ['D01', 'D09'] }, reference);
    expect(result).toEqual({ found: ['D01'], missed: ['D03'], extra: ['D09'], points: 67 });
    expect(quizResultOf({ grade: 'C', defects: ['D01'] }, reference).points).toBe(75);
  });
});
