import { z } from 'zod';
import { momentSchema, pageQuery, uuidSchema, versionSchema } from './primitives.ts';

/** Most rows of one table: positions × ages × sizes of a busy device are some hundred. */
const rowLimit = 1000;
const cellLimit = 60;
const key = z.string().regex(/^[A-Za-z0-9]{1,40}$/);
const finite = z.number().refine(Number.isFinite).min(-1e9).max(1e9);

export const parameterCellSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('number'),
    value: finite,
    low: finite,
    high: finite,
    bySize: z.object({ diameterCm: z.number().min(1).max(100), slopePerCm: z.number().min(-0.5).max(0.5) }).optional(),
  }),
  z.object({ kind: z.literal('text'), text: z.string().trim().max(200) }),
]);
export const scanPhaseSchema = z.enum(['plain', 'arterial', 'venous', 'delayed', 'contrast']);
export const parameterRowSchema = z.object({
  rowId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  subject: z.string().trim().max(200),
  phase: scanPhaseSchema.nullable(),
  ageClass: z.enum(['under-1', '1-to-4', '5-to-9', '10-to-14', 'adult', 'any']),
  sizeClass: z.enum(['thin', 'medium', 'large', 'very-large', 'any']),
  films: z.number().int().min(0),
  note: z.string().trim().max(300),
  cells: z.record(key, parameterCellSchema).refine((cells) => Object.keys(cells).length <= cellLimit),
});
export const parameterContentSchema = z.object({
  kind: z.enum(['projection', 'CT', 'MR']),
  deviceSinceYear: z.number().int().min(1950).max(2100).nullable(),
  rows: z
    .array(parameterRowSchema)
    .max(rowLimit)
    .refine((rows) => new Set(rows.map(({ rowId }) => rowId)).size === rows.length),
});

const signatureSchema = z.object({
  role: z.enum(['owner', 'leader']),
  signerName: z.string(),
  signedAt: momentSchema,
  contentSha256: z.string(),
});
export const parameterTableStateSchema = z.enum([
  'draft',
  'owner-signed',
  'leader-signed',
  'in-force',
  'superseded',
  'dropped',
]);
/** One version, without its rows. */
export const parameterVersionSchema = z.object({
  tableId: uuidSchema,
  deviceId: uuidSchema,
  version: z.number().int(),
  state: parameterTableStateSchema,
  edition: versionSchema,
  note: z.string(),
  basedOnVersion: z.number().int().nullable(),
  draftedFrom: z.object({ films: z.number().int(), first: momentSchema, last: momentSchema }).nullable(),
  createdAt: momentSchema,
  changedAt: momentSchema,
  changedByName: z.string().nullable(),
  inForceAt: momentSchema.nullable(),
  supersededAt: momentSchema.nullable(),
  rows: z.number().int(),
  /** Of the edition shown. */
  signatures: z.array(signatureSchema),
});
export type ParameterVersion = z.infer<typeof parameterVersionSchema>;
export const parameterTableSchema = parameterVersionSchema.extend({
  deviceName: z.string(),
  content: parameterContentSchema,
  faults: z.array(z.object({ reason: z.string(), at: z.string() })),
  /** What the caller may sign now; a reason why not otherwise. */
  maySign: z.object({ owner: z.string().nullable(), leader: z.string().nullable() }),
});
export type ParameterTableView = z.infer<typeof parameterTableSchema>;

export const beginTableRequest = z.discriminatedUnion('from', [
  /** From the device's own good films, at most so many of the newest. */
  z.object({ from: z.literal('films'), films: z.number().int().min(1).max(2000).default(500) }),
  /** A copy of the version in force. */
  z.object({ from: z.literal('in-force') }),
  z.object({ from: z.literal('empty') }),
]);
export const saveTableRequest = z.object({
  edition: versionSchema,
  content: parameterContentSchema,
  note: z.string().trim().max(1000),
});
export const signTableRequest = z.object({ edition: versionSchema, role: z.enum(['owner', 'leader']) });
export const tableEditionQuery = z.object({ edition: z.coerce.number().int().min(1) });
export const printTableQuery = z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') });

/** One device with a table, or one that could have one. */
export const parameterDeviceSchema = z.object({
  deviceId: uuidSchema,
  name: z.string(),
  modality: z.string(),
  kind: z.enum(['projection', 'CT', 'MR']).nullable(),
  ownerName: z.string().nullable(),
  inForce: z.object({ tableId: uuidSchema, version: z.number().int(), inForceAt: momentSchema }).nullable(),
  draft: z.object({ tableId: uuidSchema, state: parameterTableStateSchema }).nullable(),
  goodFilms: z.number().int(),
  judged: z.number().int(),
  deviating: z.number().int(),
  notJudged: z.number().int(),
  waiting: z.number().int(),
});
export type ParameterDevice = z.infer<typeof parameterDeviceSchema>;
export const parameterDevicesSchema = z.object({ items: z.array(parameterDeviceSchema), days: z.number().int() });

