import { z } from 'zod';
import { gradeSchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';
import { markSchema, readingSchema } from './review.ts';

export const consultationStateSchema = z.enum([
  'asked',
  'judging',
  'open',
  'signed',
  'declined',
  'withdrawn',
  'called-off',
]);
/** What the person who looks is in it. */
const partSchema = z.object({ isAsker: z.boolean(), isJudge: z.boolean(), isChair: z.boolean() });

const rowContent = {
  consultationId: uuidSchema,
  state: consultationStateSchema,
  /** Instead of a third reader, or asked for by a person. */
  origin: z.enum(['asked', 'arbitration']),
  question: z.string(),
  askedAt: momentSchema,
  /** Hidden until the opinions are open: who asks may have taken the film. */
  askedByName: z.string().nullable(),
  modality: z.string(),
  description: z.string(),
  films: z.number().int(),
  judges: z.number().int(),
  /** Judges who have judged every film. */
  judged: z.number().int(),
  isOwnFilm: z.boolean(),
  part: partSchema,
};
export const consultationRowSchema = z.object(rowContent);
export type ConsultationRow = z.infer<typeof consultationRowSchema>;
export const consultationsQuery = z.object({ list: z.enum(['current', 'closed']).default('current') });
export const consultationsSchema = z.object({ items: z.array(consultationRowSchema) });

export const opinionSchema = z.object({
  number: z.number().int(),
  accountId: uuidSchema,
  at: momentSchema,
  grade: gradeSchema,
  score: z.number().int(),
  marks: z.array(markSchema),
  conditionsNotMet: z.array(z.string()),
  note: z.string(),
  overrideReason: z.string().nullable(),
});
export type ConsultationOpinion = z.infer<typeof opinionSchema>;

/** One consultation; opinions, names and earlier readings stay away until every judge has judged. */
export const consultationSchema = z.object({
  ...rowContent,
  chairName: z.string().nullable(),
  convenedAt: momentSchema.nullable(),
  openedAt: momentSchema.nullable(),
  closedAt: momentSchema.nullable(),
  closeReason: z.string(),
  conclusion: z.string(),
  accessionNumber: z.string().nullable(),
  mayConvene: z.boolean(),
  list: z.array(
    z.object({
      number: z.number().int(),
      filmId: uuidSchema,
      positionCode: z.string().nullable(),
      laterality: z.string().nullable(),
      description: z.string(),
      /** The viewer has judged it. */
      isJudged: z.boolean(),
      gradeBefore: gradeSchema.nullable(),
      /** Earlier readings, once the opinions are open; without names. */
      earlier: z.array(readingSchema),
      signed: gradeSchema.nullable(),
      signedScore: z.number().int().nullable(),
      signedNote: z.string(),
    }),
  ),
  bench: z.array(
    z.object({
      accountId: uuidSchema,
      name: z.string(),
      post: z.string(),
      isChair: z.boolean(),
      hasJudged: z.boolean(),
      excusedAt: momentSchema.nullable(),
      excuse: z.string(),
    }),
  ),
  opinions: z.array(opinionSchema),
  notes: z.array(z.object({ name: z.string(), text: z.string(), at: momentSchema })),
  signatures: z.array(
    z.object({ name: z.string(), signs: z.enum(['opinion', 'outcome']), at: momentSchema, digest: z.string() }),
  ),
  history: z.array(z.object({ event: z.string(), name: z.string(), at: momentSchema })),
});
export type Consultation = z.infer<typeof consultationSchema>;

const questionSchema = z.string().trim().min(1).max(1000);
export const consultationRequest = z.object({
  examId: uuidSchema,
  filmIds: z.array(uuidSchema).min(1).max(20),
  question: questionSchema,
});
const benchContent = {
  chairAccountId: uuidSchema,
  judgeAccountIds: z.array(uuidSchema).min(1).max(20),
};
export const conveningRequest = z.object(benchContent);
/** An arbitration that goes to a consultation instead of a third reader. */
export const arbitrationConsultationRequest = z.object({
  taskId: uuidSchema,
  question: questionSchema,
  ...benchContent,
});
export const consultationReasonRequest = z.object({ reason: z.string().trim().min(1).max(500) });
export const excuseRequest = z.object({ accountId: uuidSchema, reason: z.string().trim().min(1).max(500) });
export const consultationNoteRequest = z.object({ text: z.string().trim().min(1).max(500) });

/** For which consultation or arbitration people are looked for. */
export const benchQuery = z
  .object({ consultationId: uuidSchema.optional(), taskId: uuidSchema.optional() })
  .refine(({ consultationId, taskId }) => (consultationId === undefined) !== (taskId === undefined));
export const benchPeopleSchema = z.object({
  items: z.array(
    z.object({
      accountId: uuidSchema,
      name: z.string(),
      post: z.string(),
      mayChair: z.boolean(),
      isMe: z.boolean(),
    }),
  ),
});
export type BenchPerson = z.infer<typeof benchPeopleSchema>['items'][number];

export const signatureRequest = z.object({
  conclusion: z.string().trim().min(1).max(2000),
  standardVersion: versionSchema,
  films: z
    .array(
      z.object({
        number: z.number().int().min(1),
        grade: gradeSchema,
        marks: z.array(markSchema).max(60),
        conditionsNotMet: z.array(z.string().max(40)).max(20),
        note: z.string().trim().max(1000),
        overrideReason: z.string().trim().max(500).default(''),
        reject: z
          .object({
            reasonCode: z.string().max(16),
            affectsDiagnosis: z.enum(['repeat', 'no-repeat']),
            /** The last four characters of the accession number (or of the study UID), typed again. */
            confirmation: z.string().max(16),
          })
          .nullable()
          .default(null),
      }),
    )
    .min(1)
    .max(20),
});
export type SignatureRequest = z.infer<typeof signatureRequest>;
export const consultationPrintQuery = z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') });
