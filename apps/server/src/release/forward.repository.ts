import type { ForwardState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { notifyWith } from '../platform/notify.ts';

/** Told to every process when something was queued, so that the first object leaves at once. */
export const forwardChannel = 'jiapian_forward';

/** A copy beside the stream, and what was fetched, is in the PACS already. */
const standsInLine = sql`not exists (
  select from exam join device_stream stream using (hospital_id, device_id)
  where exam.hospital_id = instance.hospital_id and exam.exam_id = instance.exam_id and stream.mode <> 'in-line')`;

/** The rules of a destination; an empty list asks nothing. */
const goesThere = sql`exists (
  select from exam where exam.hospital_id = instance.hospital_id and exam.exam_id = instance.exam_id
    and (coalesce(jsonb_array_length(destination.forward_rules->'modalities'), 0) = 0
      or destination.forward_rules->'modalities' @> to_jsonb(exam.modality))
    and (coalesce(jsonb_array_length(destination.forward_rules->'deviceIds'), 0) = 0
      or destination.forward_rules->'deviceIds' @> to_jsonb(exam.device_id::text)))`;

/** Whatever happens, a rejected object is not sent. */
const isRejected = sql`exists (
  select from film where film.hospital_id = forward.hospital_id and film.exam_id = forward.exam_id
    and film.grade = 'reject' and (film.kind = 'exam' or film.sop_instance_uid = forward.sop_instance_uid))`;

/** What the archive has of an object and is not to be replaced: a person there, or it itself, corrects it. */
const isCorrectedThere = sql`exists (
  select from forward old where old.hospital_id = instance.hospital_id
    and old.destination_id = destination.destination_id and old.sop_instance_uid = instance.sop_instance_uid
    and old.superseded_recipe <> 'follow')`;

/**
 * Queues every object of a released exam for every enabled destination, once each, as it is corrected by now; a film
 * graded 废 stays here, and a whole exam graded 废 with it. Answers how many were queued.
 */
export const queueForwards = async (unit: UnitOfWork, examId: string, at: Date): Promise<number> => {
  const queued = await sql`
    insert into forward (hospital_id, exam_id, sop_instance_uid, copy_id, destination_id, queued_at, next_attempt_at)
    select instance.hospital_id, instance.exam_id, instance.sop_instance_uid, instance.copy_id,
      destination.destination_id, ${at}, ${at}
    from instance
    join destination on destination.hospital_id = instance.hospital_id and destination.is_enabled
    where instance.hospital_id = ${unit.hospitalId} and instance.exam_id = ${examId}
      and ${standsInLine} and ${goesThere} and not ${isCorrectedThere}
      and not exists (
        select from film
        where film.hospital_id = instance.hospital_id and film.exam_id = instance.exam_id and film.grade = 'reject'
          and (film.kind = 'exam' or film.sop_instance_uid = instance.sop_instance_uid))
    order by instance.series_instance_uid, instance.instance_number
    on conflict (hospital_id, destination_id, sop_instance_uid, copy_id) do update
      set state = 'queued', attempts = 0, next_attempt_at = excluded.next_attempt_at
      where forward.state = 'cancelled' and forward.superseded is null`.execute(unit.db);
  const count = Number(queued.numAffectedRows ?? 0n);
  if (count > 0) await notifyWith(unit, forwardChannel);
  return count;
};

/** Takes back what has not left yet of films that are 废, and of copies that are corrected; what has left stays. */
export const cancelRejected = async (unit: UnitOfWork, examId: string): Promise<void> => {
  await sql`
    update forward set state = 'cancelled'
    where hospital_id = ${unit.hospitalId} and exam_id = ${examId}
      and state in ('queued', 'failed', 'refused', 'parked') and (superseded is not null or ${isRejected})`.execute(
    unit.db,
  );
};

/** Of these exams, the ones with a film that is 废, or with an object that was corrected while it was on its way. */
export const findExamsToFollow = async (unit: UnitOfWork, examIds: readonly string[]): Promise<string[]> => {
  const rows = await sql<{ exam_id: string }>`
    select exam_id from film
    where hospital_id = ${unit.hospitalId} and exam_id = any(${[...examIds]}::uuid[]) and grade = 'reject'
    union
    select exam_id from forward
    where hospital_id = ${unit.hospitalId} and exam_id = any(${[...examIds]}::uuid[]) and superseded is not null`.execute(
    unit.db,
  );
  return rows.rows.map((row) => row.exam_id);
};

/** One object to send: where its bytes are and how they are encoded. */
export interface TakenForward {
  forward_id: number;
  exam_id: string;
  sop_instance_uid: string;
  sop_class_uid: string;
  object_id: string;
  transfer_syntax_uid: string;
  data_set_offset: number;
  attempts: number;
  copy_id: string;
}

/**
 * Takes the next due objects of a destination, emergencies first; each is `sending` from then on. Looked up one by one
 * (`offset 0` keeps the planner from joining): on tables without statistics a join read every row for every row.
 */
export const takeForwards = async (
  unit: UnitOfWork,
  destinationId: string,
  now: Date,
  many: number | 'trial',
): Promise<TakenForward[]> => {
  // On trial one object goes, and it need not be due: the destination's wait is over, not its own.
  const isDue = many === 'trial' ? sql`true` : sql`forward.next_attempt_at <= ${now}`;
  const taken = await sql<TakenForward>`
    with due as (
      select forward.forward_id
      from forward join exam on exam.hospital_id = forward.hospital_id and exam.exam_id = forward.exam_id
      where forward.hospital_id = ${unit.hospitalId} and forward.destination_id = ${destinationId}
        and forward.state in ('queued', 'failed') and forward.superseded is null and ${isDue} and not ${isRejected}
      order by (exam.priority = 'emergency') desc, forward.next_attempt_at, forward.forward_id
      limit ${many === 'trial' ? 1 : many} for update of forward skip locked),
    taken as (
      update forward set state = 'sending'
      where forward.hospital_id = ${unit.hospitalId} and forward.forward_id = any(array(select forward_id from due))
      returning forward.hospital_id, forward.forward_id, forward.exam_id, forward.sop_instance_uid, forward.attempts,
        forward.copy_id)
    select taken.forward_id, taken.exam_id, taken.sop_instance_uid, held.sop_class_uid, held.object_id,
      stored.transfer_syntax_uid, stored.data_set_offset, taken.attempts, taken.copy_id
    from taken
    cross join lateral (
      select instance.sop_class_uid, instance.object_id from instance
      where instance.hospital_id = taken.hospital_id and instance.sop_instance_uid = taken.sop_instance_uid offset 0) held
    cross join lateral (
      select stored_object.transfer_syntax_uid, stored_object.data_set_offset from stored_object
      where stored_object.hospital_id = taken.hospital_id and stored_object.object_id = held.object_id offset 0) stored`.execute(
    unit.db,
  );
  return taken.rows.toSorted((one, other) => one.forward_id - other.forward_id);
};

export interface ForwardAnswer {
  forward_id: number;
  state: ForwardState;
  attempts: number;
  next_attempt_at: Date;
  answer_code: string;
  answer_text: string;
  is_doubtful?: true;
}

export const recordAnswers = async (unit: UnitOfWork, answers: readonly ForwardAnswer[], at: Date): Promise<void> => {
  await sql`
    update forward set state = a.state, attempts = a.attempts, next_attempt_at = a.next_attempt_at,
      answer_code = a.answer_code, answer_text = a.answer_text, answered_at = ${at}, checks = 0,
      is_doubtful = forward.is_doubtful or coalesce(a.is_doubtful, false)
    from json_to_recordset(${JSON.stringify(answers)}::json) as a(forward_id bigint, state text, attempts integer,
      next_attempt_at timestamptz, answer_code text, answer_text text, is_doubtful boolean)
    where forward.hospital_id = ${unit.hospitalId} and forward.forward_id = a.forward_id`.execute(unit.db);
};

/** Taken and not tried: as if it had never been taken. */
export const returnForwards = async (unit: UnitOfWork, forwardIds: readonly number[]): Promise<void> => {
  await unit.db
    .updateTable('forward')
    .set({ state: 'queued' })
    .where('hospital_id', '=', unit.hospitalId)
    .where('forward_id', 'in', [...forwardIds])
    .where('state', '=', 'sending')
    .execute();
};

/** After a stop in the middle nobody knows whether the peer has the object: it is sent again. */
export const requeueInterrupted = async (unit: SystemUnitOfWork): Promise<void> => {
  await unit.db
    .updateTable('forward')
    .set({ state: 'queued', is_doubtful: true })
    .where('state', '=', 'sending')
    .execute();
};

/** Another round for what failed, was refused or is parked. */
export const requeueForwards = async (
  unit: UnitOfWork,
  filter: { destinationId?: string | undefined; examId?: string | undefined },
  now: Date,
): Promise<number> => {
  let query = unit.db
    .updateTable('forward')
    .set({ state: 'queued', attempts: 0, next_attempt_at: now })
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', 'in', ['failed', 'refused', 'parked']);
  if (filter.destinationId !== undefined) query = query.where('destination_id', '=', filter.destinationId);
  if (filter.examId !== undefined) query = query.where('exam_id', '=', filter.examId);
  const updated = await query.executeTakeFirst();
  return Number(updated.numUpdatedRows);
};
