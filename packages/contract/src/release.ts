import { z } from 'zod';
import { aeTitleSchema, gradeSchema, momentSchema, pageQuery, uuidSchema, versionSchema } from './primitives.ts';

/** Which exams go to a destination; an empty list asks nothing. */
export const forwardRulesSchema = z.object({
  modalities: z.array(z.string().min(1).max(16)).max(20).default([]),
  deviceIds: z.array(uuidSchema).max(200).default([]),
});
export type ForwardRules = z.infer<typeof forwardRulesSchema>;

/** What is changed in the copy that a destination gets, never in what is held here; null leaves it. */
export const coercionSchema = z.object({
  /** Calling AE title on the association. */
  callingAeTitle: aeTitleSchema.nullable().default(null),
  /** Institution Name (0008,0080). */
  institutionName: z.string().trim().min(1).max(64).nullable().default(null),
  /** Every text of the copy is in this character set (0008,0005). */
  characterSet: z.enum(['ISO_IR 192', 'GB18030', 'ISO_IR 100', 'ISO_IR 6']).nullable().default(null),
  /** An object is decoded, or packed without loss, when the destination does not take it as it is. */
  transcoding: z.enum(['never', 'when-needed']).default('never'),
  /** Transfer syntaxes that the destination takes, the preferred first; empty for what it negotiates. */
  acceptedSyntaxes: z
    .array(z.string().regex(/^[0-9.]{1,64}$/))
    .max(30)
    .default([]),
  /** A value of odd length gets the byte that the standard asks for; else such an object is refused. */
  padsOddLength: z.boolean().default(true),
});
export type Coercion = z.infer<typeof coercionSchema>;

/** How an archive wants to be told, and what proves that it has an object. */
const archiveWays = {
  rejectRecipe: z.enum(['note', 'task']),
  undoRecipe: z.enum(['resend', 'revoke-note']),
  confirmation: z.enum(['status', 're-query', 'commitment']),
};

export const destinationSchema = z.object({
  destinationId: uuidSchema,
  name: z.string(),
  kind: z.enum(['dimse', 'stow']),
  aeTitle: z.string(),
  host: z.string(),
  port: z.number().int().nullable(),
  usesTls: z.boolean(),
  url: z.string(),
  hasSecret: z.boolean(),
  isEnabled: z.boolean(),
  ...archiveWays,
  forwardRules: forwardRulesSchema,
  coercion: coercionSchema,
  version: versionSchema,
});
export type Destination = z.infer<typeof destinationSchema>;
const destinationBase = {
  name: z.string().trim().min(1).max(100),
  isEnabled: z.boolean().default(true),
  rejectRecipe: archiveWays.rejectRecipe.default('note'),
  undoRecipe: archiveWays.undoRecipe.default('resend'),
  confirmation: archiveWays.confirmation.default('status'),
  forwardRules: forwardRulesSchema.default({ modalities: [], deviceIds: [] }),
  coercion: coercionSchema.prefault({}),
  version: versionSchema.optional(),
};
export const destinationRequest = z.discriminatedUnion('kind', [
  z.object({
    ...destinationBase,
    kind: z.literal('dimse'),
    aeTitle: aeTitleSchema,
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65535),
    usesTls: z.boolean().default(false),
  }),
  z.object({
    ...destinationBase,
    kind: z.literal('stow'),
    url: z.url().max(500),
    secret: z.string().max(500).optional(),
  }),
]);
/** What the destination answered to C-ECHO or to a QIDO request, in its own words. */
export const echoResponse = z.object({ isReachable: z.boolean(), milliseconds: z.number(), answer: z.string() });

