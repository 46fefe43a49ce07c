import { z } from 'zod';
import { gradeSchema, momentSchema, uidSchema, uuidSchema, versionSchema } from './primitives.ts';
import { criteriaSchema, filmRowSchema, markSchema, placeSchema, readingSchema, seriesMarkSchema } from './review.ts';

export const taskKindSchema = z.enum(['second', 'repeat', 'arbitration', 'appeal']);

/** An open reading beside the first; says nothing of who took or graded the film, nor how. */
export const taskRowSchema = z.object({
  taskId: uuidSchema,
  kind: taskKindSchema,
  filmId: uuidSchema,
  modality: z.string(),
  positionCode: z.string().nullable(),
  laterality: z.string().nullable(),
  description: z.string(),
  createdAt: momentSchema,
  disagreements: z.array(z.enum(['grade', 'points', 'veto'])),
});
export type TaskRow = z.infer<typeof taskRowSchema>;
export const taskListSchema = z.object({ items: z.array(taskRowSchema) });

export const taskReadingRequest = z.object({
  marks: z.array(markSchema).max(60),
  conditionsNotMet: z.array(z.string().max(40)).max(20),
  places: z.array(placeSchema).max(60),
  criteria: criteriaSchema.optional(),
  seriesMarks: z.array(seriesMarkSchema).max(1000).optional(),
  note: z.string().max(2000),
  grade: gradeSchema,
  overrideReason: z.string().trim().max(500).default(''),
  rejectReasonCode: z.string().max(16).nullable().default(null),
  affectsDiagnosis: z.enum(['repeat', 'no-repeat']).nullable().default(null),
  standardVersion: versionSchema,
  secondsSpent: z.number().int().min(0).max(86_400),
});
export type TaskReadingRequest = z.infer<typeof taskReadingRequest>;
export const taskOutcomeSchema = z.object({
  readingId: uuidSchema,
  /** Why a third reader has to settle it; empty when the two agree. */
  disagreements: z.array(z.enum(['grade', 'points', 'veto'])),
  /** What the other reader gave, shown now that this one has saved. */
  other: z.object({ grade: gradeSchema, score: z.number().int().nullable() }).nullable(),
  nextTaskId: uuidSchema.nullable(),
});
export type TaskOutcome = z.infer<typeof taskOutcomeSchema>;

const coefficientSchema = z
  .object({
    coefficient: z.number(),
    standardError: z.number(),
    lower: z.number(),
    upper: z.number(),
    count: z.number().int(),
  })
  .nullable();
export const agreementSchema = z.object({
  pairs: z.number().int(),
  agreed: z.number().int(),
  kappa: coefficientSchema,
  ac1: coefficientSchema,
});
export const agreementQuery = z.object({
  kind: z.enum(['second', 'repeat']).default('second'),
  days: z.coerce.number().int().min(1).max(400).default(90),
});
export const agreementPageSchema = z.object({
  overall: agreementSchema,
  /** Rows the first reading's grade, columns the second's, 甲 乙 丙 废; each cell with its films. */
  cells: z.array(
    z.object({ first: gradeSchema, second: gradeSchema, count: z.number().int(), filmIds: z.array(uuidSchema) }),
  ),
  byPair: z.array(agreementSchema.extend({ first: z.string(), second: z.string() })),
  byCriterion: z.array(agreementSchema.extend({ code: z.string() })),
});
export type AgreementPage = z.infer<typeof agreementPageSchema>;

export const appealSchema = z.object({
  appealId: uuidSchema,
  filmId: uuidSchema,
  readingId: uuidSchema,
  state: z.enum(['open', 'upheld', 'changed', 'withdrawn']),
  reason: z.string(),
  openedAt: momentSchema,
  closedAt: momentSchema.nullable(),
  gradeBefore: gradeSchema,
  scoreBefore: z.number().int().nullable(),
  gradeAfter: gradeSchema.nullable(),
  scoreAfter: z.number().int().nullable(),
  answer: z.string().nullable(),
});
export type Appeal = z.infer<typeof appealSchema>;
export const appealRequest = z.object({ reason: z.string().trim().min(1).max(1000) });

