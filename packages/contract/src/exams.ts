import { z } from 'zod';
import {
  commaList,
  daySchema,
  gradeSchema,
  momentSchema,
  pageQuery,
  uidSchema,
  uuidSchema,
  versionSchema,
} from './primitives.ts';

export const examStateSchema = z.enum(['receiving', 'ready']);
export const gateStateNames = ['none', 'held', 'released', 'returned'] as const;
export const prioritySchema = z.enum(['unknown', 'routine', 'emergency']);

export const examRowSchema = z.object({
  examId: uuidSchema,
  studyInstanceUid: uidSchema,
  accessionNumber: z.string(),
  patientName: z.string(),
  dicomPatientId: z.string(),
  patientSex: z.string().nullable(),
  patientAge: z.string(),
  modality: z.string(),
  description: z.string(),
  bodyPart: z.string(),
  /** Position codes of the exam's films, in order. */
  positionCodes: z.array(z.string()),
  examAt: momentSchema,
  examAtIsKnown: z.boolean(),
  deviceId: uuidSchema.nullable(),
  deviceName: z.string().nullable(),
  roomName: z.string().nullable(),
  operatorName: z.string(),
  technologistId: uuidSchema.nullable(),
  technologistName: z.string().nullable(),
  priority: prioritySchema,
  state: examStateSchema,
  reopenedAt: momentSchema.nullable(),
  seriesCount: z.number().int(),
  instanceCount: z.number().int(),
  gateState: z.string(),
  holdUntil: momentSchema.nullable(),
  filmCount: z.number().int(),
  gradedCount: z.number().int(),
  worstGrade: gradeSchema.nullable(),
  /** What stands beside the device's word, and that word; null when nothing was corrected. */
  correction: z
    .object({
      kinds: z.array(z.string()),
      originalPatientName: z.string().nullable(),
      originalPatientId: z.string().nullable(),
      originalAccessionNumber: z.string().nullable(),
    })
    .nullable(),
});
export type ExamRow = z.infer<typeof examRowSchema>;

export const examQuery = z.object({
  ...pageQuery,
  from: daySchema.optional(),
  to: daySchema.optional(),
  text: z.string().trim().max(100).optional(),
  modality: commaList(z.string().max(16)).optional(),
  deviceId: commaList(uuidSchema).optional(),
  state: examStateSchema.optional(),
  technologistId: uuidSchema.optional(),
});
export type ExamQuery = z.infer<typeof examQuery>;
export const exportFormatSchema = z.enum(['csv', 'xlsx']);

export const instanceSchema = z.object({
  sopInstanceUid: uidSchema,
  sopClassUid: uidSchema,
  instanceNumber: z.number().int().nullable(),
  isImage: z.boolean(),
  numberOfFrames: z.number().int(),
  objectId: z.string(),
  receivedAt: momentSchema,
  sha256: z.string(),
  sizeBytes: z.number().int(),
  transferSyntaxUid: z.string(),
  conflictCount: z.number().int(),
});
export const seriesSchema = z.object({
  seriesInstanceUid: uidSchema,
  modality: z.string(),
  seriesNumber: z.number().int().nullable(),
  description: z.string(),
  protocolName: z.string(),
  bodyPart: z.string(),
  instances: z.array(instanceSchema),
  instanceCount: z.number().int(),
});
export const examEventSchema = z.object({
  at: momentSchema,
  event: z.string(),
  facts: z.record(z.string(), z.unknown()),
  actorName: z.string().nullable(),
});
export const examDetailSchema = z.object({
  exam: examRowSchema.extend({
    version: versionSchema,
    institutionName: z.string(),
    oddities: z.array(z.object({ keyword: z.string(), reason: z.string() })),
  }),
  series: z.array(seriesSchema),
  events: z.array(examEventSchema),
});
export type ExamDetail = z.infer<typeof examDetailSchema>;
export const technologistRequest = z.object({ staffId: uuidSchema.nullable(), remember: z.boolean().default(true) });
export const examSeriesQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});
