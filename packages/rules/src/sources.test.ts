import { expect, it } from 'vitest';
import { defaultStandard } from './grading/default-standard.ts';
import { positionLibrary } from './positions/position-library.ts';
import { sources } from './sources.ts';

const { conditions, deductions, scaleSource, conditionFailPointsSource, conditionScaleSource } = defaultStandard;
const sourced = [
  ...conditions,
  ...deductions,
  ...positionLibrary,
  scaleSource,
  conditionFailPointsSource,
  conditionScaleSource,
];

it('says what every source key stands for', () => {
  const used = new Set(sourced.flatMap(({ source }) => source.split(', ')));
  expect([...used].filter((key) => sources[key] === undefined)).toEqual([]);
});

it('calls nothing verified that rests on general knowledge or a product default', () => {
  const claims = sourced.filter(({ source, verified }) => verified && /GKU|PD/.test(source));
  expect(claims).toEqual([]);
});
