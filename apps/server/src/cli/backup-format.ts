import { z } from 'zod';

/** The archive: `manifest.json`, `database/<table>.copy`, `objects|quarantine|spool/<id>`, `end.json`. */
export const backupFormat = 1;

export const manifestSchema = z.object({
  format: z.literal(backupFormat),
  softwareVersion: z.string(),
  schemaVersion: z.number().int(),
  createdAt: z.string(),
  tables: z.array(
    z.object({
      table: z.string().regex(/^[a-z0-9_]+$/),
      columns: z.array(z.string().regex(/^[a-z0-9_]+$/)),
      sha256: z.string(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** De-identified films of the teaching file: `teaching/<id>`. */
export const teachingPlace = 'teaching';

/** Written last: an archive without it was cut off. */
export const endSchema = z.object({ objects: z.number().int() });

export const databaseEntry = (table: string): string => `database/${table}.copy`;
