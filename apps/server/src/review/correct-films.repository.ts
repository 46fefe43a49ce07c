import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The side that each of these images shows, as it stands now. */
export const findSides = async (
  unit: UnitOfWork,
  instanceUids: readonly string[],
): Promise<{ sop_instance_uid: string; laterality: string | null }[]> => {
  const rows = await sql<{ sop_instance_uid: string; laterality: string | null }>`
    select i.sop_instance_uid,
      coalesce(film.laterality, i.facts ->> 'imageLaterality', i.facts ->> 'laterality') as laterality
    from instance i
    left join film on film.hospital_id = i.hospital_id and film.exam_id = i.exam_id
      and film.sop_instance_uid = i.sop_instance_uid
    where i.hospital_id = ${unit.hospitalId} and i.sop_instance_uid = any(${[...instanceUids]}::text[])
    order by i.series_instance_uid, i.instance_number, i.sop_instance_uid`.execute(unit.db);
  return rows.rows;
};

/** The films show this side; what the header says stays where it is, and so does every grade. */
export const setSides = async (
  unit: UnitOfWork,
  sides: readonly { sopInstanceUid: string; side: string | null }[],
): Promise<void> => {
  await sql`
    update film set laterality = s.side
    from json_to_recordset(${JSON.stringify(sides)}::json) as s("sopInstanceUid" text, side text)
    where film.hospital_id = ${unit.hospitalId} and film.sop_instance_uid = s."sopInstanceUid"`.execute(unit.db);
};

/** Films of images that belong to another exam now go with them, graded or not, with repeat orders and incidents. */
export const moveFilms = async (
  unit: UnitOfWork,
  { from, to, instanceUids }: { from: string; to: string; instanceUids: readonly string[] },
): Promise<void> => {
  await sql`
    with moved as (
      update film set exam_id = ${to}
      where hospital_id = ${unit.hospitalId} and exam_id = ${from}
        and sop_instance_uid = any(${[...instanceUids]}::text[])
      returning film_id),
    incidents as (
      update incident set exam_id = ${to} from moved
      where incident.hospital_id = ${unit.hospitalId} and incident.film_id = moved.film_id)
    update repeat_order set exam_id = ${to} from moved
    where repeat_order.hospital_id = ${unit.hospitalId} and repeat_order.film_id = moved.film_id`.execute(unit.db);
};

/** Films of these objects, and how many of them are graded. */
export const countFilms = async (
  unit: UnitOfWork,
  examId: string,
  instanceUids: readonly string[],
): Promise<{ graded: number }> => {
  const rows = await sql<{ graded: number }>`
    select count(*) filter (where grade is not null)::integer as graded from film
    where hospital_id = ${unit.hospitalId} and exam_id = ${examId}
      and (kind = 'exam' or sop_instance_uid = any(${[...instanceUids]}::text[]))`.execute(unit.db);
  return rows.rows[0] ?? { graded: 0 };
};
