import { z } from 'zod';
import { daySchema, pageQuery, uuidSchema } from './primitives.ts';

const span = { from: daySchema, to: daySchema };
export const rateQuery = z.object({
  ...span,
  by: z.enum(['total', 'reason', 'technologist', 'device', 'position', 'hour']).default('total'),
});
/** A proportion with its 95 % interval (Wilson); null when there is nothing to divide by. */
const intervalSchema = z.object({ proportion: z.number(), lower: z.number(), upper: z.number() }).nullable();
const rateSchema = z.object({
  /** Empty for the total, null where the group is not known. */
  key: z.string().nullable(),
  exposures: z.number().int(),
  rejected: z.number().int(),
  repeats: z.number().int(),
  /** Of them, those of which only a dose report tells (130503, 128551). */
  reportedRejects: z.number().int(),
  reportedRepeats: z.number().int(),
  rejectRate: intervalSchema,
  repeatRate: intervalSchema,
  isTooFew: z.boolean(),
});

/** Rejected exposures and repeats over all exposures of patients. */
export const rejectRatesSchema = z.object({
  ...span,
  by: z.enum(['total', 'reason', 'technologist', 'device', 'position', 'hour']),
  /** Below so many exposures a rate says little. */
  minimum: z.number().int(),
  total: rateSchema,
  groups: z.array(rateSchema),
});
export type RejectRates = z.infer<typeof rejectRatesSchema>;

export const spanQuery = z.object({ ...pageQuery, ...span });
/** An exam with more exposures in its dose report or performed step than images here. */
export const hiddenRejectSchema = z.object({
  day: daySchema,
  shift: z.enum(['day', 'evening', 'night']),
  deviceName: z.string().nullable(),
  source: z.enum(['dose-report', 'performed-step']),
  examId: uuidSchema.nullable(),
  accessionNumber: z.string(),
  exposures: z.number().int(),
  images: z.number().int(),
});
export type HiddenReject = z.infer<typeof hiddenRejectSchema>;
