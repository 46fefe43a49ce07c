import type { RejectionCause, RejectionState, StandingRejection } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface RejectedInstance {
  sop_instance_uid: string;
  title: RejectionCause['title'];
  reason_code: string;
  account_id: string | null;
}

/** Every object of the exam that is rejected now, and why. */
export const findRejectedInstances = async (unit: UnitOfWork, examId: string): Promise<RejectedInstance[]> => {
  const rows = await sql<RejectedInstance>`
    select instance.sop_instance_uid, 'quality' as title, coalesce(reading.reject_reason_code, '') as reason_code,
      reading.account_id
    from film
    join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
    join instance on instance.hospital_id = film.hospital_id and instance.exam_id = film.exam_id
      and (film.kind = 'exam' or instance.sop_instance_uid = film.sop_instance_uid)
    where film.hospital_id = ${unit.hospitalId} and film.exam_id = ${examId} and film.grade = 'reject'
    order by instance.series_instance_uid, instance.instance_number, instance.sop_instance_uid`.execute(unit.db);
  return rows.rows;
};

/**
 * Which archives have which objects of the exam: what was sent, or may have arrived; beside the stream every archive
 * is taken to have everything.
 */
export const findPresent = async (
  unit: UnitOfWork,
  examId: string,
): Promise<{ destination_id: string; sop_instance_uid: string }[]> => {
  const rows = await sql<{ destination_id: string; sop_instance_uid: string }>`
    select destination_id, sop_instance_uid from forward
    where hospital_id = ${unit.hospitalId} and exam_id = ${examId} and (state in ('sent', 'unconfirmed') or is_doubtful)
    union
    select destination.destination_id, instance.sop_instance_uid
    from exam
    join device_stream stream on stream.hospital_id = exam.hospital_id and stream.device_id = exam.device_id
      and stream.mode <> 'in-line'
    join instance on instance.hospital_id = exam.hospital_id and instance.exam_id = exam.exam_id
    join destination on destination.hospital_id = exam.hospital_id and destination.is_enabled
    where exam.hospital_id = ${unit.hospitalId} and exam.exam_id = ${examId}`.execute(unit.db);
  return rows.rows;
};

/** What stands against objects of the exam, locked until the transaction ends. */
export const lockStanding = async (
  unit: UnitOfWork,
  examId: string,
): Promise<(StandingRejection & { state: RejectionState })[]> => {
  const rows = await unit.db
    .selectFrom('rejection')
    .select(['rejection_id', 'destination_id', 'title', 'reason_code', 'instance_uids', 'state'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .where('title', '<>', 'revoke')
    .where('state', '<>', 'taken-back')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    id: row.rejection_id,
    destinationId: row.destination_id,
    title: row.title as RejectionCause['title'],
    reasonCode: row.reason_code,
    instanceUids: row.instance_uids,
    state: row.state,
  }));
};

export interface NewRejectionRow {
  rejection_id: string;
  exam_id: string;
  destination_id: string;
  title: RejectionCause['title'] | 'revoke';
  reason_code: string;
  revokes: string | null;
  instance_uids: string[];
  sop_instance_uid: string | null;
  content: Buffer | null;
  state: RejectionState;
  made_at: Date;
  made_by: string | null;
}

export const insertRejection = async (unit: UnitOfWork, row: NewRejectionRow): Promise<void> => {
  await unit.db
    .insertInto('rejection')
    .values({ hospital_id: unit.hospitalId, next_attempt_at: row.made_at, ...row })
    .execute();
};

export interface RejectionChange {
  state: RejectionState;
  attempts?: number;
  next_attempt_at?: Date;
  answer_code?: string;
  answer_text?: string;
  sent_at?: Date;
  checked_at?: Date;
  still_visible?: number;
  closed_at?: Date;
  closed_by?: string | null;
  close_note?: string;
}

export const updateRejection = async (
  unit: UnitOfWork,
  rejectionId: string,
  change: RejectionChange,
): Promise<void> => {
  await unit.db
    .updateTable('rejection')
    .set(change)
    .where('hospital_id', '=', unit.hospitalId)
    .where('rejection_id', '=', rejectionId)
    .execute();
};

/** One rejection with its state, locked until the transaction ends. */
export const lockRejection = (unit: UnitOfWork, rejectionId: string) =>
  unit.db
    .selectFrom('rejection')
    .select(['rejection_id', 'exam_id', 'destination_id', 'title', 'state', 'attempts', 'instance_uids'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('rejection_id', '=', rejectionId)
    .forUpdate()
    .executeTakeFirst();

/** What has left and is rejected no more goes there once again. */
export const resendForwards = async (
  unit: UnitOfWork,
  destinationId: string,
  instanceUids: readonly string[],
  at: Date,
): Promise<void> => {
  await unit.db
    .updateTable('forward')
    .set({ state: 'queued', attempts: 0, next_attempt_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .where('sop_instance_uid', '=', sql<string>`any(${[...instanceUids]}::text[])`)
    .where('state', 'in', ['sent', 'unconfirmed', 'cancelled'])
    .execute();
};

/** How each archive wants to be told. */
export const findRecipes = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('destination')
    .select(['destination_id', 'name', 'reject_recipe', 'undo_recipe'])
    .where('hospital_id', '=', unit.hospitalId)
    .execute();
