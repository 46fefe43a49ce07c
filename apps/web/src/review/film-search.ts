import { z } from 'zod';

const word = z.string().max(2000).optional().catch(undefined);

/** Filters of the worklist as they stand in the address; a value that is not understood is dropped. */
export const filmSearchSchema = z.object({
  day: z.iso.date().optional().catch(undefined),
  list: z.enum(['all', 'waiting', 'due-soon', 'missed', 'rejected', 'graded']).optional().catch(undefined),
  deviceId: word,
  modality: word,
  grade: word,
  position: word,
  text: word,
});
export type FilmSearch = z.infer<typeof filmSearchSchema>;
