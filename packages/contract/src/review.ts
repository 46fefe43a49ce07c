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

/** `not-sampled` 未抽中: a draw left it out. */
export const filmStateSchema = z.enum(['waiting', 'graded', 'not-sampled']);
/** A row of the worklist. People and earlier grades are masked until the reader has saved (隐名). */
export const filmRowSchema = z.object({
  filmId: uuidSchema,
  examId: uuidSchema,
  kind: z.enum(['image', 'exam']),
  sopInstanceUid: uidSchema.nullable(),
  coverSopInstanceUid: uidSchema.nullable(),
  day: daySchema,
  accessionNumber: z.string(),
  patientName: z.string(),
  patientSex: z.string().nullable(),
  patientAge: z.string(),
  modality: z.string(),
  description: z.string(),
  positionCode: z.string().nullable(),
  laterality: z.string().nullable(),
  positionSource: z.string(),
  deviceId: uuidSchema.nullable(),
  deviceName: z.string().nullable(),
  roomName: z.string().nullable(),
  examAt: momentSchema,
  /** Something stands beside what the device said of it: its patient, exam or side was corrected. */
  isCorrected: z.boolean(),
  priority: z.string(),
  state: filmStateSchema,
  /** Left the department unread (漏评); stays in the queue. */
  isMissedReview: z.boolean(),
  isOwn: z.boolean(),
  /** Graded, but somebody still reads it blind: the grade stays hidden from those who have not read it. */
  isGradeMasked: z.boolean(),
  grade: gradeSchema.nullable(),
  score: z.number().int().nullable(),
  gateState: z.string(),
  holdUntil: momentSchema.nullable(),
  releasedAt: momentSchema.nullable(),
  releaseReason: z.string().nullable(),
  lock: z
    .object({
      accountId: uuidSchema,
      holderName: z.string(),
      takenAt: momentSchema,
      expiresAt: momentSchema,
      isMine: z.boolean(),
    })
    .nullable(),
  version: versionSchema,
});
export type FilmRow = z.infer<typeof filmRowSchema>;

export const filmQuery = z.object({
  ...pageQuery,
  day: daySchema.optional(),
  /** Films of one exam, whatever their day. */
  examId: uuidSchema.optional(),
  list: z.enum(['all', 'waiting', 'due-soon', 'missed', 'late', 'not-sampled', 'rejected', 'graded']).default('all'),
  deviceId: commaList(uuidSchema).optional(),
  modality: commaList(z.string().max(16)).optional(),
  grade: commaList(gradeSchema).optional(),
  position: commaList(z.string().max(16)).optional(),
  text: z.string().trim().max(100).optional(),
});
export type FilmQuery = z.infer<typeof filmQuery>;

