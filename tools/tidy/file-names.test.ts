import { expect, it } from 'vitest';
import { fileNames } from './file-names.ts';
import { treeOf } from './tree.ts';

const problems = (file: string) => fileNames(treeOf({ [file]: '' }));

it.each([
  'apps/server/src/review/submit-grade.ts',
  'apps/server/src/review/review.routes.ts',
  'packages/dicom/src/pixels/decode.worker.ts',
  'apps/web/src/review/score-sheet.test.tsx',
  'apps/web/vite.config.ts',
])('accepts %s', (file) => {
  expect(problems(file)).toEqual([]);
});

it.each([
  ['packages/dicom/src/utils.ts', 'says nothing'],
  ['apps/web/src/ui/table-helpers.ts', 'says nothing'],
  ['apps/web/src/review/ScoreSheet.tsx', 'not kebab-case'],
  ['apps/server/src/review/review.service.ts', 'unknown suffix ".service"'],
  ['packages/rules/src/grading.repository.ts', 'outside the rooms'],
])('refuses %s', (file, reason) => {
  expect(problems(file)).toHaveLength(1);
  expect(problems(file)[0]).toContain(reason);
});
