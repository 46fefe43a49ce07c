import { z } from 'zod';
import { momentSchema, pageQuery, uidSchema, uuidSchema } from './primitives.ts';

export const correctionKindSchema = z.enum(['patient', 'merge', 'move', 'side']);
export const correctionStateSchema = z.enum(['proposed', 'in-force', 'refused', 'undone']);
export const archiveRecipeSchema = z.enum(['follow', 'note', 'task', 'none']);
export const sideSchema = z.enum(['L', 'R', 'B', 'U']);

/** Whose an exam is: the name as DICOM writes it, components between carets. */
export const identitySchema = z.object({
  dicomPatientId: z.string(),
  issuer: z.string(),
  patientName: z.string(),
  sex: z.string().nullable(),
  /** YYYY-MM-DD. */
  birthDate: z.string().nullable(),
  accessionNumber: z.string(),
});
export type Identity = z.infer<typeof identitySchema>;

/** What a copy says in the place of the device's values; null where it says the same. */
export const copyFactsSchema = z.object({
  identity: identitySchema.nullable(),
  /** Another person than the device said: what else the head tells of that person is left out of the copy. */
  isOtherPerson: z.boolean(),
  studyInstanceUid: z.string().nullable(),
  /** Series and objects get UIDs of their own together with their study. */
  renewsSeries: z.boolean(),
  side: sideSchema.nullable(),
});
export type CopyFacts = z.infer<typeof copyFactsSchema>;

const reasonSchema = z.string().trim().min(2).max(500);
const identityRequest = z.object({
  dicomPatientId: z.string().trim().min(1).max(64),
  issuer: z.string().trim().max(64).default(''),
  patientName: z.string().trim().min(1).max(200),
  sex: z.enum(['M', 'F', 'O']).nullable().default(null),
  birthDate: z.iso.date().nullable().default(null),
  accessionNumber: z.string().trim().max(16).default(''),
});
const objects = z.array(uidSchema).min(1).max(10_000);

/** What is wrong with an exam, and what is right. */
export const correctionRequest = z.object({
  /** Version of the exam that the person has seen. */
  examVersion: z.number().int().min(1),
  reason: reasonSchema,
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('patient'), identity: identityRequest }),
    z.object({
      kind: z.literal('move'),
      instanceUids: objects,
      to: z.discriminatedUnion('exam', [
        z.object({ exam: z.literal('other'), examId: uuidSchema }),
        z.object({ exam: z.literal('new'), identity: identityRequest }),
      ]),
    }),
    z.object({ kind: z.literal('side'), instanceUids: objects, side: sideSchema }),
  ]),
});
export type CorrectionRequest = z.infer<typeof correctionRequest>;
export type CorrectionChange = CorrectionRequest['change'];
export const correctionReasonRequest = z.object({ reason: reasonSchema });
export const correctionDecisionRequest = z.object({
  event: z.enum(['signed', 'refused']),
  note: z.string().trim().max(500).default(''),
});

/** What one archive will be told and given. */
export const correctionEffectSchema = z.object({
  destinationId: uuidSchema,
  name: z.string(),
  recipe: archiveRecipeSchema,
  /** Whether the archive understands notes; otherwise hiding is a person's task there. */
  takesNotes: z.boolean(),
  title: z.enum(['worklist', 'safety']),
  isDown: z.boolean(),
  /** Objects that it has under the old values. */
  there: z.number().int(),
  /** Copies that it will be sent. */
  copies: z.number().int(),
});
export const correctionPreviewSchema = z.object({
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  objects: z.number().int(),
  /** Objects of the exam that stay as they are. */
  unaffected: z.number().int(),
  /** Films of these objects that are graded; their grades stay. */
  gradedFilms: z.number().int(),
  isHeld: z.boolean(),
  needsSecondSignature: z.boolean(),
  destinations: z.array(correctionEffectSchema),
  openedBy: z.array(z.object({ name: z.string(), at: momentSchema })),
});
export type CorrectionPreview = z.infer<typeof correctionPreviewSchema>;

export const correctionSchema = z.object({
  correctionId: uuidSchema,
  kind: correctionKindSchema,
  source: z.enum(['person', 'hl7']),
  examId: uuidSchema,
  targetExamId: uuidSchema.nullable(),
  accessionNumber: z.string(),
  modality: z.string(),
  description: z.string(),
  instanceUids: z.array(z.string()),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  reason: z.string(),
  undoes: uuidSchema.nullable(),
  state: correctionStateSchema,
  proposedAt: momentSchema,
  proposedByName: z.string().nullable(),
  decidedAt: momentSchema.nullable(),
  decidedByName: z.string().nullable(),
  decideNote: z.string(),
  /** Whether the one who asks may sign it. */
  maySign: z.boolean(),
});
export type Correction = z.infer<typeof correctionSchema>;
export const correctionQuery = z.object({
  ...pageQuery,
  list: z.enum(['open', 'all']).default('all'),
  examId: uuidSchema.optional(),
});

export const correctionPolicySchema = z.object({
  needsSecondSignature: z.boolean(),
  merge: z.enum(['propose', 'automatic']),
});
export type CorrectionPolicyValues = z.infer<typeof correctionPolicySchema>;
export const destinationRecipeSchema = z.object({
  destinationId: uuidSchema,
  name: z.string(),
  correction: z.enum(['follow', 'note', 'task']),
  merge: archiveRecipeSchema,
});
export const correctionRulesSchema = z.object({
  policy: correctionPolicySchema,
  destinations: z.array(destinationRecipeSchema),
});
export type CorrectionRules = z.infer<typeof correctionRulesSchema>;
export const correctionRulesRequest = z.object({
  policy: correctionPolicySchema,
  destinations: z.array(destinationRecipeSchema.omit({ name: true })).max(100),
});
/** What the device itself said of one object, and what stands now. */
export const originalFactsSchema = z.object({
  sopInstanceUid: uidSchema,
  original: z.record(z.string(), z.string()),
  corrected: z.record(z.string(), z.string()),
  copySopInstanceUid: z.string(),
  copyStudyInstanceUid: z.string(),
  sha256: z.string(),
});
export type OriginalFacts = z.infer<typeof originalFactsSchema>;
