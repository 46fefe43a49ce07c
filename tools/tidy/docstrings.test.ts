import { expect, it } from 'vitest';
import { docstrings } from './docstrings.ts';
import { treeOf } from './tree.ts';

const file = 'packages/rules/src/grade.ts';

it('accepts a described export, its overloads, and what is not exported', () => {
  const text = [
    '/** Which grade the score earns. */',
    'export function gradeFor(score: number): Grade;',
    'export function gradeFor(score: string): Grade;',
    'function inner() {}',
    "export * from './other.ts';",
  ].join('\n');
  expect(docstrings(treeOf({ [file]: text }))).toEqual([]);
});

it('names an export without a docstring, a line comment not counting', () => {
  expect(docstrings(treeOf({ [file]: '// about it\nexport const bestScore = 100;' }))).toEqual([
    `${file}: bestScore has no docstring`,
  ]);
});

it('leaves the server alone', () => {
  expect(docstrings(treeOf({ 'apps/server/src/review/a.ts': 'export const a = 1;' }))).toEqual([]);
});
