import { z } from 'zod';
import { gradeSchema, momentSchema, uuidSchema, versionSchema } from './primitives.ts';
import { markSchema } from './review.ts';

export const meetingPhaseSchema = z.enum(['look', 'voting', 'revealed']);
/** Why a film comes to a meeting: an arbitration waits, a 废, or somebody chose it. */
export const meetingCauseSchema = z.enum(['disputed', 'rejected', 'chosen']);
const filmWords = {
  positionCode: z.string().nullable(),
  laterality: z.string().nullable(),
  description: z.string(),
};
export const meetingCandidatesSchema = z.object({
  films: z.array(
    z.object({
      filmId: uuidSchema,
      because: meetingCauseSchema,
      modality: z.string(),
      accessionNumber: z.string(),
      isOwn: z.boolean(),
      ...filmWords,
    }),
  ),
  people: z.array(z.object({ staffId: uuidSchema, name: z.string() })),
});
export type MeetingCandidates = z.infer<typeof meetingCandidatesSchema>;
const noteSchema = z.object({ number: z.number().int().nullable(), text: z.string(), at: momentSchema });
export const meetingNoteRequest = z.object({ text: z.string().trim().min(1).max(500) });
/** Where the leader points, in pixels of the full frame; null takes the pointer away. */
export const meetingPointerRequest = z.object({
  place: z.object({ x: z.number(), y: z.number() }).nullable(),
});
const tallySchema = z.array(z.object({ grade: gradeSchema, votes: z.number().int() }));

export const meetingRequest = z.object({
  title: z.string().trim().min(1).max(100),
  decideBy: z.enum(['leader', 'majority']),
  plannedMinutes: z.number().int().min(5).max(480).default(30),
  /** Votes without which nobody is bound by a majority. */
  minimumVotes: z.number().int().min(1).max(200).default(1),
  filmIds: z.array(uuidSchema).min(1).max(100),
  staffIds: z.array(uuidSchema).min(1).max(200),
});
export const meetingRowSchema = z.object({
  meetingId: uuidSchema,
  title: z.string(),
  openedAt: momentSchema,
  closedAt: momentSchema.nullable(),
  films: z.number().int(),
  decided: z.number().int(),
  attended: z.number().int(),
});
export type MeetingRow = z.infer<typeof meetingRowSchema>;
export const meetingsSchema = z.object({ items: z.array(meetingRowSchema) });

/** What the big screen shows; votes are hidden until they are revealed. */
export const meetingSchema = z.object({
  meetingId: uuidSchema,
  title: z.string(),
  leaderName: z.string(),
  openedAt: momentSchema,
  plannedMinutes: z.number().int(),
  isOpen: z.boolean(),
  joinCode: z.string(),
  /** Six signs for a phone without a camera; null for a meeting from before there were any. */
  typedCode: z.string().nullable(),
  decideBy: z.enum(['leader', 'majority']),
  minimumVotes: z.number().int(),
  phase: meetingPhaseSchema,
  number: z.number().int(),
  films: z.number().int(),
  list: z.array(
    z.object({
      number: z.number().int(),
      because: meetingCauseSchema,
      decidedGrade: gradeSchema.nullable(),
      decidedAt: momentSchema.nullable(),
      note: z.string(),
      ...filmWords,
    }),
  ),
  /** The grade the film came with, once the votes are shown. */
  gradeBefore: gradeSchema.nullable(),
  /** What was typed beside a vote, without names, once the votes are shown. */
  reasons: z.array(z.object({ grade: gradeSchema, reason: z.string() })),
  notes: z.array(noteSchema),
  attendees: z.array(
    z.object({
      attendeeId: uuidSchema,
      name: z.string(),
      hasJoined: z.boolean(),
      hasVoted: z.boolean(),
      isOwnFilm: z.boolean(),
    }),
  ),
  tally: tallySchema.nullable(),
  majority: gradeSchema.nullable(),
  decidedGrade: gradeSchema.nullable(),
  note: z.string(),
  isKeptForTeaching: z.boolean(),
});
export type Meeting = z.infer<typeof meetingSchema>;
export const meetingMoveRequest = z.object({
  number: z.number().int().min(1).max(100),
  phase: meetingPhaseSchema,
});
export const meetingDecisionRequest = z.object({
  number: z.number().int().min(1).max(100),
  grade: gradeSchema,
  marks: z.array(markSchema).max(60),
  overrideReason: z.string().trim().max(500).default(''),
  reject: z
    .object({
      reasonCode: z.string().max(16),
      affectsDiagnosis: z.enum(['repeat', 'no-repeat']),
      /** The last four characters of the accession number (or of the study UID), typed again. */
      confirmation: z.string().max(16),
    })
    .nullable()
    .default(null),
  note: z.string().trim().max(1000),
  isKeptForTeaching: z.boolean(),
  standardVersion: versionSchema,
});

