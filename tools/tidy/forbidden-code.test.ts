import { expect, it } from 'vitest';
import { forbiddenCode } from './forbidden-code.ts';
import { treeOf } from './tree.ts';

const found = (file: string, text: string) => forbiddenCode(treeOf({ [file]: text }));

it.each([
  ['apps/server/src/review/a.ts', "throw new Error('no');"],
  ['packages/dicom/src/a.ts', 'throw new RangeError();'],
  ['packages/rules/src/a.ts', 'const now = Date.now();'],
  ['packages/rules/src/a.ts', 'const now = new Date();'],
  ['packages/rules/src/a.ts', 'const sample = Math.random();'],
  ['packages/rules/src/a.ts', 'value.toLocaleString();'],
  ['apps/server/src/review/a.ts', 'await sql<Row>`select 1`;'],
  ['apps/server/src/cli/a.ts', "db.selectFrom('film');"],
  ['apps/web/src/home/a.tsx', `// ${'TO'}DO later`],
  ['apps/web/src/home/a.tsx', `// @ts-${'ignore'}`],
  ['packages/dicom/src/a.test.ts', `it.${'only'}('x', () => {})`],
])('finds in %s: %s', (file, text) => {
  expect(found(file, `first line\n${text}`)).toEqual([expect.stringContaining(`${file}:2: `)]);
});

it.each([
  ['packages/kernel/src/a.ts', 'throw new Error();'],
  ['apps/server/src/review/a.test.ts', 'throw new Error();'],
  ['apps/server/src/review/a.ts', 'const now = new Date(clock.now());'],
  ['packages/rules/src/a.ts', 'const day = new Date(time);'],
  ['apps/server/src/review/a.ts', "new AppError('A_B', {})"],
  ['apps/server/src/review/a.repository.ts', 'await sql`select 1`;'],
  ['apps/server/src/platform/a.ts', 'await sql`select 1`;'],
])('accepts in %s: %s', (file, text) => {
  expect(found(file, text)).toEqual([]);
});