export const gateRowSchema = z.object({
  examId: uuidSchema,
  filmId: uuidSchema.nullable(),
  accessionNumber: z.string(),
  modality: z.string(),
  description: z.string(),
  positionCodes: z.array(z.string()),
  deviceName: z.string().nullable(),
  state: z.string(),
  holdUntil: momentSchema.nullable(),
  holdMode: z.string(),
  /** The rule of the policy that holds it; empty when none fitted. */
  ruleName: z.string(),
  escalatedAt: momentSchema.nullable(),
  escalatedToName: z.string().nullable(),
  filmCount: z.number().int(),
  gradedCount: z.number().int(),
  worstGrade: gradeSchema.nullable(),
});
export const forwardRowSchema = z.object({
  examId: uuidSchema,
  destinationId: uuidSchema,
  destinationName: z.string(),
  accessionNumber: z.string(),
  modality: z.string(),
  description: z.string(),
  positionCodes: z.array(z.string()),
  sent: z.number().int(),
  total: z.number().int(),
  /** Of the objects of this exam, what most needs attention: refused, parked, failed, sending, queued, sent, cancelled. */
  state: z.string(),
  attempts: z.number().int(),
  nextAttemptAt: momentSchema.nullable(),
  answerCode: z.string().nullable(),
  answerText: z.string().nullable(),
});
export const repeatOrderSchema = z.object({
  repeatOrderId: uuidSchema,
  filmId: uuidSchema,
  examId: uuidSchema,
  accessionNumber: z.string(),
  positionCode: z.string().nullable(),
  deviceName: z.string().nullable(),
  reasonCode: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  openedAt: momentSchema,
  dueAt: momentSchema,
  replacementFilmId: uuidSchema.nullable(),
  replacementExamId: uuidSchema.nullable(),
  replacementGrade: gradeSchema.nullable(),
  /** How the new film was recognised; null while there is none. */
  linkSource: z.enum(['accession', 'device', 'person']).nullable(),
  cancelReason: z.string().nullable(),
  closedAt: momentSchema.nullable(),
  closeNote: z.string().nullable(),
});
export const repeatOrderQuery = z.object({ ...pageQuery, state: z.enum(['open', 'closed', 'all']).default('all') });
export const closeRepeatOrderRequest = z
  .object({
    outcome: z.enum(['done', 'cancelled']),
    reason: z
      .enum(['patient-left', 'radiologist-accepts', 'not-needed', 'duplicate', 'other'])
      .nullable()
      .default(null),
    note: z.string().trim().max(500).default(''),
  })
  .refine((close) => close.outcome === 'done' || close.reason !== null, {
    message: 'a reason for not repeating',
    path: ['reason'],
  });
export const repeatCandidateSchema = z.object({
  filmId: uuidSchema,
  examId: uuidSchema,
  accessionNumber: z.string(),
  positionCode: z.string().nullable(),
  takenAt: momentSchema,
  /** By what it looks like the repeat; null when only the patient is the same. */
  match: z.enum(['accession', 'device']).nullable(),
});

/** The corridor of today, stage by stage. */
export const releaseOverviewSchema = z.object({
  received: z.object({ exams: z.number().int(), instances: z.number().int(), lastAt: momentSchema.nullable() }),
  registered: z.object({ ready: z.number().int(), receiving: z.number().int(), unknownDevice: z.number().int() }),
  gate: z.object({ held: z.number().int(), dueSoon: z.number().int() }),
  released: z.object({
    graded: z.number().int(),
    missed: z.number().int(),
    emergency: z.number().int(),
    byPerson: z.number().int(),
    /** Not held by rule, or nothing found. */
    byRule: z.number().int(),
    /** The gate had opened by itself. */
    gateOpen: z.number().int(),
    total: z.number().int(),
  }),
  forwarded: z.object({
    sentExams: z.number().int(),
    queued: z.number().int(),
    failed: z.number().int(),
    refused: z.number().int(),
  }),
  quarantine: z.number().int(),
  openRepeats: z.number().int(),
  /** The gate opened by itself and holds nothing; null while it works. */
  opening: z.object({ because: z.string(), openedAt: momentSchema }).nullable(),
  flow: z.array(z.object({ minute: momentSchema, received: z.number().int(), forwarded: z.number().int() })),
  destinations: z.array(
    z.object({
      destinationId: uuidSchema,
      name: z.string(),
      isEnabled: z.boolean(),
      waiting: z.number().int(),
      /** The way there is given up for a while (circuit breaker open); one object that failed does not make it so. */
      isDown: z.boolean(),
      /** Rounds without any answer, one after the other. */
      failures: z.number().int(),
      downSince: momentSchema.nullable(),
      lastAnswer: z.string().nullable(),
      nextAttemptAt: momentSchema.nullable(),
    }),
  ),
});
export type ReleaseOverview = z.infer<typeof releaseOverviewSchema>;
export const gateQuery = z.object({ ...pageQuery });
export const forwardQuery = z.object({
  ...pageQuery,
  state: z.enum(['unsent', 'failed', 'refused', 'sent']).default('unsent'),
});
export const releaseNowRequest = z.object({ reason: z.string().trim().min(1).max(500) });

/** What came from each device in the last quarter of an hour, and the room that is left. */
export const activitySchema = z.object({
  diskFreeBytes: z.number(),
  devices: z.array(
    z.object({
      deviceId: uuidSchema,
      name: z.string(),
      modality: z.string(),
      recentExams: z.number().int(),
      recentObjects: z.number().int(),
      held: z.number().int(),
      lastAt: momentSchema.nullable(),
      /** It usually sends at this hour, and nothing has come. */
      isSilent: z.boolean(),
    }),
  ),
});
export type Activity = z.infer<typeof activitySchema>;
