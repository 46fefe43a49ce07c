import { z } from 'zod';
import { commaList, daySchema, momentSchema, pageQuery, uidSchema, uuidSchema } from './primitives.ts';

const localTextSchema = z.object({ zh: z.string(), en: z.string() });

/** A rectangle on the picture in pixels of the stored frame. */
export const picturePlaceSchema = z.object({
  column: z.number(),
  row: z.number(),
  width: z.number(),
  height: z.number(),
});

export const measurementSchema = z.object({
  metric: z.string(),
  where: z.string().nullable(),
  value: z.number(),
  unit: z.string(),
  method: z.string(),
  version: z.number().int(),
  place: picturePlaceSchema.nullable(),
  /** What is usual on this device for this position; null before there are enough films. */
  usual: z.object({ median: z.number(), deviation: z.number(), films: z.number().int() }).nullable(),
});
export type AnalysisMeasurement = z.infer<typeof measurementSchema>;

export const findingAnswerSchema = z.enum(['agree', 'disagree']);
export const findingSchema = z.object({
  findingId: uuidSchema,
  rule: z.string(),
  ruleVersion: z.number().int(),
  severity: z.enum(['info', 'notice', 'warning']),
  message: localTextSchema,
  deduction: z.string().nullable(),
  evidence: z.object({
    metric: z.string().optional(),
    value: z.union([z.number(), z.string()]).optional(),
    unit: z.string().optional(),
    limit: z.number().optional(),
    limitFrom: z.enum(['published', 'baseline']).optional(),
    place: picturePlaceSchema.optional(),
  }),
  /** The caller's own last answer. */
  answer: findingAnswerSchema.nullable(),
});
export type AnalysisFinding = z.infer<typeof findingSchema>;

/** Figures as the dose report names them; absent when the source does not say. */
const figuresSchema = z.record(z.string(), z.unknown());
export const doseSchema = z.object({
  source: z.enum(['rdsr', 'enhanced-sr', 'header', 'dose-screen']),
  eventCount: z.number().int(),
  totals: figuresSchema,
  events: z.array(figuresSchema),
});

/** The newest run of one image, dose report or series. */
export const analysisSubjectSchema = z.object({
  subjectUid: z.string(),
  subjectKind: z.enum(['instance', 'series']),
  modality: z.string(),
  measuredAt: momentSchema,
  softwareVersion: z.string(),
  analysisVersion: z.number().int(),
  inputSha256: z.string(),
  failureReason: z.string().nullable(),
  /** Name of the program that was asked; null: measured here. */
  analyserName: z.string().nullable(),
  measurements: z.array(measurementSchema),
  notMeasured: z.array(z.object({ metric: z.string(), where: z.string().nullable(), reason: z.string() })),
  findings: z.array(findingSchema),
  dose: doseSchema.nullable(),
});
export type AnalysisSubject = z.infer<typeof analysisSubjectSchema>;

const typedFigure = (most: number) => z.number().min(0).max(most).nullable().default(null);
/** Totals as a dose screen shows them; bounds only catch a slipped decimal point. */
export const typedFiguresSchema = z.object({
  dlpMgyCm: typedFigure(50_000),
  highestCtdiVolMgy: typedFigure(2_000),
  doseAreaProductDgyCm2: typedFigure(1_000_000),
  referencePointDoseMgy: typedFigure(50_000),
  averageGlandularDoseMgy: typedFigure(100),
});
export type TypedFigures = z.infer<typeof typedFiguresSchema>;
/** What a person read off a dose screen; null takes an earlier entry back. */
export const typedDoseRequest = z.object({
  subjectUid: uidSchema,
  figures: typedFiguresSchema
    .refine((figures) => Object.values(figures).some((value) => value !== null), { message: 'at least one figure' })
    .nullable(),
});
/** A picture of a dose screen that no program reads here, and what a person read off it. */
export const doseScreenSchema = z.object({
  subjectUid: z.string(),
  typed: z.object({ figures: typedFiguresSchema, byName: z.string(), at: momentSchema }).nullable(),
});
export type DoseScreen = z.infer<typeof doseScreenSchema>;

/** `waiting`: not everything has been measured yet; a review never waits for it. */
export const filmAnalysisSchema = z.object({
  state: z.enum(['measured', 'waiting']),
  waiting: z.number().int(),
  subjects: z.array(analysisSubjectSchema),
  doseScreens: z.array(doseScreenSchema),
});
export type FilmAnalysis = z.infer<typeof filmAnalysisSchema>;

