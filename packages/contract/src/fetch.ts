import { z } from 'zod';
import { aeTitleSchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';

/** A DICOM application that we call: for reports of storage commitment, and to fetch from. */
export const dicomApplicationSchema = z.object({
  aeTitle: aeTitleSchema,
  name: z.string().trim().max(100).default(''),
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  usesTls: z.boolean().default(false),
});
export type DicomApplication = z.infer<typeof dicomApplicationSchema>;

const planBase = {
  isEnabled: z.boolean().default(true),
  /** Hours of the day in the zone of the hospital; the first inside, the last outside, over midnight allowed. */
  fromHour: z.number().int().min(0).max(23).default(0),
  toHour: z.number().int().min(1).max(24).default(24),
  examsPerHour: z.number().int().min(1).max(1000).default(20),
  samplePercent: z.number().int().min(1).max(100).default(100),
  lookBackHours: z.number().int().min(1).max(720).default(24),
  version: versionSchema.optional(),
};
/** Where and when exams of a device are fetched; the device's way in the stream must be `fetch`. */
export const fetchPlanRequest = z.discriminatedUnion('kind', [
  z.object({ ...planBase, kind: z.literal('dimse'), aeTitle: aeTitleSchema }),
  z.object({ ...planBase, kind: z.literal('web'), url: z.url().max(500), secret: z.string().max(500).optional() }),
]);
export type FetchPlanRequest = z.infer<typeof fetchPlanRequest>;
export const fetchPlanSchema = z.object({
  deviceId: uuidSchema,
  deviceName: z.string(),
  kind: z.enum(['dimse', 'web']),
  aeTitle: z.string(),
  url: z.string(),
  hasSecret: z.boolean(),
  isEnabled: z.boolean(),
  fromHour: z.number().int(),
  toHour: z.number().int(),
  examsPerHour: z.number().int(),
  samplePercent: z.number().int(),
  lookBackHours: z.number().int(),
  lastLookAt: momentSchema.nullable(),
  lastAnswer: z.string(),
  version: versionSchema,
  /** Studies of the device in the archive, by what became of them. */
  counts: z.object({
    found: z.number().int(),
    notSampled: z.number().int(),
    fetched: z.number().int(),
    failed: z.number().int(),
  }),
});
export type FetchPlan = z.infer<typeof fetchPlanSchema>;
