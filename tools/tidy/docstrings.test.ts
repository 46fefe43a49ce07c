import { expect, it } from 'vitest';
import { docstrings } from './docstrings.ts';
import { treeOf } from './tree.ts';

const file = 'packages/rules/src/grading/grade.ts';
const offering = (text: string, list = '*') =>
  treeOf({ [file]: text, 'packages/rules/src/index.ts': `export ${list} from './grading/grade.ts';` });

it('accepts a described export, its overloads, and what is not exported', () => {
  const text = [
    '/** Which grade the score earns. */',
    'export function gradeFor(score: number): Grade;',
    'export function gradeFor(score: string): Grade;',
    'function inner() {}',
    "export * from './other.ts';",
  ].join('\n');
  expect(docstrings(offering(text))).toEqual([]);
});

it('names an export without a docstring, a line comment not counting', () => {
  expect(docstrings(offering('// about it\nexport const bestScore = 100;'))).toEqual([
    `${file}: bestScore has no docstring`,
  ]);
});

it('asks only about names that the package offers to others', () => {
  const text = 'export const inside = 1;\nexport type Outside = number;';
  expect(docstrings(offering(text, '{ type Outside, other }'))).toEqual([`${file}: Outside has no docstring`]);
});

it('leaves the server alone', () => {
  expect(docstrings(treeOf({ 'apps/server/src/review/a.ts': 'export const a = 1;' }))).toEqual([]);
});
