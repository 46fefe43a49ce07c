import { describe, expect, it } from 'vitest';
import { grades, type Grade } from '@jiapian/kernel';
import fc from 'fast-check';
import { defaultStandard } from './default-standard.ts';
import { gradeFilm, type GradingRule } from './grade-film.ts';
import type { Mark } from './mark.ts';

const mark = (code: string, step = 1): Mark => ({ code, step });
const rank = (grade: Grade) => grades.indexOf(grade);

// Worked by hand: 100 less the points; ≥ 90 甲, ≥ 75 乙, ≥ 60 丙; a condition is not met at
// 10 points or a cap; 0 / 1 / 2–3 not met make 甲 / 乙 / 丙.
interface Row {
  sheet: string;
  marks: Mark[];
  declared?: string[];
  score: number;
  byScore: Grade;
  byCap: string | null;
  byConditions: Grade;
  grade: Grade;
  decidedBy: GradingRule;
  agreeing: GradingRule[];
}
const rows: Row[] = [
  {
    sheet: 'an empty sheet is 甲',
    marks: [],
    score: 100,
    byScore: 'A',
    byCap: null,
    byConditions: 'A',
    grade: 'A',
    decidedBy: 'score',
    agreeing: ['conditions'],
  },
  {
    sheet: 'two trifles in two conditions stay 甲 at 90',
    marks: [mark('D03'), mark('D04')],
    score: 90,
    byScore: 'A',
    byCap: null,
    byConditions: 'A',
    grade: 'A',
    decidedBy: 'score',
    agreeing: ['conditions'],
  },
  {
    sheet: 'the same 10 points in one condition make 乙 by conditions',
    marks: [mark('D05'), mark('D06')],
    score: 90,
    byScore: 'A',
    byCap: null,
    byConditions: 'B',
    grade: 'B',
    decidedBy: 'conditions',
    agreeing: [],
  },
  {
    sheet: 'a missing side marker caps at 乙 though the score is 90',
    marks: [mark('D11')],
    score: 90,
    byScore: 'A',
    byCap: 'B D11',
    byConditions: 'B',
    grade: 'B',
    decidedBy: 'cap',
    agreeing: ['conditions'],
  },
  {
    sheet: 'field 5 and marker 10 make 乙 by all three',
    marks: [mark('D04'), mark('D11')],
    score: 85,
    byScore: 'B',
    byCap: 'B D11',
    byConditions: 'B',
    grade: 'B',
    decidedBy: 'score',
    agreeing: ['cap', 'conditions'],
  },
  {
    sheet: 'a cut edge caps at 丙 at 90 points',
    marks: [mark('D02')],
    score: 90,
    byScore: 'A',
    byCap: 'C D02',
    byConditions: 'B',
    grade: 'C',
    decidedBy: 'cap',
    agreeing: [],
  },
  {
    sheet: 'a cut requested region is 废 at 70 points',
    marks: [mark('D02', 3)],
    score: 70,
    byScore: 'C',
    byCap: 'reject D02',
    byConditions: 'B',
    grade: 'reject',
    decidedBy: 'cap',
    agreeing: [],
  },
  {
    sheet: 'an object outside the body caps only over the region of interest',
    marks: [mark('D09', 2)],
    score: 90,
    byScore: 'A',
    byCap: null,
    byConditions: 'B',
    grade: 'B',
    decidedBy: 'conditions',
    agreeing: [],
  },
  {
    sheet: 'an object over the region of interest is 丙',
    marks: [mark('D09', 3)],
    score: 85,
    byScore: 'B',
    byCap: 'C D09',
    byConditions: 'B',
    grade: 'C',
    decidedBy: 'cap',
    agreeing: [],
  },
  {
    sheet: 'the strictest of several caps counts',
    marks: [mark('D11'), mark('D18')],
    score: 70,
    byScore: 'C',
    byCap: 'C D18',
    byConditions: 'C',
    grade: 'C',
    decidedBy: 'score',
    agreeing: ['cap', 'conditions'],
  },
  {
    sheet: 'wrong side is 废 whatever else is right',
    marks: [mark('D01-side')],
    score: 0,
    byScore: 'reject',
    byCap: 'reject D01-side',
    byConditions: 'B',
    grade: 'reject',
    decidedBy: 'score',
    agreeing: ['cap'],
  },
  {
    sheet: 'distortion has no deduction: the reader says that the condition is not met',
    marks: [],
    declared: ['DISTORTION'],
    score: 100,
    byScore: 'A',
    byCap: null,
    byConditions: 'B',
    grade: 'B',
    decidedBy: 'conditions',
    agreeing: [],
  },
  {
    sheet: 'five groups of 5 lose 25 and stay 乙 by score alone',
    marks: [mark('D03'), mark('D04'), mark('D05'), mark('D07'), mark('D10')],
    score: 75,
    byScore: 'B',
    byCap: null,
    byConditions: 'A',
    grade: 'B',
    decidedBy: 'score',
    agreeing: [],
  },
];

