import { describe, expect, it } from 'vitest';
import { strayingSeriesMark } from './series-marks.ts';

const marks = [{ code: 'D03', step: 2 }];
const of = (seriesInstanceUid: string, code = 'D03') => ({ seriesInstanceUid, code });

describe('marks of series', () => {
  it('may name every series of the exam for an item that is deducted', () => {
    expect(strayingSeriesMark(marks, [of('1'), of('2')], ['1', '2'])).toBeNull();
    expect(strayingSeriesMark([], [], [])).toBeNull();
  });
  it('are refused for a series of another exam and for an item that is not deducted', () => {
    expect(strayingSeriesMark(marks, [of('1'), of('3')], ['1', '2'])).toEqual(of('3'));
    expect(strayingSeriesMark(marks, [of('1', 'D07')], ['1'])).toEqual(of('1', 'D07'));
  });
});
