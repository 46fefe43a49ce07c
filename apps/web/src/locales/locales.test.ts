import { errorCatalogue } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';

const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { eager: true, import: 'default' });
const filesOf = (locale: string): string[] =>
  Object.keys(files)
    .filter((path) => path.startsWith(`./${locale}/`))
    .map((path) => path.slice(locale.length + 3))
    .sort();
const read = (locale: string, file: string): Record<string, unknown> => files[`./${locale}/${file}`] ?? {};

const leaves = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    : [[path, value]];
/** Plural endings belong to the language, not to the key. */
const stems = (words: unknown): string[] => [
  ...new Set(
    leaves(words)
      .map(([path]) => path.replace(/_(one|other)$/, ''))
      .sort(),
  ),
];
const places = (text: unknown): string[] => [...String(text).matchAll(/\{\{(\w+)/g)].map((hit) => hit[1] ?? '').sort();

describe('locales', () => {
  it('has the same files in both languages', () => {
    expect(filesOf('zh-CN')).toContain('errors.json');
    expect(filesOf('en')).toEqual(filesOf('zh-CN'));
  });

  it.each(filesOf('zh-CN'))('says everything of %s in both languages, with the same blanks', (file) => {
    const zh = read('zh-CN', file);
    const en = read('en', file);
    expect(stems(en)).toEqual(stems(zh));
    const english = new Map(leaves(en));
    for (const [path, words] of leaves(zh)) {
      expect(words, path).not.toBe('');
      const other = english.get(path);
      if (other !== undefined) expect(places(other), path).toEqual(places(words));
    }
  });

  it.each(['zh-CN', 'en'])('has a sentence for every error of the catalogue in %s', (locale) => {
    const sentences = read(locale, 'errors.json');
    const missing = Object.keys(errorCatalogue).filter((code) => !sentences[code]);
    expect(missing).toEqual([]);
  });
});
