import { expect, it } from 'vitest';
import { describeSizes, fileSizes } from './file-sizes.ts';
import { treeOf } from './tree.ts';

const lines = (count: number) => 'x\n'.repeat(count);
const file = 'packages/dicom/src/a.ts';

it('accepts 400 lines and refuses 401', () => {
  expect(fileSizes(treeOf({ [file]: lines(400) }), {})).toEqual([]);
  expect(fileSizes(treeOf({ [file]: lines(401) }), {})).toEqual([`${file}: 401 lines, at most 400`]);
});

it('leaves generated files alone', () => {
  expect(fileSizes(treeOf({ [file]: `// Generated from the migrations\n${lines(500)}` }), {})).toEqual([]);
});

it('lets a file of the ratchet shrink but not grow', () => {
  expect(fileSizes(treeOf({ [file]: lines(450) }), { [file]: 450 })).toEqual([]);
  expect(fileSizes(treeOf({ [file]: lines(451) }), { [file]: 450 })).toEqual([`${file}: 451 lines, at most 450`]);
});

it('asks for the ratchet entry of a file that has come down to be taken off', () => {
  expect(fileSizes(treeOf({ [file]: lines(400) }), { [file]: 450 })).toHaveLength(1);
});

it('prints the 90th percentile', () => {
  const texts = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`bench/f${i}.ts`, lines(i + 1)]));
  expect(describeSizes(treeOf(texts))).toBe('10 files, lines: median 6, 90th percentile 10, longest 10');
});
