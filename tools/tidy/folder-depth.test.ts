import { expect, it } from 'vitest';
import { folderDepth } from './folder-depth.ts';
import { treeOf } from './tree.ts';

it('accepts a file of a room and the words of a language', () => {
  const tree = treeOf({ 'apps/server/src/review/submit-grade.ts': '', 'apps/web/src/locales/en/errors.json': '{}' });
  expect(folderDepth(tree)).toEqual([]);
});

it('refuses a folder within a room', () => {
  const tree = treeOf({ 'apps/server/src/review/parts/lock.ts': '' });
  expect(folderDepth(tree)).toEqual(['apps/server/src/review/parts/lock.ts: deeper than src/room/file']);
});
