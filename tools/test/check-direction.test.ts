import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cruise } from './check-direction.ts';

const root = path.resolve(import.meta.dirname, '../..');
const server = 'apps/server/src/';
const importing = (target: string) => `import '${target}';\n`;
let tree: string;

beforeEach(() => {
  tree = fs.mkdtempSync(path.join(os.tmpdir(), 'jiapian-direction-'));
  write('tsconfig.json', '{}');
});
afterEach(() => fs.rmSync(tree, { recursive: true }));

it.each([
  [`${server}review/submit-grade.ts`, '../exams/index.ts', `${server}exams/index.ts`],
  [`${server}review/submit-grade.ts`, '../audit/index.ts', `${server}audit/index.ts`],
  [`${server}review/submit-grade.ts`, '../platform/http.ts', `${server}platform/http.ts`],
  [`${server}compose.ts`, './review/review.routes.ts', `${server}review/review.routes.ts`],
])('lets %s import %s', async (from, target, to) => {
  expect(await violationsOf(from, target, to)).toEqual([]);
});

it.each([
  ['another room past its door', `${server}review/a.ts`, '../exams/b.ts', `${server}exams/b.ts`],
  ['a door against the corridor', `${server}exams/a.ts`, '../review/index.ts', `${server}review/index.ts`],
  ['a room from audit', `${server}audit/a.ts`, '../access/index.ts', `${server}access/index.ts`],
  ['a room from the platform', `${server}platform/a.ts`, '../exams/index.ts', `${server}exams/index.ts`],
  ['a room that is not in the table', `${server}kitchen/a.ts`, '../platform/b.ts', `${server}platform/b.ts`],
  ['the server from the pages', 'apps/web/src/ui/a.ts', '../../../server/src/main.ts', `${server}main.ts`],
  [
    'DICOM words from the kernel',
    'packages/kernel/src/a.ts',
    '../../dicom/src/index.ts',
    'packages/dicom/src/index.ts',
  ],
  ['testing code from the product', 'packages/dicom/src/a.ts', '../../../test/x.ts', 'test/x.ts'],
])('refuses %s', async (_what, from, target, to) => {
  expect(await violationsOf(from, target, to)).not.toEqual([]);
});

it('refuses Node within the rules', async () => {
  write('packages/rules/src/a.ts', importing('node:fs'));
  expect((await cruise(root, tree, ['packages'])).violations).toEqual([
    'rules-imports-no-package: packages/rules/src/a.ts → fs',
  ]);
});

it('refuses a cycle and an import that leads nowhere', async () => {
  write('packages/dicom/src/a.ts', importing('./b.ts'));
  write('packages/dicom/src/b.ts', importing('./a.ts') + importing('./gone.ts'));
  const { violations } = await cruise(root, tree, ['packages']);
  expect(violations.map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['no-cycles', 'resolvable']));
});

async function violationsOf(from: string, target: string, to: string): Promise<readonly string[]> {
  write(to, 'export {};\n');
  write(from, importing(target));
  const { violations, moduleCount } = await cruise(root, tree, [from, to]);
  expect(moduleCount).toBe(2);
  return violations;
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  fs.writeFileSync(path.join(tree, file), text);
}
