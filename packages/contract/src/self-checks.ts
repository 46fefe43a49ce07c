import { z } from 'zod';
import { gradeSchema, momentSchema, uidSchema, uuidSchema } from './primitives.ts';
import { agreementSchema } from './review-tasks.ts';

const verdictSchema = z.enum(['fit', 'doubtful', 'repeat']);
const kindSchema = z.enum(['self', 'cross']);

/** Whether the hospital wants it; off by default. */
export const checkPolicySchema = z.object({
  version: z.number().int().min(0),
  isSelfCheckOn: z.boolean(),
  /** Share of films that a colleague of another shift sees. */
  crossShare: z.number().min(0).max(1),
});
export type CheckPolicy = z.infer<typeof checkPolicySchema>;
export const checkPolicyRequest = checkPolicySchema.omit({ version: true }).extend({
  basedOn: z.number().int().min(0),
});

/** A film that waits for a word: no grade, no people; of a colleague's film no time and no number either. */
export const filmToCheckSchema = z.object({
  filmId: uuidSchema,
  kind: kindSchema,
  cover: z.object({ sopInstanceUid: uidSchema, rows: z.number().int(), columns: z.number().int() }).nullable(),
  positionCode: z.string().nullable(),
  laterality: z.string().nullable(),
  modality: z.string(),
  description: z.string(),
  examAt: momentSchema.nullable(),
  accessionNumber: z.string().nullable(),
});
export type FilmToCheck = z.infer<typeof filmToCheckSchema>;
const reasonSchema = z.object({ code: z.string(), name: z.object({ zh: z.string(), en: z.string() }) });
export const checksToDoSchema = z.object({
  policy: checkPolicySchema,
  items: z.array(filmToCheckSchema),
  reasons: z.array(reasonSchema),
});
export type ChecksToDo = z.infer<typeof checksToDoSchema>;

export const checkRequest = z.object({
  kind: kindSchema,
  verdict: verdictSchema,
  /** Of the reject reasons of the standard; null only beside `fit`. */
  reasonCode: z.string().max(16).nullable().default(null),
  note: z.string().trim().max(200).default(''),
  secondsSpent: z.number().int().min(0).max(86_400),
});
export type CheckRequest = z.infer<typeof checkRequest>;

export const filmCheckSchema = z.object({
  kind: kindSchema,
  verdict: verdictSchema,
  reasonCode: z.string().nullable(),
  note: z.string(),
  at: momentSchema,
  name: z.string(),
  isMine: z.boolean(),
});
export type FilmCheck = z.infer<typeof filmCheckSchema>;
/** Checks of a film; others' stay away until the film has its grade and whoever looks may see it. */
export const filmChecksSchema = z.object({ items: z.array(filmCheckSchema), grade: gradeSchema.nullable() });

export const checkAgreementQuery = z.object({ days: z.coerce.number().int().min(1).max(400).default(90) });
const figureSchema = agreementSchema.extend({
  kind: kindSchema,
  /** Rows the check, columns the grade that counts, in the three words: fit, doubtful, repeat. */
  table: z.array(z.array(z.number().int())),
});
export const checkAgreementSchema = z.object({
  /** With fewer pairs no coefficient is shown. */
  minimumCount: z.number().int(),
  own: z.array(figureSchema),
  /** The whole department and each person, for whoever plans the training; empty for others. */
  all: z.array(figureSchema),
  people: z.array(figureSchema.extend({ name: z.string() })),
});
export type CheckAgreement = z.infer<typeof checkAgreementSchema>;
