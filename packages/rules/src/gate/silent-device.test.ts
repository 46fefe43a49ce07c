import { expect, it } from 'vitest';
import { isSilent } from './silent-device.ts';

it.each([
  [2, 0, false],
  [3, 0, true],
  [4, 0, true],
  [4, 1, false],
])('with exams in %i of four weeks and %i lately, silent is %s', (weeksWithExams, examsLately, expected) => {
  expect(isSilent({ weeksWithExams, examsLately })).toBe(expected);
});