const byHand = (row: Row) => ({ ...row, sheet: undefined, marks: undefined, declared: undefined });

describe('gradeFilm with the default standard', () => {
  it.each(rows)('$sheet', (row) => {
    const outcome = gradeFilm(defaultStandard, row.marks, row.declared ?? []);
    expect({
      score: outcome.score,
      byScore: outcome.byScore,
      byCap: outcome.byCap && `${outcome.byCap.grade} ${outcome.byCap.because}`,
      byConditions: outcome.byConditions.grade,
      grade: outcome.grade,
      decidedBy: outcome.decidedBy,
      agreeing: outcome.agreeing,
    }).toEqual(byHand(row));
  });

  it.each([
    ['100', 0, 'A'],
    ['91', 9, 'A'],
    ['90, the border of 甲', 10, 'A'],
    ['89', 11, 'B'],
    ['76', 24, 'B'],
    ['75, the border of 乙', 25, 'B'],
    ['74', 26, 'C'],
    ['61', 39, 'C'],
    ['60, the border of 丙', 40, 'C'],
    ['59', 41, 'reject'],
    ['0', 100, 'reject'],
  ] as const)('grades a score of %s', (_, lost, expected) => {
    const steps = Array.from({ length: 100 }, (_unused, index) => index + 1);
    const item = { ...defaultStandard.deductions[5]!, code: 'ANY', steps };
    const standard = { ...defaultStandard, deductions: [item] };
    expect(gradeFilm(standard, lost === 0 ? [] : [mark('ANY', lost)]).byScore).toBe(expected);
  });

  it.each([
    ['8 points, below the border', [mark('D12', 4)], []],
    ['10 points, at the border', [mark('D12', 5)], [{ condition: 'ANNOTATION', because: 'points' }]],
    ['15 points, above the border', [mark('D03', 3)], [{ condition: 'POSITION', because: 'points' }]],
  ] as const)('judges a condition that lost %s', (_, marks, notMet) => {
    expect(gradeFilm(defaultStandard, marks).byConditions.notMet).toEqual(notMet);
  });

  it('judges a condition by a cap alone when the points would not do', () => {
    const d09 = { ...defaultStandard.deductions.find((item) => item.code === 'D09')!, steps: [2, 4, 6] };
    const outcome = gradeFilm({ ...defaultStandard, deductions: [d09] }, [mark('D09', 3)]);
    expect(outcome.byConditions).toEqual({ grade: 'B', notMet: [{ condition: 'OPERATION', because: 'cap' }] });
  });

  it.each([
    [0, 'A'],
    [1, 'B'],
    [2, 'C'],
    [3, 'C'],
    [4, 'reject'],
    [10, 'reject'],
  ] as const)('makes of %i conditions not met a %s', (count, expected) => {
    const declared = defaultStandard.conditions.slice(0, count).map((condition) => condition.code);
    expect(gradeFilm(defaultStandard, [], declared).byConditions.grade).toBe(expected);
  });

  it('says what each condition lost, the untouched ones included', () => {
    const { deductedPerCondition } = gradeFilm(defaultStandard, [mark('D05', 2), mark('D06'), mark('D12', 3)]);
    expect(deductedPerCondition).toEqual({
      POSITION: 0,
      DENSITY_CONTRAST: 15,
      SHARPNESS: 0,
      DISTORTION: 0,
      REQUEST: 0,
      ANNOTATION: 6,
      OPERATION: 0,
      LAYOUT: 0,
      FIELD: 0,
      TIDINESS: 0,
    });
  });

  it('counts an item that is marked twice once, with its heavier step', () => {
    expect(gradeFilm(defaultStandard, [mark('D03', 1), mark('D03', 3), mark('D03', 2)]).score).toBe(85);
  });

  it('names the earlier item of the catalogue when two caps are equally strict', () => {
    expect(gradeFilm(defaultStandard, [mark('D18'), mark('D02')]).byCap?.because).toBe('D02');
  });

  it.each([
    ['a code that the standard does not have', [mark('D99')], []],
    ['a step that the item does not have', [mark('D11', 2)], []],
    ['a step of 0', [mark('D03', 0)], []],
    ['half a step', [mark('D03', 1.5)], []],
    ['a condition that the standard does not have', [], ['BEAUTY']],
  ] as const)('refuses %s', (_, marks, conditions) => {
    expect(() => gradeFilm(defaultStandard, marks, conditions)).toThrow(
      expect.objectContaining({ code: 'REVIEW_MARK_UNKNOWN' }) as Error,
    );
  });
});

