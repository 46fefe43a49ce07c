import { z } from 'zod';

/** What one room tells the others, in the transaction of the change; the names are `noun.past-participle`. */
export const domainEvents = {
  'exam.received': z.object({ examId: z.string() }),
  'exam.completed': z.object({ examId: z.string() }),
  'exam.reopened': z.object({ examId: z.string() }),
  /** Whose it is, which objects it has or which side they show was corrected: what was made of it is made again. */
  'exam.corrected': z.object({ examId: z.string() }),
  /** The hospital has said that two numbers are one person's. */
  'patient.merged': z.object({ patientMergeId: z.string() }),
  /** An order, or a person, says how urgent it is. */
  'exam.prioritized': z.object({ examId: z.string() }),
  /** An archive has said what it commits to. */
  'commitment.answered': z.object({ destinationId: z.string(), transactionUid: z.string() }),
  'films.made': z.object({ examId: z.string() }),
  'film.graded': z.object({ filmId: z.string(), examId: z.string(), readingId: z.string() }),
  'film.withdrawn': z.object({ filmId: z.string(), examId: z.string(), readingId: z.string() }),
  /** A draw left films of the exam out: what still has to be read has changed. */
  'films.sampled': z.object({ examId: z.string() }),
  /** Films that a draw left out still have to be told. */
  'sample.drawn': z.object({ drawId: z.string() }),
  /** A person says which position a film is. */
  'film.repositioned': z.object({ filmId: z.string(), examId: z.string() }),
  'exam.released': z.object({ examId: z.string() }),
} as const;
export type DomainEventName = keyof typeof domainEvents;
export type DomainEvent = {
  [Name in DomainEventName]: { name: Name; payload: z.infer<(typeof domainEvents)[Name]> };
}[DomainEventName];

/** Names on the live stream `GET /api/v1/events`; each says only what changed, the page asks for the rest. */
export const liveEventNames = [
  'films.changed',
  'gate.changed',
  'forwards.changed',
  'exams.changed',
  'quarantine.changed',
  'tasks.changed',
  'notices.changed',
  'orders.changed',
  'analysis.changed',
  'teaching.changed',
  'parameters.changed',
] as const;
export type LiveEventName = (typeof liveEventNames)[number];
