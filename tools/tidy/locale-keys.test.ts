import { expect, it } from 'vitest';
import { localeKeys } from './locale-keys.ts';
import { treeOf } from './tree.ts';

const zh = 'apps/web/src/locales/zh-CN/review.json';
const en = 'apps/web/src/locales/en/review.json';
const both = (a: object, b: object) => treeOf({ [zh]: JSON.stringify(a), [en]: JSON.stringify(b) });

it('accepts equal keys, and plural forms that only one language has', () => {
  const tree = both(
    { grade: { title: '评片' }, films_other: '{{count}} 张' },
    { grade: { title: 'Review' }, films_one: '{{count}} film', films_other: '{{count}} films' },
  );
  expect(localeKeys(tree)).toEqual([]);
});

it('names a key that one language lacks, an empty word and another inserted value', () => {
  expect(localeKeys(both({ a: { b: '甲' } }, {}))).toEqual([`${en}: no "a.b"`]);
  expect(localeKeys(both({ a: '甲' }, { a: ' ' }))).toEqual([`${en}: "a" is empty`]);
  expect(localeKeys(both({ a: '{{n}} 张' }, { a: '{{count}} films' }))).toEqual([
    `${en}: "a" inserts other values than zh-CN`,
  ]);
});

it('names a file that one language lacks', () => {
  expect(localeKeys(treeOf({ [zh]: '{}' }))).toEqual([`${en}: missing`]);
});
