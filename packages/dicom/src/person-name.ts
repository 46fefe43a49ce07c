/** The three spellings of a person name; a missing one is undefined. */
export interface PersonName {
  alphabetic: string | undefined;
  ideographic: string | undefined;
  phonetic: string | undefined;
}

/** The component groups of a PN value `alphabetic=ideographic=phonetic` (PS3.5 section 6.2.1), carets kept. */
export const personNameGroups = (value: string): PersonName => {
  const [alphabetic, ideographic, phonetic] = value.split('=').map(trimGroup);
  return { alphabetic, ideographic, phonetic };
};

const trimGroup = (group: string): string | undefined => group.replace(/[\s^]+$/, '').trimStart() || undefined;

/** Any character of the Chinese, Japanese or Korean scripts. */
const cjk = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * The name as staff say it: the ideographic spelling when there is one (`王^小东` → `王小东`), else
 * the alphabetic one with spaces (`Wang^XiaoDong` → `Wang XiaoDong`); empty for an empty name.
 */
export const displayPersonName = (value: string): string => {
  const { alphabetic, ideographic, phonetic } = personNameGroups(value);
  const spelling = ideographic ?? alphabetic ?? phonetic ?? '';
  const components = spelling.split('^').map((component) => component.trim());
  return components.filter((component) => component !== '').join(cjk.test(spelling) ? '' : ' ');
};
