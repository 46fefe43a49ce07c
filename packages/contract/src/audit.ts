import { z } from 'zod';
import { exportFormatSchema } from './exams.ts';
import { momentSchema, pageQuery, uuidSchema } from './primitives.ts';

export const auditEntrySchema = z.object({
  auditId: z.number().int(),
  at: momentSchema,
  accountId: uuidSchema.nullable(),
  actor: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  facts: z.record(z.string(), z.unknown()),
  isSealed: z.boolean(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditQuery = z.object({
  ...pageQuery,
  subjectKind: z.string().max(40).optional(),
  subjectId: z.string().max(100).optional(),
  accountId: uuidSchema.optional(),
  action: z.string().max(60).optional(),
});
export const auditExportQuery = auditQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: exportFormatSchema, locale: z.enum(['zh-CN', 'en']).default('zh-CN') });
/** The chain as verified now: how far it is sealed and the first entry that does not fit, if any. */
export const auditVerificationSchema = z.object({
  isIntact: z.boolean(),
  sealedCount: z.number().int(),
  unsealedCount: z.number().int(),
  firstBrokenAuditId: z.number().int().nullable(),
});