export const parameterDevicePageSchema = z.object({
  device: parameterDeviceSchema,
  versions: z.array(parameterVersionSchema),
  consoleLink: z.object({ code: z.string(), createdAt: momentSchema }).nullable(),
});
export type ParameterDevicePage = z.infer<typeof parameterDevicePageSchema>;

const driftFigures = z
  .object({
    films: z.number().int(),
    before: z.number(),
    after: z.number(),
    change: z.number(),
    isDrifting: z.boolean(),
  })
  .nullable();
/** Ratio of what was set to what the table asks of this patient, over time. */
export const driftSchema = z.object({
  items: z.array(
    z.object({
      subject: z.string(),
      column: z.string(),
      films: z.number().int(),
      drift: driftFigures,
      points: z.array(
        z.object({ filmId: uuidSchema, examAt: momentSchema, ratio: z.number(), isOutside: z.boolean() }),
      ),
    }),
  ),
});
export type ParameterDrift = z.infer<typeof driftSchema>;
export const driftQuery = z.object({ days: z.coerce.number().int().min(1).max(730).default(90) });

export const columnVerdictSchema = z.object({
  column: z.string(),
  state: z.enum(['within', 'above', 'below', 'differs', 'not-judged']),
  reason: z.string().nullable(),
  actual: z.union([z.number(), z.string()]).nullable(),
  expected: z.union([z.number(), z.string()]).nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  deviation: z.number().nullable(),
});
export const complianceVerdictSchema = z.object({
  verdictId: uuidSchema,
  filmId: uuidSchema,
  subjectUid: z.string(),
  subject: z.string(),
  kind: z.enum(['projection', 'CT', 'MR']),
  phase: scanPhaseSchema.nullable(),
  tableId: uuidSchema,
  tableVersion: z.number().int(),
  verdict: z.enum(['within', 'deviates', 'not-judged']),
  reason: z.string().nullable(),
  patient: z.object({
    ageClass: z.string().nullable(),
    sizeClass: z.string().nullable(),
    diameterCm: z.number().nullable(),
    weightKg: z.number().nullable(),
  }),
  columns: z.array(columnVerdictSchema),
  judgedAt: momentSchema,
});
export type ComplianceView = z.infer<typeof complianceVerdictSchema>;
/** `current` by the table of the highest version; `earlier` what older versions said of the same film. */
export const filmComplianceSchema = z.object({
  state: z.enum(['judged', 'waiting', 'no-table']),
  current: z.array(complianceVerdictSchema),
  earlier: z.array(complianceVerdictSchema),
});
export type FilmCompliance = z.infer<typeof filmComplianceSchema>;

const violationFilter = {
  deviceId: uuidSchema.optional(),
  verdict: z.enum(['deviates', 'not-judged']).default('deviates'),
  days: z.coerce.number().int().min(1).max(730).default(30),
};
export const violationQuery = z.object({ ...pageQuery, ...violationFilter });
export const violationExportQuery = z.object({
  ...violationFilter,
  format: z.enum(['csv', 'xlsx']),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
export const violationSchema = complianceVerdictSchema.extend({
  examId: uuidSchema,
  examAt: momentSchema,
  accessionNumber: z.string(),
  deviceName: z.string(),
});
export type Violation = z.infer<typeof violationSchema>;

/** 128 random bits and more, URL-safe. */
export const consoleCodeParams = z.object({ code: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/) });
export const consoleLinkSchema = z.object({ code: z.string(), createdAt: momentSchema });
/** What a phone at the console shows: the table in force, who signed it; no patient, no film. */
export const consoleTableSchema = z.object({
  hospitalName: z.string(),
  deviceName: z.string(),
  version: z.number().int(),
  inForceAt: momentSchema,
  signatures: z.array(signatureSchema),
  content: parameterContentSchema,
});
export type ConsoleTable = z.infer<typeof consoleTableSchema>;

export const calculatorSettingsSchema = z.object({
  limits: z.record(key, z.object({ low: finite, high: finite })),
  gridFactors: z.array(z.object({ ratio: z.number().min(0).max(50), factor: z.number().min(0).max(50) })).max(20),
});
export const calculatorSettingsAnswer = calculatorSettingsSchema.extend({
  isChanged: z.boolean(),
  changedAt: momentSchema.nullable(),
});
export type CalculatorSettingsView = z.infer<typeof calculatorSettingsAnswer>;
