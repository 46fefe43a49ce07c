import { expect, it } from 'vitest';
import { errorCodes } from './error-codes.ts';
import { treeOf } from './tree.ts';

const words = (...codes: string[]) => JSON.stringify(Object.fromEntries(codes.map((code) => [code, 'words'])));
const used = { 'apps/server/src/review/a.ts': "new AppError('REVIEW_LOCKED', {})" };
const zh = 'apps/web/src/locales/zh-CN/errors.json';
const en = 'apps/web/src/locales/en/errors.json';

it('accepts a code that is used and translated', () => {
  const tree = treeOf({ ...used, [zh]: words('REVIEW_LOCKED'), [en]: words('REVIEW_LOCKED') });
  expect(errorCodes(tree, ['REVIEW_LOCKED'])).toEqual([]);
});

it('names a code that nothing throws, a test not counting', () => {
  const both = { [zh]: words('A_B'), [en]: words('A_B') };
  const tree = treeOf({ ...both, 'apps/server/src/a.test.ts': "'A_B'", 'packages/kernel/src/errors.ts': "'A_B'" });
  expect(errorCodes(tree, ['A_B'])).toEqual(['packages/kernel/src/errors.ts: A_B is never used']);
});

it('names a missing language, missing words and words without a code', () => {
  const tree = treeOf({ ...used, [zh]: words('REVIEW_GONE') });
  expect(errorCodes(tree, ['REVIEW_LOCKED'])).toEqual([
    `${zh}: no words for REVIEW_LOCKED`,
    `${zh}: REVIEW_GONE is no code of the catalogue or the pages`,
    `${en}: missing`,
  ]);
});
