import { describe, expect, it } from 'vitest';
import { majorityOf, tallyOf } from './majority.ts';

describe('majorityOf', () => {
  it.each([
    ['more than half', ['B', 'B', 'A'], 'B'],
    ['exactly half', ['A', 'A', 'B', 'C'], null],
    ['most, but not half', ['A', 'A', 'B', 'C', 'reject'], null],
    ['nobody', [], null],
  ] as const)('by %s', (_name, votes, grade) => {
    expect(majorityOf(tallyOf(votes))).toBe(grade);
  });

  it.each([
    ['one vote too few', 4, null],
    ['exactly as many votes as asked for', 3, 'B'],
    ['more votes than asked for', 2, 'B'],
  ] as const)('with %s', (_name, minimumVotes, grade) => {
    expect(majorityOf(tallyOf(['B', 'B', 'A']), minimumVotes)).toBe(grade);
  });

  it('counts grades without a vote as none', () => {
    expect(tallyOf(['C'])).toEqual([
      { grade: 'A', votes: 0 },
      { grade: 'B', votes: 0 },
      { grade: 'C', votes: 1 },
      { grade: 'reject', votes: 0 },
    ]);
  });
});