export const answerFindingRequest = z.object({ answer: findingAnswerSchema });

const intervalSchema = z.object({ proportion: z.number(), lower: z.number(), upper: z.number() }).nullable();
export const ruleRowSchema = z.object({
  rule: z.string(),
  ruleVersion: z.number().int(),
  message: localTextSchema,
  deduction: z.string().nullable(),
  severity: z.enum(['info', 'notice', 'warning']),
  limit: z.number().nullable(),
  unit: z.string().nullable(),
  hasBaseline: z.boolean(),
  source: z.string(),
  verified: z.boolean(),
  spoken: z.number().int(),
  agreed: z.number().int(),
  rejected: z.number().int(),
  missed: z.number().int(),
  precision: intervalSchema,
  recall: intervalSchema,
  isSilenced: z.boolean(),
});
export type RuleRow = z.infer<typeof ruleRowSchema>;
export const ruleListSchema = z.object({ items: z.array(ruleRowSchema), answersBeforeSilence: z.number().int() });

/** Machine and readers in one week: what became of each rule's hints, and what readers marked without a hint. */
export const ruleWeekSchema = z.object({
  /** Monday and Sunday. */
  fromDay: daySchema,
  toDay: daySchema,
  rules: z.array(
    z.object({
      rule: z.string(),
      ruleVersion: z.number().int(),
      message: localTextSchema,
      deduction: z.string().nullable(),
      spoken: z.number().int(),
      agreed: z.number().int(),
      /** False hints. */
      rejected: z.number().int(),
      unanswered: z.number().int(),
      precision: intervalSchema,
      isSilenced: z.boolean(),
      /** It silenced itself in this week. */
      wasSilenced: z.boolean(),
    }),
  ),
  items: z.array(
    z.object({
      deduction: z.string(),
      marked: z.number().int(),
      hinted: z.number().int(),
      /** Marked by the reader, and no rule had spoken of it. */
      missed: z.number().int(),
      recall: intervalSchema,
    }),
  ),
  /** Graded films that had been measured. */
  films: z.number().int(),
});
export type RuleWeek = z.infer<typeof ruleWeekSchema>;
export const ruleWeekQuery = z.object({
  /** Any day of the week. */
  day: daySchema,
});

export const dayRangeQuery = { fromDay: daySchema, toDay: daySchema };

export const distributionQuery = z.object({
  ...dayRangeQuery,
  metric: z.string().min(1).max(64),
  where: z.string().max(64).default(''),
  deviceId: uuidSchema.optional(),
  positionCode: z.string().max(64).optional(),
});
/** Points of a distribution over time; each opens its exam. */
export const distributionSchema = z.object({
  unit: z.string(),
  points: z.array(
    z.object({
      examId: uuidSchema,
      filmId: uuidSchema.nullable(),
      at: momentSchema,
      value: z.number(),
      deviceId: uuidSchema.nullable(),
      positionCode: z.string().nullable(),
    }),
  ),
  isCut: z.boolean(),
  percentiles: z
    .object({ p5: z.number(), p25: z.number(), p50: z.number(), p75: z.number(), p95: z.number() })
    .nullable(),
});
export type Distribution = z.infer<typeof distributionSchema>;

export const metricListSchema = z.object({
  items: z.array(z.object({ metric: z.string(), where: z.string(), unit: z.string(), films: z.number().int() })),
});

