import { z } from 'zod';
import { momentSchema, pageQuery, uuidSchema } from './primitives.ts';

/** What one archive is told of rejected objects. */
export const rejectionSchema = z.object({
  rejectionId: uuidSchema,
  examId: uuidSchema,
  accessionNumber: z.string(),
  modality: z.string(),
  description: z.string(),
  destinationId: uuidSchema,
  destinationName: z.string(),
  title: z.enum(['quality', 'safety', 'worklist', 'revoke']),
  reasonCode: z.string(),
  state: z.enum(['queued', 'sending', 'failed', 'refused', 'sent', 'hidden', 'visible', 'task', 'done', 'taken-back']),
  objects: z.number().int(),
  /** Of them, how many a search at the archive still found; null when it was not asked. */
  stillVisible: z.number().int().nullable(),
  attempts: z.number().int(),
  nextAttemptAt: momentSchema.nullable(),
  answerCode: z.string().nullable(),
  answerText: z.string().nullable(),
  madeAt: momentSchema,
  sentAt: momentSchema.nullable(),
  closedAt: momentSchema.nullable(),
  closeNote: z.string().nullable(),
});
export type Rejection = z.infer<typeof rejectionSchema>;
export const rejectionQuery = z.object({
  ...pageQuery,
  list: z.enum(['open', 'for-a-person', 'all']).default('open'),
  examId: uuidSchema.optional(),
});

/** With everything that the archive's administrator needs to do it by hand. */
export const rejectionDetailSchema = rejectionSchema.extend({
  studyInstanceUid: z.string(),
  patientName: z.string(),
  patientId: z.string(),
  aeTitle: z.string(),
  noteSopInstanceUid: z.string().nullable(),
  /** What was corrected, where that is why; a person who does it by hand needs both. */
  correction: z
    .object({ before: z.record(z.string(), z.unknown()), after: z.record(z.string(), z.unknown()) })
    .nullable(),
  instances: z.array(
    z.object({
      sopInstanceUid: z.string(),
      seriesInstanceUid: z.string(),
      seriesDescription: z.string(),
      instanceNumber: z.number().int().nullable(),
    }),
  ),
});
export type RejectionDetail = z.infer<typeof rejectionDetailSchema>;
export const rejectionActRequest = z.object({
  event: z.enum(['retried', 'done-by-hand']),
  note: z.string().trim().max(500).default(''),
});

/** What rejecting a film would do: which objects are hidden where, and who has looked at them. */
export const rejectionPreviewSchema = z.object({
  examId: uuidSchema,
  rejected: z.number().int(),
  unaffected: z.number().int(),
  objects: z.array(
    z.object({
      sopInstanceUid: z.string(),
      seriesDescription: z.string(),
      instanceNumber: z.number().int().nullable(),
    }),
  ),
  destinations: z.array(
    z.object({
      destinationId: uuidSchema,
      name: z.string(),
      recipe: z.enum(['note', 'task']),
      undo: z.enum(['resend', 'revoke-note']),
      isDown: z.boolean(),
      /** Objects that the archive has and is told to hide. */
      hidden: z.number().int(),
      /** Objects of the exam that it has and goes on showing. */
      staying: z.number().int(),
    }),
  ),
  openedBy: z.array(z.object({ name: z.string(), at: momentSchema })),
});
export type RejectionPreview = z.infer<typeof rejectionPreviewSchema>;
