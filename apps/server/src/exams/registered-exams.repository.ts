import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { recordRows } from '../platform/record-rows.ts';

/** What stands in the register of an exam that more objects come for. */
export interface RegisteredExam {
  exam_id: string;
  study_instance_uid: string;
  patient_id: string;
  accession_number: string;
  modality: string;
  description: string;
  body_part: string;
  exam_at_is_known: boolean;
  patient_age: string;
  device_id: string | null;
  operator_name: string;
  technologist_id: string | null;
  institution_name: string;
  priority: string;
  state: 'receiving' | 'ready';
  oddities: Oddity[];
  search_text: string;
  copy_id: string;
}

/** A header element that is not as it should be. */
export interface Oddity {
  keyword: string;
  reason: string;
}

/** By Study Instance UID, locked until the end of the transaction. */
export const loadExams = async (
  { db, hospitalId }: UnitOfWork,
  uids: readonly string[],
): Promise<Map<string, RegisteredExam>> => {
  const found = await sql<RegisteredExam>`
    select exam_id, study_instance_uid, patient_id, accession_number, modality, description, body_part,
      exam_at_is_known, patient_age, device_id, operator_name, technologist_id, institution_name, priority, state,
      oddities, search_text, copy_id
    from exam where hospital_id = ${hospitalId} and study_instance_uid = any(${uids}::text[])
    order by exam_id for update`.execute(db);
  return new Map(found.rows.map((row) => [row.study_instance_uid, row]));
};

const columns = `exam_id uuid, study_instance_uid text, patient_id uuid, accession_number text, modality text,
  description text, body_part text, exam_at text, patient_age text, device_id uuid, operator_name text,
  technologist_id uuid, institution_name text, priority text, first_received_at timestamptz,
  last_received_at timestamptz, oddities jsonb, search_text text, new_instances integer`;

/** Local times are the hospital's; a time that carries its offset is taken as it stands. */
const examAt = sql`case
  when r.exam_at is null then null
  when r.exam_at ~ '[+-][0-9]{2}:[0-9]{2}$' then r.exam_at::timestamptz
  else r.exam_at::timestamp at time zone h.time_zone end`;

export const addExams = async ({ db, hospitalId }: UnitOfWork, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    insert into exam (hospital_id, exam_id, study_instance_uid, patient_id, accession_number, modality, description,
      body_part, exam_at, exam_at_is_known, patient_age, device_id, operator_name, technologist_id, institution_name,
      priority, first_received_at, last_received_at, instance_count, oddities, search_text)
    select h.hospital_id, r.exam_id, r.study_instance_uid, r.patient_id, r.accession_number, r.modality, r.description,
      r.body_part, coalesce(${examAt}, r.first_received_at), r.exam_at is not null, r.patient_age, r.device_id,
      r.operator_name, r.technologist_id, r.institution_name, r.priority, r.first_received_at, r.last_received_at,
      r.new_instances, r.oddities, r.search_text
    from ${recordRows(rows, columns)} join hospital h on h.hospital_id = ${hospitalId}`.execute(db);
};

/** Adds what was not known; an exam that was complete is open again. */
export const growExams = async ({ db, hospitalId }: UnitOfWork, rows: readonly object[], now: Date): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    update exam e set
      accession_number = r.accession_number, modality = r.modality, description = r.description,
      body_part = r.body_part, exam_at = coalesce(${examAt}, e.exam_at),
      exam_at_is_known = e.exam_at_is_known or r.exam_at is not null, patient_age = r.patient_age,
      device_id = r.device_id, operator_name = r.operator_name, technologist_id = r.technologist_id,
      institution_name = r.institution_name, priority = r.priority,
      first_received_at = least(e.first_received_at, r.first_received_at),
      last_received_at = greatest(e.last_received_at, r.last_received_at),
      instance_count = e.instance_count + r.new_instances, oddities = r.oddities, search_text = r.search_text,
      reopened_at = case when e.state = 'ready' then ${now} else e.reopened_at end,
      ready_at = null, state = 'receiving'
    from ${recordRows(rows, columns)}
      join hospital h on h.hospital_id = ${hospitalId}
    where e.hospital_id = ${hospitalId} and e.exam_id = r.exam_id`.execute(db);
};