/** A film of the person who looks, with the grade that counts and where it was marked. */
export const ownFilmSchema = z.object({
  film: filmRowSchema,
  cover: z.object({ sopInstanceUid: uidSchema, rows: z.number().int(), columns: z.number().int() }).nullable(),
  /** Taken by a trainee whom this person supervises. */
  isOfTrainee: z.boolean(),
  reading: readingSchema.nullable(),
  acknowledgedAt: momentSchema.nullable(),
  appeal: appealSchema.nullable(),
  appealEndsAt: momentSchema.nullable(),
});
export type OwnFilm = z.infer<typeof ownFilmSchema>;
export const ownFilmsSchema = z.object({ items: z.array(ownFilmSchema), standard: z.unknown() });

const intervalSchema = z.object({ proportion: z.number(), lower: z.number(), upper: z.number() });
export const trendSchema = z.object({
  minimumCount: z.number().int(),
  graded: z.number().int(),
  rate: intervalSchema.nullable(),
  /** The others together; null while they are too few to stay without names. */
  group: z.object({ people: z.number().int(), rate: z.number(), low: z.number(), high: z.number() }).nullable(),
  verdict: z.enum(['too-few', 'within-chance', 'above', 'below', 'no-group']),
  weeks: z.array(
    z.object({
      week: z.string(),
      graded: z.number().int(),
      rate: intervalSchema.nullable(),
      group: z.number().nullable(),
    }),
  ),
  learn: z.array(z.object({ code: z.string(), count: z.number().int() })),
});
export type OwnTrend = z.infer<typeof trendSchema>;

export const noticeSchema = z.object({
  noticeId: uuidSchema,
  kind: z.enum([
    'reject',
    'appeal-opened',
    'appeal-decided',
    'ruling',
    'digest',
    'consultation-asked',
    'consultation-called',
    'consultation-open',
    'consultation-signed',
    'consultation-closed',
  ]),
  filmId: uuidSchema.nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  at: momentSchema,
  readAt: momentSchema.nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;
export const noticesSchema = z.object({ items: z.array(noticeSchema), unread: z.number().int() });

export const bulkRequest = z.object({
  filmIds: z.array(uuidSchema).min(1).max(200),
  standardVersion: versionSchema,
});
export const bulkSummarySchema = z.object({
  /** Films that would be, or were, graded 甲. */
  filmIds: z.array(uuidSchema),
  refused: z.array(
    z.object({ filmId: uuidSchema, because: z.enum(['own', 'graded', 'locked', 'consultation', 'not-found']) }),
  ),
});
export type BulkSummary = z.infer<typeof bulkSummarySchema>;

export const supervisionSchema = z.object({
  traineeStaffId: uuidSchema,
  traineeName: z.string(),
  supervisorStaffId: uuidSchema,
  supervisorName: z.string(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
});
export const supervisionsSchema = z.object({ items: z.array(supervisionSchema) });
export const supervisionRequest = z.object({
  traineeStaffId: uuidSchema,
  supervisorStaffId: uuidSchema,
  fromDay: z.iso.date(),
  toDay: z.iso.date().nullable().default(null),
});

/** What stands beside a film while it is graded: pictures and numbers, no people. */
export const filmContextSchema = z.object({
  reference: z.object({ sopInstanceUid: uidSchema, rows: z.number().int(), columns: z.number().int() }).nullable(),
  history: z.object({
    days: z.number().int(),
    graded: z.number().int(),
    rejected: z.number().int(),
    gradeAOrB: z.object({ proportion: z.number(), lower: z.number(), upper: z.number() }).nullable(),
    marks: z.array(z.object({ code: z.string(), count: z.number().int() })),
  }),
});
export type FilmContext = z.infer<typeof filmContextSchema>;
