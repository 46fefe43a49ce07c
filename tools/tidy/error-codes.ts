import { type Tree, isShipped } from './tree.ts';

const catalogue = 'packages/kernel/src/errors.ts';
const languages = ['zh-CN', 'en'];

/** Every code of the catalogue is used by the product and has its words in both languages, and no words are left over. */
export function errorCodes(tree: Tree, codes: readonly string[]): string[] {
  const texts = tree.files.filter((file) => isShipped(file) && file !== catalogue).map((file) => tree.read(file));
  const unused = codes
    .filter((code) => !texts.some((text) => quotes(text, code)))
    .map((code) => `${catalogue}: ${code} is never used`);
  // The pages have failures of their own that no server sends: no connection, an answer that is none.
  const isUsed = (code: string) => texts.some((text) => quotes(text, code));
  return [...unused, ...languages.flatMap((language) => untranslated(tree, codes, language, isUsed))];
}

function quotes(text: string, code: string): boolean {
  return new RegExp(`['"\`]${code}['"\`]`).test(text);
}

function untranslated(
  tree: Tree,
  codes: readonly string[],
  language: string,
  isUsed: (code: string) => boolean,
): string[] {
  const file = `apps/web/src/locales/${language}/errors.json`;
  if (!tree.files.includes(file)) return [`${file}: missing`];
  const words = JSON.parse(tree.read(file)) as Record<string, unknown>;
  const known = Object.keys(words).filter((key) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(key));
  return [
    ...codes.filter((code) => !known.includes(code)).map((code) => `${file}: no words for ${code}`),
    ...known
      .filter((key) => !codes.includes(key) && !isUsed(key))
      .map((key) => `${file}: ${key} is no code of the catalogue or the pages`),
  ];
}
