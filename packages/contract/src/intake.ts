import { z } from 'zod';
import { momentSchema, pageQuery, uuidSchema } from './primitives.ts';

export const doorSchema = z.enum(['dimse', 'stow', 'upload', 'folder', 'import']);
export const quarantineStateSchema = z.enum(['waiting', 'registered', 'dismissed']);
export const quarantinedObjectSchema = z.object({
  objectId: z.string(),
  reasonCode: z.string(),
  reason: z.string(),
  sizeBytes: z.number().int(),
  door: doorSchema,
  callingAeTitle: z.string(),
  remoteAddress: z.string(),
  fileName: z.string(),
  receivedAt: momentSchema,
  state: quarantineStateSchema,
  decidedAt: momentSchema.nullable(),
  decidedByName: z.string().nullable(),
  decisionNote: z.string().nullable(),
});
export type QuarantinedObject = z.infer<typeof quarantinedObjectSchema>;
export const quarantineQuery = z.object({ ...pageQuery, state: quarantineStateSchema.optional() });
export const quarantineDismissRequest = z.object({ note: z.string().trim().min(1).max(500) });
export const quarantineRetryResponse = z.object({
  outcome: z.enum(['registered', 'duplicate', 'conflict', 'quarantined']),
  reason: z.string().nullable(),
});
/** The first bytes and what could be read, to look at without a DICOM tool. */
export const quarantineContentSchema = z.object({
  hex: z.string(),
  elements: z.array(z.object({ tag: z.string(), keyword: z.string(), vr: z.string(), value: z.string() })),
  stoppedBecause: z.string().nullable(),
});

export type QuarantinedContent = z.infer<typeof quarantineContentSchema>;

export const conflictSchema = z.object({
  objectId: z.string(),
  sopInstanceUid: z.string(),
  heldObjectId: z.string().nullable(),
  examId: uuidSchema.nullable(),
  receivedAt: momentSchema,
  callingAeTitle: z.string(),
  seenAt: momentSchema.nullable(),
});

export const startUploadResponse = z.object({ uploadId: uuidSchema });
/** `fileKey` is chosen by the client (name, size, time of change), so that after a break it can ask what has arrived. */
export const uploadFileSchema = z.object({
  fileKey: z.string(),
  fileName: z.string(),
  outcome: z.enum(['received', 'duplicate', 'conflict', 'quarantined', 'archive']),
  reason: z.string().nullable(),
  objects: z.number().int(),
});
export const uploadSchema = z.object({ uploadId: uuidSchema, files: z.array(uploadFileSchema) });
export type UploadFile = z.infer<typeof uploadFileSchema>;
