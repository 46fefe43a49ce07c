import { z } from 'zod';
import { gradeSchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';

const localText = z.object({ zh: z.string().max(300), en: z.string().max(300) });
const sourced = { source: z.string().max(100), verified: z.boolean() };
const sourcedSchema = z.object(sourced);
const code = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[A-Za-z0-9_-]+$/);
const goodGrade = z.enum(['A', 'B', 'C']);
const points = z.number().int().min(0).max(1000);

/** The whole content of a review standard (rules: ReviewStandard); what makes sense of it is checked by the rules. */
export const reviewStandardSchema = z.object({
  id: code,
  version: versionSchema,
  name: localText,
  gradeNames: z.partialRecord(gradeSchema, localText).optional(),
  startScore: z.number().int().min(1).max(100),
  scale: z
    .array(z.object({ grade: goodGrade, atLeast: points }))
    .min(1)
    .max(3),
  scaleSource: sourcedSchema,
  conditionFailPoints: z.number().int().min(1).max(1000),
  conditionFailPointsSource: sourcedSchema,
  conditionScale: z
    .array(z.object({ grade: goodGrade, atMostNotMet: z.number().int().min(0).max(50) }))
    .min(1)
    .max(3),
  conditionScaleSource: sourcedSchema,
  conditions: z
    .array(
      z.object({
        ...sourced,
        code,
        kind: z.enum(['basic', 'general']),
        name: localText,
        items: z.array(localText).max(20),
      }),
    )
    .max(50),
  deductions: z
    .array(
      z.object({
        ...sourced,
        code,
        name: localText,
        key: z.string().regex(/^[0-9A-Z]$/),
        group: z.enum(['position', 'image-quality', 'artefact', 'annotation', 'veto']),
        condition: code,
        steps: z.array(points).max(5),
        stepNames: z.array(localText).max(5).optional(),
        cap: gradeSchema.optional(),
        capAtStep: z.object({ step: z.number().int().min(1).max(5), cap: gradeSchema }).optional(),
        veto: z.literal(true).optional(),
        appliesTo: z
          .array(z.enum(['projection', 'cross-sectional']))
          .min(1)
          .max(2),
      }),
    )
    .max(100),
  rejectReasons: z
    .array(
      z.object({
        code,
        meaning: z.string().max(100),
        name: localText,
        group: z.enum(['positioning', 'exposure', 'motion', 'artefact', 'equipment', 'processing', 'other']),
      }),
    )
    .max(60),
});

export type StandardContent = z.infer<typeof reviewStandardSchema>;

/** A published version; `isCurrent` for the one in force now. */
export const standardVersionSchema = z.object({
  version: versionSchema,
  name: localText,
  effectiveFrom: momentSchema,
  publishedAt: momentSchema,
  publishedByName: z.string().nullable(),
  note: z.string(),
  isCurrent: z.boolean(),
});
export type StandardVersion = z.infer<typeof standardVersionSchema>;

const faultSchema = z.object({ reason: z.string(), at: z.string() });
const changeSchema = z.object({ at: z.string(), before: z.unknown().optional(), after: z.unknown().optional() });

export const standardDraftSchema = z.object({
  draftId: uuidSchema,
  basedOnVersion: versionSchema,
  content: reviewStandardSchema,
  version: versionSchema,
  changedAt: momentSchema,
  changedByName: z.string().nullable(),
  /** What stands in the way of publishing. */
  faults: z.array(faultSchema),
  /** Against the version it was begun from. */
  changes: z.array(changeSchema),
});
export type StandardDraft = z.infer<typeof standardDraftSchema>;

export const standardTemplateSchema = z.enum(['default', 'five-conditions', 'three-grade', 'excellent-good']);
/** A copy of the version it will be held against, or the content of a ready-made standard. */
export const beginDraftRequest = z.object({
  basedOnVersion: versionSchema,
  template: standardTemplateSchema.optional(),
});
export const saveDraftRequest = z.object({ version: versionSchema, content: reviewStandardSchema });
export const publishDraftRequest = z.object({
  version: versionSchema,
  /** Absent: at once. Never in the past: a reading keeps the standard it was made by. */
  effectiveFrom: momentSchema.optional(),
  note: z.string().trim().max(1000).default(''),
});
export const compareStandardsQuery = z.object({
  one: z.coerce.number().int().min(1),
  other: z.coerce.number().int().min(1),
});
export const bookletQuery = z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') });
export const standardComparisonSchema = z.object({ changes: z.array(changeSchema) });

/** Past readings graded again by a draft: how many would move, and where. */
const movesSchema = z.object({
  readings: z.number().int(),
  before: z.partialRecord(gradeSchema, z.number().int()),
  after: z.partialRecord(gradeSchema, z.number().int()),
  better: z.number().int(),
  stricter: z.number().int(),
});
export const standardSimulationSchema = z.object({
  from: momentSchema,
  to: momentSchema,
  all: movesSchema,
  devices: z.array(movesSchema.extend({ deviceId: uuidSchema.nullable(), name: z.string() })),
  positions: z.array(movesSchema.extend({ positionCode: z.string().nullable() })),
  /** How many films go from which grade to which; those that stay are in it too. */
  moves: z.array(z.object({ before: gradeSchema, after: gradeSchema, films: z.number().int() })),
  /** Readings with a mark that the draft does not have. */
  partial: z.number().int(),
  /** Films whose grade would move, the first hundred. */
  films: z.array(z.object({ filmId: uuidSchema, before: gradeSchema, after: gradeSchema })),
});
export type StandardSimulation = z.infer<typeof standardSimulationSchema>;
export const simulationQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(31) });