export const minutesSchema = z.object({
  title: z.string(),
  leaderName: z.string(),
  openedAt: momentSchema,
  closedAt: momentSchema.nullable(),
  decideBy: z.enum(['leader', 'majority']),
  minimumVotes: z.number().int(),
  attendance: z.array(z.object({ name: z.string(), joinedAt: momentSchema.nullable() })),
  films: z.array(
    z.object({
      number: z.number().int(),
      because: meetingCauseSchema,
      gradeBefore: gradeSchema.nullable(),
      accessionNumber: z.string(),
      ...filmWords,
      tally: tallySchema,
      decidedGrade: gradeSchema.nullable(),
      decidedAt: momentSchema.nullable(),
      note: z.string(),
      isKeptForTeaching: z.boolean(),
    }),
  ),
  notes: z.array(noteSchema),
});
export type Minutes = z.infer<typeof minutesSchema>;

export const joinCodeParams = z.object({ code: z.string().regex(/^[A-Za-z0-9_-]{16,32}$/) });
/** What is typed at `/meet`: capitals and digits, small letters and gaps forgiven. */
export const typedCodeRequest = z.object({
  typedCode: z
    .string()
    .max(20)
    .transform((typed) => typed.toUpperCase().replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^[A-Z2-9]{6}$/)),
});
export const typedCodeSchema = z.object({ code: z.string() });
export const joinListSchema = z.object({
  title: z.string(),
  names: z.array(z.object({ attendeeId: uuidSchema, name: z.string(), isTaken: z.boolean() })),
});
export const joinRequest = z.object({ attendeeId: uuidSchema });
export const joinedSchema = z.object({ token: z.string(), name: z.string() });
export const phoneQuery = z.object({ token: z.string().min(16).max(64) });
export const phoneSchema = z.object({
  title: z.string(),
  name: z.string(),
  isOpen: z.boolean(),
  phase: meetingPhaseSchema,
  number: z.number().int(),
  films: z.number().int(),
  film: z.object({ positionCode: z.string().nullable(), laterality: z.string().nullable() }),
  /** Nobody votes on an own film. */
  isOwnFilm: z.boolean(),
  mayVote: z.boolean(),
  vote: gradeSchema.nullable(),
  reason: z.string(),
  tally: tallySchema.nullable(),
  decidedGrade: gradeSchema.nullable(),
});
export type PhoneView = z.infer<typeof phoneSchema>;
export const voteRequest = z.object({
  token: z.string().min(16).max(64),
  number: z.number().int(),
  grade: gradeSchema,
  reason: z.string().trim().max(200).default(''),
});
export const minutesPrintQuery = z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') });

/** What an event of a meeting carries: enough for a phone to show the result without asking thirty at once. */
export const meetingNewsSchema = z.object({
  number: z.number().int(),
  isOpen: z.boolean(),
  phase: meetingPhaseSchema,
  tally: tallySchema.nullable(),
  decidedGrade: gradeSchema.nullable(),
});
export type MeetingNews = z.infer<typeof meetingNewsSchema>;
