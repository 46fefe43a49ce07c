import type { ParameterFacts } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** What is judged as one: the image of a radiograph, or one series of CT and MR, with the header of its first slice. */
export interface FilmSubject {
  filmId: string;
  examId: string;
  deviceId: string | null;
  examAt: Date;
  positionCode: string | null;
  subjectUid: string;
  facts: ParameterFacts & { qualityControlImage?: string };
}

/** The subjects of these films. A series that begins with its localizer is known by its first other slice. */
export const findSubjects = async (
  { db, hospitalId }: UnitOfWork,
  filmIds: readonly string[],
): Promise<FilmSubject[]> => {
  const { rows } = await sql<FilmSubject>`
    select f.film_id as "filmId", f.exam_id as "examId", e.device_id as "deviceId", e.exam_at as "examAt",
      f.position_code as "positionCode", subject.uid as "subjectUid", subject.facts
    from film f
    join exam e on e.hospital_id = f.hospital_id and e.exam_id = f.exam_id
    cross join lateral (
      select i.sop_instance_uid as uid, i.facts from instance i
      where f.kind = 'image' and i.hospital_id = f.hospital_id and i.exam_id = f.exam_id
        and i.sop_instance_uid = f.sop_instance_uid
      union all
      (select distinct on (i.series_instance_uid) i.series_instance_uid, i.facts from instance i
       where f.kind = 'exam' and i.hospital_id = f.hospital_id and i.exam_id = f.exam_id and i.is_image
       order by i.series_instance_uid, coalesce(jsonb_exists(i.facts -> 'imageType', 'LOCALIZER'), false), i.instance_number)
    ) as subject
    where f.hospital_id = ${hospitalId} and f.film_id = any(${[...filmIds]}::uuid[])
    order by e.exam_at desc, subject.uid`.execute(db);
  return rows;
};

/** The newest films of a device that readers called good (甲 or 乙). */
export const findGoodFilms = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ film_id: string }>`
    select f.film_id from exam e join film f on f.hospital_id = e.hospital_id and f.exam_id = e.exam_id
    where e.hospital_id = ${hospitalId} and e.device_id = ${deviceId} and f.grade in ('A', 'B')
    order by e.exam_at desc, f.film_id limit ${limit}`.execute(db);
  return rows.map((row) => row.film_id);
};

export const findFilmsOfExam = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<string[]> =>
  (
    await sql<{ film_id: string }>`select film_id from film
      where hospital_id = ${hospitalId} and exam_id = ${examId} order by film_id`.execute(db)
  ).rows.map((row) => row.film_id);

/** The exam of a film; undefined when there is no such film. */
export const findExamOf = async ({ db, hospitalId }: UnitOfWork, filmId: string): Promise<string | undefined> =>
  (
    await sql<{ exam_id: string }>`select exam_id from film
      where hospital_id = ${hospitalId} and film_id = ${filmId}`.execute(db)
  ).rows[0]?.exam_id;
