import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface RepeatFilmRow {
  film_id: string;
  exam_id: string;
  patient_id: string;
  device_id: string | null;
  position_code: string | null;
  accession_number: string;
  taken_at: Date;
  film_order: number;
  grade: string | null;
  modality: string;
}

/** A film with what repeating asks of it; taken when its object came, the order within it by its number. */
const filmFields = sql`film.film_id, film.exam_id, exam.patient_id, exam.device_id, film.position_code,
  exam.accession_number, coalesce(instance.received_at, film.created_at) as taken_at,
  coalesce(instance.instance_number, 0) as film_order, film.grade, exam.modality`;
const filmSource = sql`film
  join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
  left join instance on instance.hospital_id = film.hospital_id and instance.sop_instance_uid = film.sop_instance_uid`;

export const findRepeatFilm = async (unit: UnitOfWork, filmId: string): Promise<RepeatFilmRow | undefined> => {
  const rows = await sql<RepeatFilmRow>`select ${filmFields} from ${filmSource}
    where film.hospital_id = ${unit.hospitalId} and film.film_id = ${filmId}`.execute(unit.db);
  return rows.rows[0];
};

/** Films of the same patient that could take the place of a rejected one and have taken no other's. */
export const findRepeatCandidates = async (
  unit: UnitOfWork,
  rejected: RepeatFilmRow,
  limit: number,
): Promise<RepeatFilmRow[]> => {
  const rows = await sql<RepeatFilmRow>`select ${filmFields} from ${filmSource}
    where film.hospital_id = ${unit.hospitalId} and exam.patient_id = ${rejected.patient_id}
      and film.film_id <> ${rejected.film_id} and coalesce(instance.received_at, film.created_at) >= ${rejected.taken_at}
      and not exists (select from repeat_order taken where taken.hospital_id = film.hospital_id
        and taken.replacement_film_id = film.film_id)
    order by taken_at, film_order limit ${limit}`.execute(unit.db);
  return rows.rows;
};

/** Open orders of the patient of an exam, the oldest first, locked until the transaction ends. */
export const lockOpenOrdersOfPatient = async (
  unit: UnitOfWork,
  examId: string,
): Promise<{ repeat_order_id: string; film_id: string }[]> => {
  const rows = await sql<{ repeat_order_id: string; film_id: string }>`
    select repeat_order.repeat_order_id, repeat_order.film_id
    from repeat_order
    join exam rejected on rejected.hospital_id = repeat_order.hospital_id and rejected.exam_id = repeat_order.exam_id
    join exam fresh on fresh.hospital_id = rejected.hospital_id and fresh.patient_id = rejected.patient_id
    where repeat_order.hospital_id = ${unit.hospitalId} and repeat_order.state = 'open' and fresh.exam_id = ${examId}
    order by repeat_order.opened_at for update of repeat_order`.execute(unit.db);
  return rows.rows;
};

export const lockRepeatOrder = (unit: UnitOfWork, repeatOrderId: string) =>
  unit.db
    .selectFrom('repeat_order')
    .select(['repeat_order_id', 'film_id', 'exam_id', 'state', 'replacement_film_id'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('repeat_order_id', '=', repeatOrderId)
    .forUpdate()
    .executeTakeFirst();

export interface RepeatOrderChange {
  state: 'open' | 'done' | 'cancelled';
  replacement_film_id?: string | null;
  link_source?: 'accession' | 'device' | 'person' | null;
  linked_at?: Date | null;
  linked_by?: string | null;
  closed_at?: Date | null;
  closed_by?: string | null;
  close_note?: string | null;
  cancel_reason?: 'patient-left' | 'radiologist-accepts' | 'not-needed' | 'duplicate' | 'other' | null;
}

export const updateRepeatOrder = async (
  unit: UnitOfWork,
  repeatOrderId: string,
  change: RepeatOrderChange,
): Promise<void> => {
  await unit.db
    .updateTable('repeat_order')
    .set(change)
    .where('hospital_id', '=', unit.hospitalId)
    .where('repeat_order_id', '=', repeatOrderId)
    .execute();
};