const anyMark = fc
  .constantFrom(...defaultStandard.deductions)
  .chain((item) => fc.record({ code: fc.constant(item.code), step: fc.integer({ min: 1, max: item.steps.length }) }));
const anyMarks = fc.array(anyMark, { maxLength: 12 });
const anyDeclared = fc.subarray(defaultStandard.conditions.map((condition) => condition.code));

describe('gradeFilm on any sheet', () => {
  it('never improves a grade or a score by another mark', () => {
    fc.assert(
      fc.property(anyMarks, anyMark, anyDeclared, (marks, another, declared) => {
        const before = gradeFilm(defaultStandard, marks, declared);
        const after = gradeFilm(defaultStandard, [...marks, another], declared);
        expect(rank(after.grade)).toBeGreaterThanOrEqual(rank(before.grade));
        expect(after.score).toBeLessThanOrEqual(before.score);
      }),
    );
  });

  it('never improves a grade by another condition not met', () => {
    fc.assert(
      fc.property(anyMarks, anyDeclared, fc.nat(9), (marks, declared, index) => {
        const another = defaultStandard.conditions[index]!.code;
        const before = gradeFilm(defaultStandard, marks, declared);
        const after = gradeFilm(defaultStandard, marks, [...declared, another]);
        expect(rank(after.grade)).toBeGreaterThanOrEqual(rank(before.grade));
      }),
    );
  });

  it('keeps the score between 0 and the start score', () => {
    fc.assert(
      fc.property(anyMarks, (marks) => {
        const { score } = gradeFilm(defaultStandard, marks);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('does not depend on the order of marks and conditions', () => {
    const shuffled = fc
      .tuple(anyMarks, anyDeclared)
      .chain(([marks, declared]) =>
        fc.tuple(
          fc.constant(marks),
          fc.shuffledSubarray(marks, { minLength: marks.length }),
          fc.constant(declared),
          fc.shuffledSubarray(declared, { minLength: declared.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([marks, otherMarks, declared, otherDeclared]) => {
        expect(gradeFilm(defaultStandard, otherMarks, otherDeclared)).toEqual(
          gradeFilm(defaultStandard, marks, declared),
        );
      }),
    );
  });

  it('is the strictest of the three rules, and the deciding rule is one of those that say so', () => {
    fc.assert(
      fc.property(anyMarks, anyDeclared, (marks, declared) => {
        const { grade, byScore, byCap, byConditions, decidedBy, agreeing } = gradeFilm(
          defaultStandard,
          marks,
          declared,
        );
        const said: Record<GradingRule, Grade> = {
          score: byScore,
          cap: byCap?.grade ?? 'A',
          conditions: byConditions.grade,
        };
        expect(rank(grade)).toBe(Math.max(...Object.values(said).map(rank)));
        for (const rule of [decidedBy, ...agreeing]) expect(said[rule]).toBe(grade);
      }),
    );
  });

  it('is always 废 when a veto is marked', () => {
    const vetoes = defaultStandard.deductions.filter((item) => item.veto === true).map((item) => item.code);
    fc.assert(
      fc.property(anyMarks, fc.constantFrom(...vetoes), (marks, veto) => {
        const outcome = gradeFilm(defaultStandard, [...marks, mark(veto)]);
        expect([outcome.grade, outcome.isVetoed]).toEqual(['reject', true]);
      }),
    );
  });
});
