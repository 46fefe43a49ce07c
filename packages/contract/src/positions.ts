import { z } from 'zod';
import { momentSchema } from './primitives.ts';

const text = z.object({ zh: z.string().trim().max(1000), en: z.string().trim().max(1000) });
const code = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/);

const hospitalPositionContent = z.object({
  code,
  name: text,
  region: z.enum(['head', 'neck', 'chest', 'abdomen', 'spine', 'pelvis', 'upper-limb', 'lower-limb', 'breast']),
  coverage: text,
  positioning: text,
  visible: text,
  source: z.string().trim().max(300),
});

/** A hospital's own words for a position, over the library's; version 0 has not been saved yet. */
export const hospitalPositionSchema = z.object({
  content: hospitalPositionContent,
  isVerified: z.boolean(),
  version: z.number().int().min(0),
  changedAt: momentSchema,
  changedByName: z.string().nullable(),
});
export type OwnPosition = z.infer<typeof hospitalPositionSchema>;
export const savePositionRequest = z.object({
  version: z.number().int().min(0),
  content: hospitalPositionContent,
  isVerified: z.boolean(),
});

export const positionSetSchema = z.object({
  code: z.string(),
  name: text,
  members: z.array(code).max(500),
  size: z.number().int(),
  isConfirmed: z.boolean(),
  source: z.string(),
  version: z.number().int().min(0),
});
export type PositionSetView = z.infer<typeof positionSetSchema>;
export const saveSetRequest = z.object({
  version: z.number().int().min(0),
  members: z.array(code).max(500),
  isConfirmed: z.boolean(),
});

/** A file of positions as text (CSV, JSON) or base64 (XLSX). */
export const importPositionsRequest = z.object({
  format: z.enum(['csv', 'xlsx', 'json']),
  content: z.string().min(1).max(900_000),
  /** True: only the report, nothing is written. */
  isDryRun: z.boolean(),
});
export const positionImportSchema = z.object({
  file: z.object({ reason: z.string(), columns: z.array(z.string()) }).nullable(),
  rows: z.array(
    z.object({
      line: z.number().int(),
      code: z.string(),
      outcome: z.enum(['new', 'changed', 'same', 'refused']),
      problems: z.array(z.object({ column: z.string(), reason: z.string() })),
    }),
  ),
  isWritten: z.boolean(),
});
export type PositionImport = z.infer<typeof positionImportSchema>;
