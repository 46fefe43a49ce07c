import { z } from 'zod';
import { exportFormatSchema } from './exams.ts';

/** A table as it stands on the screen, to be had as a file: its headings and the text of its cells. */
export const exportShownRequest = z
  .object({
    /** Which list, as in the file's name. */
    name: z.string().regex(/^[a-z][a-z-]{0,39}$/),
    format: exportFormatSchema,
    titles: z.array(z.string().max(200)).min(1).max(40),
    rows: z.array(z.array(z.string().max(2000)).max(40)).max(2000),
  })
  .refine(({ titles, rows }) => rows.every((row) => row.length === titles.length), {
    path: ['rows'],
    message: 'every row has one cell for each title',
  });
