import { defaultStandard, deductionsFor, type DeductionItem } from '@jiapian/rules';
import { describe, expect, it } from 'vitest';
import { applyAct, contentOf, fitToStandard, outcomeOf, sheetOf, type ScoreSheet } from './score-sheet.ts';

const itemOf = (key: string): DeductionItem => {
  const item = deductionsFor(defaultStandard, 'DX').find((candidate) => candidate.key === key);
  expect(item, key).toBeDefined();
  return item as DeductionItem;
};
const pressed = (keys: string): ScoreSheet =>
  [...keys].reduce((sheet, key) => applyAct(sheet, { kind: 'press', item: itemOf(key) }), sheetOf(null));
const box = { sopInstanceUid: '1.2', frame: 0, x: 1, y: 2, width: 3, height: 4 };

describe('score sheet', () => {
  it('is A with nothing on it', () => {
    expect(outcomeOf(defaultStandard, sheetOf(null)).grade).toBe('A');
  });

  it('goes heavier with every press and then off', () => {
    expect(pressed('E').steps).toEqual({ D04: 1 });
    expect(pressed('EE').steps).toEqual({ D04: 2 });
    expect(pressed('EEE').steps).toEqual({});
  });

  it('shows the grade of what is marked: a missing side marker alone caps at B', () => {
    const outcome = outcomeOf(defaultStandard, pressed('C'));
    expect(outcome).toMatchObject({ score: 90, byScore: 'A', grade: 'B', byCap: { grade: 'B', because: 'D11' } });
  });

  it('gives a mark on the image to the item pressed last', () => {
    expect(applyAct(pressed('E'), { kind: 'place', place: box }).places).toEqual([{ ...box, code: 'D04' }]);
    expect(applyAct(sheetOf(null), { kind: 'place', place: box }).places).toEqual([{ ...box, code: null }]);
  });

  it('keeps the mark on the image when its item goes off', () => {
    let sheet = applyAct(pressed('C'), { kind: 'place', place: box });
    sheet = applyAct(sheet, { kind: 'press', item: itemOf('C') });
    expect(sheet.steps).toEqual({});
    expect(sheet.places).toEqual([{ ...box, code: null }]);
  });

  it('toggles a condition', () => {
    const on = applyAct(sheetOf(null), { kind: 'condition', code: 'FIELD' });
    expect(on.conditionsNotMet).toEqual(['FIELD']);
    expect(applyAct(on, { kind: 'condition', code: 'FIELD' }).conditionsNotMet).toEqual([]);
  });

  it('comes back from a draft as it was', () => {
    const sheet = applyAct(applyAct(pressed('QE'), { kind: 'place', place: box }), { kind: 'note', text: 'x' });
    expect(contentOf(sheetOf(contentOf(sheet)))).toEqual(contentOf(sheet));
  });

  it('leaves out of a draft what the standard no longer has, and counts it', () => {
    const draft = {
      marks: [
        { code: 'D02', step: 1 },
        { code: 'D99', step: 1 },
      ],
      conditionsNotMet: ['GONE'],
      places: [],
      note: '',
    };
    const fitted = fitToStandard(draft, defaultStandard);
    expect(fitted.draft.marks).toEqual([{ code: 'D02', step: 1 }]);
    expect(fitted.draft.conditionsNotMet).toEqual([]);
    expect(fitted.dropped).toBe(2);
  });
});
