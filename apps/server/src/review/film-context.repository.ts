import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The newest 甲 film with the best score of the same position and side, of another exam; null while there is none. */
export const findReferenceImage = async (unit: UnitOfWork, filmId: string) => {
  const { rows } = await sql<{ sop_instance_uid: string; rows: number | null; columns: number | null }>`
    select other.sop_instance_uid, (instance.facts ->> 'rows')::int as rows, (instance.facts ->> 'columns')::int as columns
    from film
      join film other on other.hospital_id = film.hospital_id and other.position_code = film.position_code
        and other.laterality is not distinct from film.laterality
      join instance on instance.hospital_id = other.hospital_id and instance.sop_instance_uid = other.sop_instance_uid
    where film.hospital_id = ${unit.hospitalId} and film.film_id = ${filmId}
      and other.grade = 'A' and other.exam_id <> film.exam_id and other.kind = 'image'
    order by other.score desc, other.graded_at desc limit 1`.execute(unit.db);
  return rows[0] ?? null;
};

/** Grades of the same device and position since the day, this film left out. */
export const countHistory = async (unit: UnitOfWork, filmId: string, sinceDay: string) => {
  const { rows } = await sql<{ graded: number; good: number; rejected: number }>`
    select count(*) as graded, count(*) filter (where other.grade in ('A', 'B')) as good,
      count(*) filter (where other.grade = 'reject') as rejected
    from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join exam other_exam on other_exam.hospital_id = exam.hospital_id and other_exam.device_id = exam.device_id
      join film other on other.hospital_id = other_exam.hospital_id and other.exam_id = other_exam.exam_id
        and other.position_code is not distinct from film.position_code
    where film.hospital_id = ${unit.hospitalId} and film.film_id = ${filmId} and other.film_id <> film.film_id
      and other.day >= ${sinceDay} and other.state = 'graded'`.execute(unit.db);
  return rows[0] ?? { graded: 0, good: 0, rejected: 0 };
};

/** Items marked most on the films of this device and position. */
export const countHistoryMarks = async (unit: UnitOfWork, filmId: string, sinceDay: string, limit: number) => {
  const { rows } = await sql<{ code: string; count: number }>`
    select mark ->> 'code' as code, count(*) as count
    from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join exam other_exam on other_exam.hospital_id = exam.hospital_id and other_exam.device_id = exam.device_id
      join film other on other.hospital_id = other_exam.hospital_id and other.exam_id = other_exam.exam_id
        and other.position_code is not distinct from film.position_code
      join reading on reading.hospital_id = other.hospital_id and reading.reading_id = other.reading_id
      cross join lateral jsonb_array_elements(reading.marks) as mark
    where film.hospital_id = ${unit.hospitalId} and film.film_id = ${filmId} and other.film_id <> film.film_id
      and other.day >= ${sinceDay}
    group by 1 order by 2 desc, 1 limit ${limit}`.execute(unit.db);
  return rows;
};

/** Dose of a CT exam by its dose reports: DLP of every irradiation once, and the highest CTDIvol; null without a report. */
export const findCtDose = async (
  unit: UnitOfWork,
  examId: string,
): Promise<{ dlpMgyCm: number | null; ctdiVolMgy: number | null }> => {
  const { rows } = await sql<{ dlp: number | null; ctdi_vol: number | null }>`
    with event as (
      select distinct on (coalesce(event.event_uid, event.run_id::text || ' ' || event.event_number))
        event.dlp_mgy_cm, event.ctdi_vol_mgy
      from dose_report report
        join dose_event event on event.hospital_id = report.hospital_id and event.run_id = report.run_id
      where report.hospital_id = ${unit.hospitalId} and report.exam_id = ${examId}
        and report.source in ('rdsr', 'enhanced-sr')
      order by coalesce(event.event_uid, event.run_id::text || ' ' || event.event_number), event.run_id)
    select sum(dlp_mgy_cm) as dlp, max(ctdi_vol_mgy) as ctdi_vol from event`.execute(unit.db);
  return { dlpMgyCm: rows[0]?.dlp ?? null, ctdiVolMgy: rows[0]?.ctdi_vol ?? null };
};
