import { expect, it } from 'vitest';
import { bareNumbers } from './bare-numbers.ts';
import { treeOf } from './tree.ts';

const file = 'packages/rules/src/spc/limits.ts';
const found = (text: string) => bareNumbers(treeOf({ [file]: text }));

it('accepts a number that is explained above or beside it', () => {
  expect(found('/** Points, GB/T 4091 §6. */\nexport const runLength = 9;')).toEqual([]);
  expect(found('const quietMs = 5 * 60_000; // product default')).toEqual([]);
});

it('names a number that is not', () => {
  expect(found('\nexport const runLength = 9;')).toEqual([`${file}:2: runLength has neither unit nor source`]);
});

it('leaves computed values and texts alone', () => {
  expect(found("const a = b * 2;\nconst c = 'x';\nconst d = [1, 2];")).toEqual([]);
});
