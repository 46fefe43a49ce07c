import { expect, test } from 'vitest';
import { pinyinKey } from './pinyin-key.ts';

test.each([
  ['张伟', 'zhangwei zw'],
  ['王小东', 'wangxiaodong wxd'],
  // Surnames have readings of their own: 单 is Shàn and 曾 is Zēng as a surname.
  ['单雄信', 'shanxiongxin sxx'],
  ['曾国藩', 'zengguofan zgf'],
  ['', ''],
])('finds %s by %s', (name, key) => {
  expect(pinyinKey(name)).toBe(key);
});

test('keeps a Latin name as it is, in lower case', () => {
  expect(pinyinKey('Müller Hans').split(' ')[0]).toBe('müllerhans');
});
