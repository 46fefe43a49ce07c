import { z } from 'zod';
import { daySchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';

const shareSchema = z.number().min(0).max(1);

/** What is reviewed (抽样方案). */
export const samplingPlanSchema = z.object({
  scope: z.enum(['all', 'sample']),
  share: shareSchema,
  atLeast: z.number().int().min(0).max(1000),
  stratifyBy: z.array(z.enum(['technologist', 'device', 'position', 'shift'])).max(4),
  everyEmergency: z.boolean(),
  everyWithFinding: z.boolean(),
  notReviewedForDays: z.number().int().min(1).max(400).nullable(),
});

/** How the department reviews; every change is a new version. */
export const reviewPolicySchema = z.object({
  sampling: samplingPlanSchema,
  doubleReading: z.object({ secondShare: shareSchema, repeatShare: shareSchema }),
  arbitration: z.object({ gradeSteps: z.number().int().min(1).max(3), points: z.number().int().min(0).max(100) }),
  appealWindowDays: z.number().int().min(1).max(90),
  isBulkAllowed: z.boolean(),
  rollUp: z.enum(['worst', 'weighted']),
  minimumCount: z.number().int().min(5).max(1000),
});
export type ReviewPolicyContent = z.infer<typeof reviewPolicySchema>;
export const currentPolicySchema = z.object({
  version: versionSchema,
  effectiveFrom: momentSchema,
  changedBy: z.string().nullable(),
  content: reviewPolicySchema,
});
export type CurrentPolicy = z.infer<typeof currentPolicySchema>;
export const policyRequest = z.object({ content: reviewPolicySchema, basedOn: versionSchema });

export const stratumDrawSchema = z.object({
  stratum: z.string(),
  /** Names instead of identifiers, in the order of the plan's strata. */
  label: z.array(z.string()),
  candidates: z.number().int(),
  certain: z.number().int(),
  random: z.number().int(),
  /** Of the drawn ones, how many have been read by now: the quota. */
  read: z.number().int(),
});
export const drawSchema = z.object({
  drawId: uuidSchema,
  drawnAt: momentSchema,
  drawnBy: z.string().nullable(),
  fromDay: daySchema,
  toDay: daySchema,
  policyVersion: versionSchema,
  plan: samplingPlanSchema,
  seed: z.string(),
  candidateCount: z.number().int(),
  drawnCount: z.number().int(),
  readCount: z.number().int(),
  strata: z.array(stratumDrawSchema),
});
export type SamplingDraw = z.infer<typeof drawSchema>;
export const drawRequest = z
  .object({ fromDay: daySchema, toDay: daySchema })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, { path: ['toDay'] });
export const drawCheckSchema = z.object({ isRepeatable: z.boolean(), compared: z.number().int() });
export const samplingRateSchema = z.object({
  /** Share of 甲 and of 甲 + 乙 over all films of the days, from what was read. */
  isSampled: z.boolean(),
  films: z.number().int(),
  read: z.number().int(),
  notSampled: z.number().int(),
  missed: z.number().int(),
  late: z.number().int(),
  gradeA: z.object({ proportion: z.number(), lower: z.number(), upper: z.number() }).nullable(),
  gradeAOrB: z.object({ proportion: z.number(), lower: z.number(), upper: z.number() }).nullable(),
});
export type SamplingRate = z.infer<typeof samplingRateSchema>;
