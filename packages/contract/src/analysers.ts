import { z } from 'zod';
import { picturePlaceSchema } from './analysis.ts';
import { momentSchema, uuidSchema, versionSchema } from './primitives.ts';

/** Version of what is sent and expected; an analyser is asked in this one only. */
export const analyserContractVersion = 1;

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const label = z.string().trim().min(1).max(100);

/** What an analyser is sent. There is no name, number, date or identifier of a person or exam in it. */
export const analyserRequestSchema = z.object({
  contract: z.literal(analyserContractVersion),
  /** Made for this question only. */
  requestId: uuidSchema,
  facts: z.object({
    modality: z.string(),
    positionCode: z.string().nullable(),
    bodyPart: z.string().nullable(),
    viewPosition: z.string().nullable(),
    laterality: z.string().nullable(),
    /** Whole years; null when unknown, 90 stands for 90 and above. */
    ageYears: z.number().int().min(0).max(90).nullable(),
    sex: z.enum(['M', 'F', 'O']).nullable(),
    pixelSpacingMm: z.tuple([z.number(), z.number()]).nullable(),
    /** Which picture of how many of the series. */
    picture: z.object({ number: z.number().int(), of: z.number().int() }),
  }),
  frame: z.object({
    columns: z.number().int(),
    rows: z.number().int(),
    sampleType: z.enum(['uint8', 'int16', 'uint16']),
    /** Low values are shown bright (MONOCHROME1). */
    isInverted: z.boolean(),
    rescaleSlope: z.number(),
    rescaleIntercept: z.number(),
    windows: z.array(z.object({ center: z.number(), width: z.number() })),
    /** Row after row, little endian, base64. */
    samples: z.string(),
  }),
});
export type AnalyserRequest = z.infer<typeof analyserRequestSchema>;

const where = { where: word.optional() };
/** What an analyser answers: the same shape as our own measurements. At least one entry of one of the three lists. */
export const analyserAnswerSchema = z
  .object({
    contract: z.literal(analyserContractVersion),
    requestId: uuidSchema,
    program: z.object({ name: label, version: z.string().trim().min(1).max(40) }),
    measurements: z
      .array(
        z.object({
          metric: word,
          ...where,
          value: z.number(),
          unit: z.string().max(24),
          method: word,
          version: z.number().int().min(1),
          place: picturePlaceSchema.optional(),
        }),
      )
      .max(200)
      .default([]),
    notMeasured: z
      .array(z.object({ metric: word, ...where, reason: word }))
      .max(200)
      .default([]),
    /** Hints, never louder than a notice and never a grade. */
    findings: z
      .array(
        z.object({
          rule: word,
          version: z.number().int().min(1),
          severity: z.enum(['info', 'notice']),
          message: z.object({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) }),
          metric: word.optional(),
          value: z.number().optional(),
          unit: z.string().max(24).optional(),
          limit: z.number().optional(),
          place: picturePlaceSchema.optional(),
        }),
      )
      .max(50)
      .default([]),
  })
  .refine(({ measurements, notMeasured, findings }) => measurements.length + notMeasured.length + findings.length > 0, {
    message: 'nothing was answered',
  });
export type AnalyserAnswer = z.infer<typeof analyserAnswerSchema>;

/** Without a name and password in it: those would stand in the audit trail. */
const webAddress = z
  .string()
  .trim()
  .max(500)
  .regex(/^https?:\/\/[^\s/@?#]+(\/[^\s#]*)?$/);

export const analyserRequestBody = z.object({
  /** Short name before its figures and rules; stays for ever. */
  code: z.string().regex(/^[a-z][a-z0-9-]{1,15}$/),
  name: label,
  address: webAddress,
  /** Absent leaves the one that is kept. */
  token: z.string().max(500).optional(),
  modalities: z.array(z.string().min(1).max(16)).max(20).default([]),
  positionCodes: z.array(z.string().min(1).max(16)).max(100).default([]),
  timeoutSeconds: z.number().int().min(1).max(120).default(20),
  largestMegabytes: z.number().int().min(1).max(128).default(64),
  isEnabled: z.boolean().default(false),
  version: versionSchema.optional(),
});
export type AnalyserBody = z.infer<typeof analyserRequestBody>;

export const analyserSchema = z.object({
  analyserId: uuidSchema,
  code: z.string(),
  name: z.string(),
  address: z.string(),
  hasToken: z.boolean(),
  modalities: z.array(z.string()),
  positionCodes: z.array(z.string()),
  timeoutSeconds: z.number().int(),
  largestMegabytes: z.number().int(),
  isEnabled: z.boolean(),
  waiting: z.number().int(),
  failed: z.number().int(),
  answered: z.number().int(),
  restingUntil: momentSchema.nullable(),
  lastFailure: z.string().nullable(),
  lastFailureAt: momentSchema.nullable(),
  lastAnswerAt: momentSchema.nullable(),
  version: versionSchema,
});
export type Analyser = z.infer<typeof analyserSchema>;
export const analyserListSchema = z.object({ items: z.array(analyserSchema) });

/** A made picture was sent; nothing is kept of the answer. */
export const analyserTrialSchema = z.object({
  isGood: z.boolean(),
  durationMs: z.number().int(),
  reason: z.string().nullable(),
  program: z.string().nullable(),
  measurements: z.number().int(),
  notMeasured: z.number().int(),
  findings: z.number().int(),
});
export type AnalyserTrial = z.infer<typeof analyserTrialSchema>;