export const filmCountsSchema = z.object({
  total: z.number().int(),
  waiting: z.number().int(),
  missed: z.number().int(),
  /** Read after it had left (补评). */
  late: z.number().int(),
  /** Left out by a draw (未抽中). */
  notSampled: z.number().int(),
  inReview: z.number().int(),
  dueSoon: z.number().int(),
  A: z.number().int(),
  B: z.number().int(),
  C: z.number().int(),
  reject: z.number().int(),
});
export type FilmCounts = z.infer<typeof filmCountsSchema>;
export const filmPageSchema = z.object({
  items: z.array(filmRowSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int().nullable(),
  counts: filmCountsSchema,
});

export const markSchema = z.object({ code: z.string().max(16), step: z.number().int().min(1).max(10) });
/** A place on the image in pixels of the full frame. */
export const placeSchema = z.object({
  sopInstanceUid: uidSchema,
  frame: z.number().int().min(0),
  code: z.string().max(16).nullable(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
/** Criteria of the position, by code; what is absent was not judged. */
export const criteriaSchema = z.record(z.string().max(40), z.enum(['met', 'not-met']));
/** In which series of a CT or MR exam an item was seen; the item counts once for the exam. */
export const seriesMarkSchema = z.object({ seriesInstanceUid: uidSchema, code: z.string().max(16) });
const readingContent = {
  marks: z.array(markSchema).max(60),
  conditionsNotMet: z.array(z.string().max(40)).max(20),
  places: z.array(placeSchema).max(60),
  note: z.string().max(2000),
  criteria: criteriaSchema.optional(),
  seriesMarks: z.array(seriesMarkSchema).max(1000).optional(),
};
export const readingDraftSchema = z.object(readingContent);
export type ReadingDraft = z.infer<typeof readingDraftSchema>;

export const readingRequest = z.object({
  ...readingContent,
  grade: gradeSchema,
  overrideReason: z.string().trim().max(500).default(''),
  reject: z
    .object({
      reasonCode: z.string().max(16),
      /** What archives are told: quality (113001, also when nothing is said), patient safety (113037) or a wrong worklist entry (113038). */
      title: z.enum(['quality', 'safety', 'worklist']).optional(),
      affectsDiagnosis: z.enum(['repeat', 'no-repeat']),
      /** The last four characters of the accession number (or of the study UID), typed again. */
      confirmation: z.string().max(16),
    })
    .nullable()
    .default(null),
  filmVersion: versionSchema,
  standardVersion: versionSchema,
  secondsSpent: z.number().int().min(0).max(86_400),
});
export type ReadingRequest = z.infer<typeof readingRequest>;

export const readingSchema = z.object({
  readingId: uuidSchema,
  act: z.enum(['grade', 'withdrawal']),
  kind: z.enum(['first', 'second', 'repeat', 'ruling', 'appeal', 'meeting', 'consultation']),
  at: momentSchema,
  readerName: z.string(),
  isMine: z.boolean(),
  standardId: z.string(),
  standardVersion: z.number().int(),
  marks: z.array(markSchema),
  conditionsNotMet: z.array(z.string()),
  score: z.number().int().nullable(),
  grade: gradeSchema.nullable(),
  gradeByScore: gradeSchema.nullable(),
  gradeByCap: gradeSchema.nullable(),
  gradeByConditions: gradeSchema.nullable(),
  decidedBy: z.string().nullable(),
  overrideReason: z.string().nullable(),
  rejectReasonCode: z.string().nullable(),
  note: z.string(),
  places: z.array(placeSchema),
  criteria: criteriaSchema,
  seriesMarks: z.array(seriesMarkSchema),
  isBulk: z.boolean(),
  isLate: z.boolean(),
});
export type Reading = z.infer<typeof readingSchema>;

const filmImageSchema = z.object({
  sopInstanceUid: uidSchema,
  seriesInstanceUid: uidSchema,
  seriesDescription: z.string(),
  instanceNumber: z.number().int().nullable(),
  numberOfFrames: z.number().int(),
  rows: z.number().int(),
  columns: z.number().int(),
  /** Where the rows point to in the patient, as Patient Orientation (0020,0020) writes it. */
  rowDirection: z.string().nullable(),
});

/** Everything the workstation needs for one film; `standard` is the content of the standard in force (rules: ReviewStandard). */
export const filmDetailSchema = z.object({
  film: filmRowSchema,
  exposure: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  headerFacts: z.array(z.object({ keyword: z.string(), value: z.string() })),
  images: z.array(filmImageSchema),
  /** The other radiographs of the exam, to hang beside this one; none when the unit is the exam. */
  companions: z.array(
    filmImageSchema.extend({ positionCode: z.string().nullable(), laterality: z.string().nullable() }),
  ),
  standard: z.unknown(),
  draft: readingDraftSchema.nullable(),
  /** Empty until this reader has saved, while masking is on. */
  readings: z.array(readingSchema),
  technologistName: z.string().nullable(),
  /** The exam's grade from its films, by the policy's rule. */
  examGrade: z.object({
    grade: gradeSchema.nullable(),
    rule: z.enum(['worst', 'weighted']),
    graded: z.number().int(),
    films: z.number().int(),
  }),
  /** Set when it is opened as a reading beside the first. */
  task: z
    .object({
      taskId: uuidSchema,
      kind: z.enum(['second', 'repeat', 'arbitration', 'appeal', 'consultation']),
      /** 隐名 hides people and grades, 全盲 also device, room, institution and burnt-in corners. */
      depth: z.enum(['masked', 'blind']),
    })
    .nullable(),
});
export type FilmDetail = z.infer<typeof filmDetailSchema>;

export const savedReadingSchema = z.object({
  reading: readingSchema,
  film: filmRowSchema,
  /** The next film to grade, opened with the saving of this one; null when the list is done. */
  next: filmDetailSchema.nullable(),
});
export const nextFilmsSchema = z.object({
  filmIds: z.array(uuidSchema),
  position: z.number().int(),
  total: z.number().int(),
  secondsPerFilm: z.number().nullable(),
});
export const lockSchema = z.object({ expiresAt: momentSchema });
export const positionRequest = z.object({
  positionCode: z.string().max(16),
  laterality: z.enum(['L', 'R', 'B']).nullable().default(null),
  remember: z.boolean().default(true),
});