/** A metric and its part, `noise` or `clipping|black`. */
const figureName = z.string().regex(/^[a-z0-9:-]{1,64}(\|[A-Za-z0-9._-]{0,64})?$/);
const measuredFilmFilter = {
  ...dayRangeQuery,
  deviceId: uuidSchema.optional(),
  positionCode: z.string().max(16).optional(),
  columns: commaList(figureName).pipe(z.array(figureName).min(1).max(8)),
  /** One of the columns; absent: the newest film first. A film without the figure stands last either way. */
  sort: figureName.optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
};
export const measuredFilmQuery = z.object({ ...pageQuery, ...measuredFilmFilter });
export const measuredFilmExportQuery = z.object({
  ...measuredFilmFilter,
  format: z.enum(['csv', 'xlsx']),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
/** One film with the wanted figures, in the order of the columns. */
export const measuredFilmSchema = z.object({
  filmId: uuidSchema,
  examId: uuidSchema,
  at: momentSchema,
  accessionNumber: z.string(),
  modality: z.string(),
  deviceName: z.string().nullable(),
  positionCode: z.string().nullable(),
  values: z.array(
    z.object({
      /** Null: not measured. Of several series the highest, in ascending order the lowest. */
      value: z.number().nullable(),
      unit: z.string(),
      /** Pictures or series that have the figure. */
      subjects: z.number().int(),
      /** Why there is none, when a reason is known. */
      reason: z.string().nullable(),
    }),
  ),
});
export type MeasuredFilm = z.infer<typeof measuredFilmSchema>;
export const measuredFilmPageSchema = z.object({
  items: z.array(measuredFilmSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int().nullable(),
});

export const exposureGroupings = ['device', 'position', 'technologist'] as const;
export const exposureQuery = z.object({ ...dayRangeQuery, by: z.enum(exposureGroupings).default('device') });
export const exposureGroupSchema = z.object({
  key: z.string(),
  name: z.string(),
  films: z.number().int(),
  withIndex: z.number().int(),
  p10: z.number().nullable(),
  p25: z.number().nullable(),
  median: z.number().nullable(),
  p75: z.number().nullable(),
  p90: z.number().nullable(),
  /** Films beyond ±1 and ±3 of the target. */
  over: z.number().int(),
  farOver: z.number().int(),
  under: z.number().int(),
  farUnder: z.number().int(),
  /** Outside the 99.8 % limits of the funnel around the share of all. */
  isOutsideFunnel: z.boolean(),
});
export type ExposureGroup = z.infer<typeof exposureGroupSchema>;
export const exposureSchema = z.object({
  groups: z.array(exposureGroupSchema),
  films: z.number().int(),
  /** Share of films beyond ±1, of all that have an index. */
  offTargetShare: z.number().nullable(),
});
export type Exposure = z.infer<typeof exposureSchema>;

export const doseQuery = z.object({ ...dayRangeQuery, modalities: commaList(z.string().max(16)).optional() });
export const doseGroupSchema = z.object({
  deviceId: uuidSchema.nullable(),
  deviceName: z.string(),
  levelCode: z.string().nullable(),
  levelName: localTextSchema.nullable(),
  /** Of a group without a reference level. */
  positionCode: z.string().nullable(),
  quantity: z.enum(['ctdiVolMgy', 'dlpMgyCm', 'averageGlandularDoseMgy', 'doseAreaProductDgyCm2']),
  exams: z.number().int(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  reference: z
    .object({
      p25: z.number().nullable(),
      p50: z.number().nullable(),
      p75: z.number(),
      source: z.string(),
      verified: z.boolean(),
    })
    .nullable(),
  above: z.number().int(),
});
export type DoseGroup = z.infer<typeof doseGroupSchema>;
export const dosePageSchema = z.object({
  groups: z.array(doseGroupSchema),
  reports: z.number().int(),
  fromScreen: z.number().int(),
  /** Of these, how many a person typed. */
  typed: z.number().int(),
  rejectedExposures: z.number().int(),
  repeatedExposures: z.number().int(),
  rejectionReasons: z.array(z.object({ reason: z.string(), count: z.number().int() })),
});
export type DosePage = z.infer<typeof dosePageSchema>;

/** Dose of one patient over all exams; the same irradiation in two reports counts once. */
export const patientDoseSchema = z.object({
  exams: z.array(
    z.object({
      examId: uuidSchema,
      examAt: momentSchema,
      modality: z.string(),
      description: z.string(),
      dlpMgyCm: z.number().nullable(),
      doseAreaProductDgyCm2: z.number().nullable(),
      averageGlandularDoseMgy: z.number().nullable(),
      referencePointDoseMgy: z.number().nullable(),
      /** A person typed it from a dose screen. */
      isTyped: z.boolean(),
    }),
  ),
  totals: z.object({
    dlpMgyCm: z.number().nullable(),
    doseAreaProductDgyCm2: z.number().nullable(),
    averageGlandularDoseMgy: z.number().nullable(),
    referencePointDoseMgy: z.number().nullable(),
  }),
});
export type PatientDose = z.infer<typeof patientDoseSchema>;

export const backlogSchema = z.object({
  waiting: z.number().int(),
  failed: z.number().int(),
  measuredLastHour: z.number().int(),
  oldestQueuedAt: momentSchema.nullable(),
});
