import { z } from 'zod';
import { daySchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';

const minuteOfDay = z.number().int().min(0).max(1439).nullable();
const reviewers = z.number().int().min(0).max(100).nullable();
const holdMinutes = z.number().int().min(1).max(1440).nullable();
const outcome = {
  mode: z.enum(['until-graded', 'until-clear', 'review-afterwards', 'sampled']),
  holdMinutes,
  samplePercent: z.number().min(0).max(100).nullable(),
};

export const holdRuleSchema = z
  .object({
    name: z.string().trim().min(1).max(60),
    ...outcome,
    modalities: z.array(z.string().min(1).max(16)).max(20),
    deviceIds: z.array(uuidSchema).max(200),
    positionCodes: z.array(z.string().min(1).max(16)).max(100),
    patientSettings: z.array(z.enum(['unknown', 'outpatient', 'inpatient', 'emergency'])).max(4),
    weekdays: z.array(z.number().int().min(1).max(7)).max(7),
    fromMinute: minuteOfDay,
    toMinute: minuteOfDay,
    reviewersAtLeast: reviewers,
    reviewersAtMost: reviewers,
  })
  .refine((rule) => (rule.fromMinute === null) === (rule.toMinute === null), { message: 'both hours or neither' })
  .refine((rule) => rule.mode !== 'sampled' || rule.samplePercent !== null, { message: 'a share for a sampled hold' });

/** The hold and release policy: the first rule that fits decides, `otherwise` the rest. */
export const holdPolicySchema = z.object({
  rules: z.array(holdRuleSchema).max(50),
  otherwise: z.object(outcome),
  escalateMinutes: z.number().int().min(0).max(120),
  substitutes: z.array(uuidSchema).max(20),
  opening: z.object({
    absentMinutes: z.number().int().min(5).max(1440).nullable(),
    heldMax: z.number().int().min(1).max(10_000).nullable(),
    whenDegraded: z.boolean(),
    atLeastMinutes: z.number().int().min(1).max(240),
  }),
});
export type HoldPolicyContent = z.infer<typeof holdPolicySchema>;

export const holdPolicyVersionSchema = z.object({
  /** 0 is the product's default, which nobody published. */
  version: z.number().int().min(0),
  content: holdPolicySchema,
  note: z.string(),
  publishedAt: momentSchema.nullable(),
  publishedByName: z.string().nullable(),
});
export type HoldPolicyVersion = z.infer<typeof holdPolicyVersionSchema>;

/** Who may be called before a hold ends; `isActive` false: named by the policy, but the account is closed. */
export const substituteSchema = z.object({ accountId: uuidSchema, displayName: z.string(), isActive: z.boolean() });
export const substitutesSchema = z.object({ items: z.array(substituteSchema) });

export const publishHoldPolicyRequest = z.object({
  content: holdPolicySchema,
  note: z.string().trim().min(1).max(500),
  /** The version it was made from; another one in between is a conflict. */
  basedOn: z.number().int().min(0),
});

export const dryRunRequest = z.object({ content: holdPolicySchema, day: daySchema.optional() });
const waited = { exams: z.number().int(), medianMinutes: z.number().nullable(), longestMinutes: z.number().nullable() };
/** What would have been held on a day, for how long, had the policy ruled; the gate taken as never opening by itself. */
export const dryRunSchema = z.object({
  day: daySchema,
  exams: z.number().int(),
  held: z.object({ ...waited, unread: z.number().int() }),
  passed: z.array(z.object({ because: z.string(), exams: z.number().int() })),
  byRule: z.array(z.object({ rule: z.string(), held: z.number().int(), passed: z.number().int(), ...waited })),
  byDevice: z.array(
    z.object({ deviceName: z.string().nullable(), held: z.number().int(), passed: z.number().int(), ...waited }),
  ),
  longest: z.array(
    z.object({
      examId: uuidSchema,
      accessionNumber: z.string(),
      deviceName: z.string().nullable(),
      rule: z.string(),
      minutes: z.number(),
      isUnread: z.boolean(),
    }),
  ),
});
export type DryRun = z.infer<typeof dryRunSchema>;

export const gateOpeningSchema = z.object({
  because: z.enum(['reviewers-absent', 'degraded', 'queue-full']),
  openedAt: momentSchema,
  closedAt: momentSchema.nullable(),
  released: z.number().int(),
});

const streamMode = z.enum(['in-line', 'beside', 'fetch']);
const care = z.enum(['none', 'icu', 'intraoperative']);
/** One thing to be true before a device changes its way; `isMet` null: only a person can say so. */
export const streamCheckSchema = z.object({ code: z.string(), isMet: z.boolean().nullable() });
export const deviceStreamSchema = z.object({
  deviceId: uuidSchema,
  deviceName: z.string(),
  modality: z.string(),
  mode: streamMode,
  care,
  changedAt: momentSchema.nullable(),
  version: z.number().int().min(0),
});
export type DeviceStream = z.infer<typeof deviceStreamSchema>;
export const streamCheckListSchema = z.object({ mode: streamMode, checks: z.array(streamCheckSchema) });
export const streamCheckQuery = z.object({ mode: streamMode });
export const changeStreamRequest = z.object({
  mode: streamMode,
  care,
  /** Codes of the checks that the person has done. */
  confirmed: z.array(z.string().max(40)).max(20).default([]),
  version: z.union([versionSchema, z.literal(0)]),
});
