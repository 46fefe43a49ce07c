import { z } from 'zod';
import { momentSchema, pageQuery, uuidSchema, versionSchema } from './primitives.ts';

/** What can go wrong besides the picture itself. */
export const incidentKinds = [
  'wrong-patient',
  'wrong-side',
  'wrong-part',
  'missing-view',
  'extravasation',
  'allergy',
  'fall',
  'dose-alert',
  'data-loss',
  'other',
] as const;
const kind = z.enum(incidentKinds);
export type IncidentKind = z.infer<typeof kind>;
/** I the gravest, IV the lightest. */
const severity = z.number().int().min(1).max(4);

export const incidentSchema = z.object({
  incidentId: uuidSchema,
  kind,
  severity: severity.nullable(),
  happenedAt: momentSchema,
  openedAt: momentSchema,
  /** Null when a veto of a reading opened it. */
  openedByName: z.string().nullable(),
  examId: uuidSchema.nullable(),
  filmId: uuidSchema.nullable(),
  accessionNumber: z.string(),
  description: z.string(),
  followUp: z.string(),
  closedAt: momentSchema.nullable(),
  closedByName: z.string().nullable(),
  version: versionSchema,
});
export type Incident = z.infer<typeof incidentSchema>;
export const incidentQuery = z.object({ ...pageQuery, state: z.enum(['open', 'closed']).optional() });
export const openIncidentRequest = z.object({
  kind,
  severity,
  happenedAt: momentSchema,
  examId: uuidSchema.optional(),
  description: z.string().trim().min(1).max(2000),
});
export const followIncidentRequest = z.object({
  version: versionSchema,
  severity,
  description: z.string().trim().max(2000),
  followUp: z.string().trim().max(2000),
  isClosed: z.boolean(),
});
export const incidentExportQuery = z.object({
  format: z.enum(['csv', 'xlsx']),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
