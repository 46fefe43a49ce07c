import type { LocalText, Position } from '@jiapian/rules';

/** In the order in which the eye works: is all of it there, does it lie right, is it sharp. */
export const criterionGroups = ['coverage', 'positioning', 'visible'] as const;

export interface Criterion {
  readonly code: string;
  readonly words: LocalText;
}

/** The single criteria of a position; a text that the two languages divide differently stays one. */
export const criteriaOf = (
  position: Pick<Position, (typeof criterionGroups)[number]>,
): readonly { readonly group: (typeof criterionGroups)[number]; readonly criteria: readonly Criterion[] }[] =>
  criterionGroups.map((group) => {
    const { zh, en } = position[group];
    const [chinese, english] = [partsOf(zh, /[;；]/), partsOf(en, /;/)];
    const words =
      chinese.length === english.length
        ? chinese.map((part, index) => ({ zh: part, en: english[index] ?? part }))
        : [{ zh, en }];
    return { group, criteria: words.map((each, index) => ({ code: `${group}-${index + 1}`, words: each })) };
  });

const partsOf = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
