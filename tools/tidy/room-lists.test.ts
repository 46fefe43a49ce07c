import { expect, it } from 'vitest';
import { roomLists } from './room-lists.ts';
import { treeOf } from './tree.ts';

const server = { 'apps/server/src/review/index.ts': '', 'apps/server/src/platform/http.ts': '' };
const web = { 'apps/web/src/review/page.tsx': '', 'apps/web/src/ui/table.tsx': '', 'apps/web/src/home/page.tsx': '' };

it('accepts the same rooms on both sides, beside platform, building blocks and shell pages', () => {
  expect(roomLists(treeOf({ ...server, ...web }), ['review'])).toEqual([]);
});

it('names a room that only one side has', () => {
  const extra = { 'apps/web/src/grading/page.tsx': '', 'apps/server/src/release/index.ts': '' };
  expect(roomLists(treeOf({ ...server, ...web, ...extra }), ['review', 'release'])).toEqual([
    'apps/web/src/grading: the server has no such room',
    'apps/server/src/release: the web client has no such room',
  ]);
});

it('names a room without permitted edges', () => {
  expect(roomLists(treeOf({ ...server, ...web }), [])).toEqual([
    'apps/server/src/review: missing in tools/permitted-edges.json',
  ]);
});
