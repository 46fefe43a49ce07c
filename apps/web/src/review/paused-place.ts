import { filmSearchSchema, type FilmSearch } from './film-search.ts';

/** A preference holds no more signs than this. */
const LENGTH_MAX = 200;

/** Film and list as the account remembers them; a list too long to remember is left out. */
export const pausedText = (filmId: string, search: FilmSearch): string => {
  const words = Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const text = `${filmId}?${new URLSearchParams(words).toString()}`;
  return text.length > LENGTH_MAX ? filmId : text;
};

/** Where a reader paused; null when nothing is paused. */
export const pausedPlace = (text: unknown): { readonly filmId: string; readonly search: FilmSearch } | null => {
  if (typeof text !== 'string' || text === '') return null;
  const [filmId = '', words = ''] = text.split('?');
  return { filmId, search: filmSearchSchema.parse(Object.fromEntries(new URLSearchParams(words))) };
};
