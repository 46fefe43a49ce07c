import { z } from 'zod';
import { commaList, gradeSchema, momentSchema, pageQuery, uuidSchema, versionSchema } from './primitives.ts';

export const teachingCaseStateSchema = z.enum(['requested', 'failed', 'prepared', 'confirmed', 'refused']);
const share = z.number().min(0).max(1);
/** A rectangle of the picture as shares of its width and height. */
export const pictureRegionSchema = z.object({ x: share, y: share, width: share, height: share });
const titleSchema = z.string().trim().max(120);
const explanationSchema = z.string().trim().max(4000);
const tagsSchema = z.array(z.string().trim().min(1).max(40)).max(20);

const cleaning = {
  /** `moved`: by one random number of days for the case; times go in both. */
  dates: z.enum(['removed', 'moved']).default('removed'),
  /** Sex, age, size and weight stay. */
  keepsCharacteristics: z.boolean().default(false),
  masksCorners: z.boolean().default(true),
  regions: z.array(pictureRegionSchema).max(20).default([]),
};

export const teachingCaseRequest = z.object({
  filmId: uuidSchema,
  title: titleSchema.default(''),
  explanation: explanationSchema.default(''),
  tags: tagsSchema.default([]),
  ...cleaning,
});
export const teachingCleaningRequest = z.object({ ...cleaning, version: versionSchema });
export const teachingWordsRequest = z.object({
  title: titleSchema,
  explanation: explanationSchema,
  tags: tagsSchema,
  version: versionSchema,
});
/** The person says that they looked at every picture and found nothing of the patient. */
export const teachingDecisionRequest = z.object({
  decision: z.enum(['confirmed', 'refused']),
  sawPictures: z.boolean(),
  version: versionSchema,
});

export const teachingCaseRowSchema = z.object({
  caseId: uuidSchema,
  code: z.string(),
  state: teachingCaseStateSchema,
  title: z.string(),
  tags: z.array(z.string()),
  modality: z.string(),
  positionCode: z.string().nullable(),
  laterality: z.string().nullable(),
  /** Null, as are the defects, while the viewer has the case unanswered in an open quiz. */
  grade: gradeSchema.nullable(),
  defects: z.array(z.string()),
  isFromMeeting: z.boolean(),
  imageCount: z.number().int(),
  requestedAt: momentSchema,
  version: versionSchema,
});
export type TeachingCaseRow = z.infer<typeof teachingCaseRowSchema>;

export const teachingReportSchema = z.object({
  profile: z.string(),
  /** Values of the original's identity that were looked for. */
  sought: z.number().int(),
  /** Kinds of the values that are still there, and in which element; empty is what is wanted. */
  found: z.array(z.object({ kind: z.string(), element: z.string().nullable() })),
  /** Elements that were left out because they named the patient. */
  scrubbed: z.array(z.string()),
  /** Why a file could not be made: an error code. */
  failure: z.string().nullable(),
});
export type TeachingReport = z.infer<typeof teachingReportSchema>;

export const teachingCaseSchema = teachingCaseRowSchema.extend({
  /** Null unless the viewer manages the teaching file. */
  filmId: uuidSchema.nullable(),
  explanation: z.string(),
  score: z.number().int().nullable(),
  criteria: z.record(z.string(), z.string()),
  places: z.array(z.unknown()),
  isUnanswered: z.boolean(),
  dates: z.enum(['removed', 'moved']),
  keepsCharacteristics: z.boolean(),
  masksCorners: z.boolean(),
  regions: z.array(pictureRegionSchema),
  report: teachingReportSchema.nullable(),
  confirmedByName: z.string().nullable(),
  confirmedAt: momentSchema.nullable(),
  images: z.array(
    z.object({
      number: z.number().int(),
      rows: z.number().int(),
      columns: z.number().int(),
      numberOfFrames: z.number().int(),
      sizeBytes: z.number().int(),
      sopInstanceUid: z.string(),
      sha256: z.string(),
    }),
  ),
  collections: z.array(z.object({ collectionId: uuidSchema, name: z.string() })),
});
export type TeachingCase = z.infer<typeof teachingCaseSchema>;

export const teachingCaseQuery = z.object({
  ...pageQuery,
  text: z.string().trim().max(100).optional(),
  state: commaList(teachingCaseStateSchema).optional(),
  grade: commaList(gradeSchema).optional(),
  position: z.string().max(64).optional(),
  defect: z.string().max(16).optional(),
  tag: z.string().max(40).optional(),
  collectionId: uuidSchema.optional(),
});
export type TeachingCaseQuery = z.infer<typeof teachingCaseQuery>;

export const teachingCollectionRequest = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(500).default(''),
});
export const teachingCollectionSchema = z.object({
  collectionId: uuidSchema,
  name: z.string(),
  description: z.string(),
  caseCount: z.number().int(),
  createdAt: momentSchema,
});
export type TeachingCollection = z.infer<typeof teachingCollectionSchema>;
export const teachingCollectionsSchema = z.object({ items: z.array(teachingCollectionSchema) });

export const teachingAnswerRequest = z.object({
  caseId: uuidSchema,
  grade: gradeSchema,
  defects: z.array(z.string().max(16)).max(50),
});
export const teachingAnswerSchema = z.object({
  caseId: uuidSchema,
  grade: gradeSchema,
  defects: z.array(z.string()),
  /** What the teaching file says. */
  reference: z.object({ grade: gradeSchema, defects: z.array(z.string()), explanation: z.string() }),
  found: z.array(z.string()),
  missed: z.array(z.string()),
  extra: z.array(z.string()),
  points: z.number().int(),
});
export type TeachingAnswer = z.infer<typeof teachingAnswerSchema>;
export const teachingAttemptRowSchema = z.object({
  attemptId: uuidSchema,
  personName: z.string(),
  isOwn: z.boolean(),
  collectionName: z.string(),
  startedAt: momentSchema,
  finishedAt: momentSchema.nullable(),
  answered: z.number().int(),
  cases: z.number().int(),
  /** Mean of the answered cases, 0 to 100; null before the first. For training only, never for pay. */
  points: z.number().int().nullable(),
});
export type TeachingAttemptRow = z.infer<typeof teachingAttemptRowSchema>;
export const teachingAttemptsSchema = z.object({ items: z.array(teachingAttemptRowSchema) });
export const teachingAttemptSchema = teachingAttemptRowSchema.extend({
  caseIds: z.array(uuidSchema),
  answers: z.array(teachingAnswerSchema),
});
export type TeachingAttempt = z.infer<typeof teachingAttemptSchema>;
