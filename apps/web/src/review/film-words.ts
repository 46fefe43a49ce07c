import type { FilmRow } from '@jiapian/contract';
import type { LocalText } from '@jiapian/rules';

/** The wording of the rules in the language of the page. */
export const inLanguage = (text: LocalText, language: string): string => (language === 'en' ? text.en : text.zh);

/** A patient's name as a reader needs it to tell two films apart: `张**`, `ZHANG**`. */
export const maskedName = (personName: string): string => {
  const groups = personName.split('=');
  const shown = groups.find((group) => /\p{Script=Han}/u.test(group)) ?? groups[0] ?? '';
  const family = shown.split('^')[0]?.trim() ?? '';
  if (family === '') return '';
  return /\p{Script=Han}/u.test(family) ? `${[...family][0]}**` : `${family.split(/\s/)[0]}**`;
};

/** DICOM age `046Y` as number and unit; null when there is none. */
export const ageOf = (age: string): { value: number; unit: 'Y' | 'M' | 'W' | 'D' } | null => {
  const parts = /^(\d{3})([YMWD])$/.exec(age);
  if (!parts) return null;
  return { value: Number(parts[1]), unit: parts[2] as 'Y' | 'M' | 'W' | 'D' };
};

/** What the gate says of a film in one word for the list. */
export type FilmStanding = 'waiting' | 'in-review' | 'graded' | 'missed' | 'not-sampled';
export const standingOf = (film: FilmRow): FilmStanding => {
  if (film.state !== 'waiting') return film.state;
  if (film.lock) return 'in-review';
  return film.isMissedReview ? 'missed' : 'waiting';
};
