import { z } from 'zod';

const word = z.string().max(2000).optional().catch(undefined);
export const filmLists = ['all', 'waiting', 'due-soon', 'missed', 'late', 'not-sampled', 'rejected', 'graded'] as const;

/** Filters of the worklist as they stand in the address; a value that is not understood is dropped. */
export const filmSearchSchema = z.object({
  /** Absent means today. */
  day: z
    .union([z.iso.date(), z.literal('any')])
    .optional()
    .catch(undefined),
  list: z.enum(filmLists).optional().catch(undefined),
  deviceId: word,
  modality: word,
  grade: word,
  position: word,
  text: word,
});
export type FilmSearch = z.infer<typeof filmSearchSchema>;

/** The same filters as the server takes them. */
export const asFilmQuery = (search: FilmSearch, today: string): Record<string, string | undefined> => ({
  ...search,
  day: search.day === 'any' ? undefined : (search.day ?? today),
});

/** The calendar day of the hospital, YYYY-MM-DD. */
export const dayIn = (timeZone: string, moment: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
