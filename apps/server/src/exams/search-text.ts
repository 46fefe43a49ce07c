import { pinyinKey } from '../platform/pinyin-key.ts';

interface Searchable {
  /** As in the header, component groups and carets kept. */
  patientName: string;
  dicomPatientId: string;
  accessionNumber: string;
  description: string;
}

/** A search of fewer characters than this has no trigram inside a word, only at its beginning. */
const trigramLength = 3;
const maxTerms = 5;
/** A run of Chinese characters is findable from each of its characters, up to this many of them. */
const maxRunStarts = 24;
const maxTextLength = 1_000;
const chineseRuns = /\p{Script=Han}+/gu;

/** What an exam is found by: words in lower case, each after a blank; Chinese names also in pinyin and its initials. */
export const searchTextOf = ({ patientName, dicomPatientId, accessionNumber, description }: Searchable): string => {
  const parts = patientName.replace(/[\^=]+/g, ' ');
  const whole = patientName.split('=').map((group) => group.replace(/[\s^]+/g, ''));
  const inner = innerStarts([...whole, description].join(' '));
  const words = [parts, ...whole, ...whole.map(spokenName), dicomPatientId, accessionNumber, description, ...inner];
  const unique = new Set(words.join(' ').replaceAll('\0', '').toLowerCase().split(/\s+/));
  unique.delete('');
  return ' ' + [...unique].join(' ').slice(0, maxTextLength);
};

/** 胸部正位 → 部正位, 正位, 位: so that a short search finds the middle of a run. */
const innerStarts = (text: string): string[] =>
  [...text.matchAll(chineseRuns)].flatMap(([run]) => {
    const characters = [...run];
    return characters.slice(1, maxRunStarts).map((_, index) => characters.slice(index + 1).join(''));
  });

const maxRemembered = 5_000;
const remembered = new Map<string, string>();

/** A name comes once per batch of its exam: finding its pinyin costs more than the rest of the text. */
export const spokenName = (name: string): string => {
  if (!/\p{Script=Han}/u.test(name)) return '';
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const spoken = pinyinKey(name);
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(name, spoken);
  return spoken;
};

/** LIKE patterns, all of which must match: anywhere in a word, or for short terms at its beginning. */
export const searchPatternsOf = (query: string): string[] =>
  query
    .replaceAll('\0', '')
    .toLowerCase()
    .split(/[\s^=]+/)
    .filter((term) => term !== '')
    .slice(0, maxTerms)
    .map((term) => {
      const escaped = term.replace(/[\\%_]/g, '\\$&');
      return [...term].length < trigramLength ? `% ${escaped}%` : `%${escaped}%`;
    });
