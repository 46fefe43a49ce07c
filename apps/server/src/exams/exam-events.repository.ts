import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { recordRows } from '../platform/record-rows.ts';

/** A point on the time line of an exam; facts hold identifiers and counts. */
export interface ExamEvent {
  examId: string;
  at: Date;
  /** `noun.past-participle`; the words for people live in the web client. */
  event: string;
  facts?: Record<string, unknown>;
  accountId?: string | null;
}

export const recordExamEvents = async ({ db, hospitalId }: UnitOfWork, events: readonly ExamEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const rows = events.map(({ examId, at, event, facts, accountId }) => ({
    exam_id: examId,
    at,
    event,
    facts: facts ?? {},
    account_id: accountId ?? null,
  }));
  await sql`
    insert into exam_event (hospital_id, exam_id, at, event, facts, account_id)
    select ${hospitalId}::uuid, r.exam_id, r.at, r.event, r.facts, r.account_id
    from ${recordRows(rows, 'exam_id uuid, at timestamptz, event text, facts jsonb, account_id uuid')}`.execute(db);
};

export const recordExamEvent = (unit: UnitOfWork, event: ExamEvent): Promise<void> => recordExamEvents(unit, [event]);
