/** A word of a description and what it means. The pattern is global. */
export type Word<Meaning> = readonly [pattern: RegExp, meaning: Meaning];

/**
 * A description in the form the word lists are written for: full-width forms folded (NFKC), upper case, `ChestPA` and
 * `CHEST_PA` apart, `P.A.` together, everything that is no letter or digit a space.
 */
export const normaliseText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toUpperCase()
    .replace(/['’]/g, '')
    .replace(/\b([A-Z])\.([A-Z])\b\.?/g, '$1$2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The meanings of all words found, in the order of the list; a text already taken by one word is not read again. */
export const readWords = <Meaning>(text: string, words: readonly Word<Meaning>[]): Meaning[] => {
  let rest = text;
  const meanings: Meaning[] = [];
  for (const [pattern, meaning] of words) {
    const without = rest.replace(pattern, ' ');
    if (without !== rest) meanings.push(meaning);
    rest = without;
  }
  return meanings;
};
