import type { RejectionCause, RejectionState, StandingRejection } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** One copy of one object at one archive, and why it must not be shown there; no title: nothing is wrong with it. */
export interface ObjectThere {
  destination_id: string;
  sop_instance_uid: string;
  copy_id: string;
  is_present: boolean;
  title: RejectionCause['title'] | null;
  reason_code: string;
  is_by_hand: boolean;
  /** Who graded it 废; null for what a correction has superseded. */
  account_id: string | null;
}

/**
 * What archives have of an exam, or had or will have: what was sent, or may have arrived; beside the stream every
 * archive is taken to have everything as the device made it.
 */
export const findObjectsThere = async (unit: UnitOfWork, examId: string): Promise<ObjectThere[]> => {
  const rows = await sql<ObjectThere>`
    with there as (
      select hospital_id, destination_id, sop_instance_uid, copy_id, superseded, superseded_recipe,
        state in ('sent', 'unconfirmed') or is_doubtful as is_present
      from forward where hospital_id = ${unit.hospitalId} and exam_id = ${examId}
      union all
      select i.hospital_id, d.destination_id, i.sop_instance_uid, i.copy_id, null, null, true
      from exam e
      join device_stream s on s.hospital_id = e.hospital_id and s.device_id = e.device_id and s.mode <> 'in-line'
      join instance i on i.hospital_id = e.hospital_id and i.exam_id = e.exam_id
      join destination d on d.hospital_id = e.hospital_id and d.is_enabled
      where e.hospital_id = ${unit.hospitalId} and e.exam_id = ${examId}
        and not exists (select from forward f where f.hospital_id = i.hospital_id
          and f.sop_instance_uid = i.sop_instance_uid and f.destination_id = d.destination_id)
    )
    select t.destination_id, t.sop_instance_uid, t.copy_id, t.is_present,
      case when ${isSuperseded} then t.superseded else reading.reject_title end as title,
      case when ${isSuperseded} or reading.reject_title <> 'quality' then ''
        else coalesce(reading.reject_reason_code, '') end as reason_code,
      coalesce(t.superseded_recipe = 'task', false) as is_by_hand,
      case when ${isSuperseded} then null else reading.account_id end as account_id
    from there t
    join instance i on i.hospital_id = t.hospital_id and i.sop_instance_uid = t.sop_instance_uid
    left join film on film.hospital_id = i.hospital_id and film.exam_id = i.exam_id and film.grade = 'reject'
      and (film.kind = 'exam' or film.sop_instance_uid = i.sop_instance_uid)
    left join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
    order by i.series_instance_uid, i.instance_number, i.sop_instance_uid`.execute(unit.db);
  return rows.rows;
};

/** A correction stands in its place, and the archive does not correct it by itself. */
const isSuperseded = sql`(t.superseded is not null and t.superseded_recipe <> 'none')`;

/** What stands against objects of the exam, locked until the transaction ends. */
export const lockStanding = async (
  unit: UnitOfWork,
  examId: string,
): Promise<(StandingRejection & { state: RejectionState })[]> => {
  const rows = await unit.db
    .selectFrom('rejection')
    .select(['rejection_id', 'destination_id', 'title', 'reason_code', 'instance_uids', 'state', 'copy_id'])
    .select(sql<boolean>`content is null`.as('is_by_hand'))
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
    copyId: row.copy_id,
    isByHand: row.is_by_hand,
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
  copy_id: string;
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
  there: { destinationId: string; copyId: string; instanceUids: readonly string[] },
  at: Date,
): Promise<void> => {
  const { destinationId, copyId, instanceUids } = there;
  await unit.db
    .updateTable('forward')
    .set({ state: 'queued', attempts: 0, next_attempt_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .where('copy_id', '=', copyId)
    .where('superseded', 'is', null)
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
