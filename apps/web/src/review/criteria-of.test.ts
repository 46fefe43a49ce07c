import { positionOf } from '@jiapian/rules';
import { describe, expect, it } from 'vitest';
import { criteriaOf } from './criteria-of.ts';
import { applyAct, contentOf, sheetOf } from './score-sheet.ts';

describe('criteriaOf', () => {
  it('gives each criterion of a position its own code, in both languages, coverage first', () => {
    const position = positionOf('CH01');
    expect(position).toBeDefined();
    if (!position) return;
    const groups = criteriaOf(position);
    expect(groups.map(({ group }) => group)).toEqual(['coverage', 'positioning', 'visible']);
    const codes = groups.flatMap(({ criteria }) => criteria.map(({ code }) => code));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('keeps a text whole that the two languages divide differently', () => {
    const position = {
      coverage: { zh: '甲;乙', en: 'one' },
      positioning: { zh: '丙', en: 'c' },
      visible: { zh: '丁;戊', en: 'd; e' },
    };
    expect(criteriaOf(position).map(({ criteria }) => criteria.length)).toEqual([1, 1, 2]);
  });
});

describe('a criterion', () => {
  it('goes from not judged to met, to not met, and back to not judged', () => {
    const press = (sheet: ReturnType<typeof sheetOf>) => applyAct(sheet, { kind: 'criterion', code: 'coverage-1' });
    const [met, notMet, none] = [press(sheetOf(null)), press(press(sheetOf(null))), press(press(press(sheetOf(null))))];
    expect([met, notMet, none].map((sheet) => contentOf(sheet).criteria)).toEqual([
      { 'coverage-1': 'met' },
      { 'coverage-1': 'not-met' },
      {},
    ]);
  });
});
