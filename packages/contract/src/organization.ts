import { z } from 'zod';
import { aeTitleSchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';

const nameSchema = z.string().trim().min(1).max(100);

export const departmentSchema = z.object({ departmentId: uuidSchema, name: z.string() });
export const roomSchema = z.object({ roomId: uuidSchema, name: z.string(), departmentId: uuidSchema.nullable() });
export type Room = z.infer<typeof roomSchema>;
export const roomRequest = z.object({ name: nameSchema, departmentId: uuidSchema.nullable().default(null) });

export const staffSchema = z.object({
  staffId: uuidSchema,
  staffNumber: z.string(),
  name: z.string(),
  namePinyin: z.string(),
  post: z.string(),
  isActive: z.boolean(),
});
export type Staff = z.infer<typeof staffSchema>;
export const staffRequest = z.object({
  staffNumber: z.string().trim().min(1).max(40),
  name: nameSchema,
  post: z.string().trim().max(60).default(''),
  isActive: z.boolean().default(true),
});

export const priorityClassSchema = z.enum(['routine', 'emergency']);
export const deviceSchema = z.object({
  deviceId: uuidSchema,
  name: z.string(),
  modality: z.string(),
  aeTitle: z.string(),
  stationName: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  serialNumber: z.string(),
  roomId: uuidSchema.nullable(),
  ownerStaffId: uuidSchema.nullable(),
  priorityClass: priorityClassSchema.nullable(),
  holdMinutes: z.number().int().nullable(),
  isNamed: z.boolean(),
  firstSeenAt: momentSchema,
  lastSeenAt: momentSchema.nullable(),
  version: versionSchema,
});
export type Device = z.infer<typeof deviceSchema>;
/** Naming a device: until a person has done it, nothing it sends is ever held. */
export const deviceRequest = z.object({
  name: nameSchema,
  modality: z.string().trim().max(16).default(''),
  /** Empty only for a device that is known from files alone. */
  aeTitle: z.union([aeTitleSchema, z.literal('')]),
  stationName: z.string().trim().max(64).default(''),
  roomId: uuidSchema.nullable().default(null),
  ownerStaffId: uuidSchema.nullable().default(null),
  priorityClass: priorityClassSchema.nullable().default(null),
  holdMinutes: z.number().int().min(1).max(1440).nullable().default(null),
  version: versionSchema.optional(),
});

/** Settings of the hospital; each has a default beside the code that reads it. */
export const hospitalSettingsSchema = z.object({
  callerPolicy: z.enum(['accept-and-list', 'refuse-unknown']),
  /** Quiet seconds after the last object until an exam is ready for review. */
  quietSeconds: z.number().int().min(5).max(3600),
  holdMinutes: z.number().int().min(1).max(1440),
  watchedFolder: z.string().max(500),
  /** When a modality is told that it may delete its copy; `durable-here` when nothing is said. */
  commitmentPolicy: z.enum(['durable-here', 'confirmed-by-pacs']).optional(),
});
export type HospitalSettings = z.infer<typeof hospitalSettingsSchema>;

/** A zone of the IANA database, as the runtime knows it. */
const timeZoneSchema = z
  .string()
  .min(1)
  .max(60)
  .refine(isTimeZone, { message: 'an IANA time zone, such as Asia/Shanghai' });

export const setUpRequest = z.object({
  hospitalName: nameSchema,
  hospitalNameEn: z.string().trim().max(100).default(''),
  departmentName: nameSchema,
  timeZone: timeZoneSchema.default('Asia/Shanghai'),
  /** Everything here is made by the virtual modality; every page says so. */
  isDemo: z.boolean().default(false),
  device: deviceRequest
    .omit({ roomId: true, ownerStaffId: true, version: true })
    .extend({ roomName: z.string().trim().max(100).default('') })
    .nullable(),
});

/** What the hospital is called and where its clock stands. */
export const hospitalRequest = z.object({
  name: nameSchema,
  nameEn: z.string().trim().max(100).default(''),
  timeZone: timeZoneSchema,
});

export const operatorNameSchema = z.object({
  operatorName: z.string(),
  staffId: uuidSchema.nullable(),
  examCount: z.number().int(),
});
export const mapOperatorRequest = z.object({ operatorName: z.string().min(1).max(200), staffId: uuidSchema });

/** What a modality must be told to reach us. */
export const connectionSchema = z.object({
  aeTitle: z.string(),
  host: z.string(),
  port: z.number().int(),
  dicomweb: z.string(),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
