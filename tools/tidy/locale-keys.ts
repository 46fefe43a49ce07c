import type { Tree } from './tree.ts';

const place = 'apps/web/src/locales';
const reference = 'zh-CN';
const others = ['en'];

/** The languages say the same things: same files, same keys, same inserted values, no empty words. */
export function localeKeys(tree: Tree): string[] {
  const filesOf = (language: string) =>
    tree.files.filter((file) => file.startsWith(`${place}/${language}/`)).map((file) => file.split('/').at(-1) ?? '');
  return others.flatMap((language) => {
    const names = new Set([...filesOf(reference), ...filesOf(language)]);
    return [...names].flatMap((name) => compare(tree, name, language));
  });
}

function compare(tree: Tree, name: string, language: string): string[] {
  const [a, b] = [reference, language].map((each) => `${place}/${each}/${name}`) as [string, string];
  const absent = [a, b].filter((file) => !tree.files.includes(file));
  if (absent.length > 0) return absent.map((file) => `${file}: missing`);
  const [wordsA, wordsB] = [flatten(JSON.parse(tree.read(a))), flatten(JSON.parse(tree.read(b)))];
  return [...oneWay(wordsA, b, wordsB), ...oneWay(wordsB, a, wordsA), ...insertedValues(wordsA, wordsB, b)];
}

function oneWay(from: ReadonlyMap<string, string>, file: string, to: ReadonlyMap<string, string>): string[] {
  // Languages count differently: a plural form of one needs no partner in the other, its base key does.
  const bases = new Set([...to.keys()].map(baseOf));
  const missing = [...from.keys()].filter((key) => !bases.has(baseOf(key))).map((key) => `${file}: no "${key}"`);
  const empty = [...to].filter(([, words]) => words.trim() === '').map(([key]) => `${file}: "${key}" is empty`);
  return [...missing, ...empty];
}

function insertedValues(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>, file: string): string[] {
  const values = (words: string) => [...new Set(words.match(/\{\{[^}]+\}\}/g) ?? [])].sort().join(' ');
  return [...a]
    .filter(([key, words]) => b.has(key) && values(words) !== values(b.get(key) ?? ''))
    .map(([key]) => `${file}: "${key}" inserts other values than ${reference}`);
}

function baseOf(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '');
}

function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[prefix, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix === '' ? key : `${prefix}.${key}`)]),
  );
}
