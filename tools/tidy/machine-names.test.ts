import { expect, it } from 'vitest';
import { machineNames } from './machine-names.ts';
import { treeOf } from './tree.ts';

const found = (text: string, root = '/srv/checkout') => machineNames(treeOf({ 'docs/a.md': text }), root);

it.each([
  'see /home/li/films/',
  'in /Users/li/films/',
  '/root/x',
  ['registry', 'npmjs', 'org'].join('.'),
  ['deb', 'debian', 'org'].join('.'),
  '/srv/checkout/a',
])('finds %s', (text) => {
  expect(found(`one\n${text}`)).toEqual([expect.stringContaining('docs/a.md:2: ')]);
});

it.each(['https://nodejs.org/home/', './home/page.tsx', '/var/lib/jiapian', 'src/home/page.tsx', '/srv/checkouts'])(
  'accepts %s',
  (text) => {
    expect(found(text)).toEqual([]);
  },
);
