import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** A graded film with the reading that settled its grade; nothing of the patient. */
export interface SourceFilm {
  film_id: string;
  exam_id: string;
  sop_instance_uid: string | null;
  modality: string;
  position_code: string | null;
  laterality: string | null;
  grade: 'A' | 'B' | 'C' | 'reject' | null;
  score: number | null;
  marks: unknown;
  criteria: unknown;
  places: unknown;
  standard_id: string | null;
  standard_version: number | null;
}

export const findSourceFilm = async (
  { db, hospitalId }: UnitOfWork,
  filmId: string,
): Promise<SourceFilm | undefined> => {
  const found = await sql<SourceFilm>`
    select film.film_id, film.exam_id, film.sop_instance_uid, exam.modality, film.position_code, film.laterality,
      film.grade, film.score, reading.marks, reading.criteria, reading.places, reading.standard_id,
      reading.standard_version
    from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      left join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
    where film.hospital_id = ${hospitalId} and film.film_id = ${filmId}`.execute(db);
  return found.rows[0];
};

export interface SourceImage {
  sopInstanceUid: string;
  sopClassUid: string;
  objectId: string;
  dataSetOffset: number;
  transferSyntaxUid: string;
}

/** The film's image, or evenly spaced images of the longest series of a CT or MR exam, in order. */
export const findSourceImages = async (
  { db, hospitalId }: UnitOfWork,
  filmId: string,
  most: number,
): Promise<SourceImage[]> => {
  const found = await sql<SourceImage>`
    with source as (
      select film.exam_id, film.sop_instance_uid, (
        select series_instance_uid from series
        where series.hospital_id = film.hospital_id and series.exam_id = film.exam_id
        order by instance_count desc, series_instance_uid limit 1) as series_instance_uid
      from film where film.hospital_id = ${hospitalId} and film.film_id = ${filmId}
    ), image as (
      select i.sop_instance_uid, i.sop_class_uid, i.object_id, o.data_set_offset, o.transfer_syntax_uid,
        row_number() over (order by i.instance_number, i.sop_instance_uid) - 1 as place, count(*) over () as total
      from source join instance i on i.hospital_id = ${hospitalId} and i.exam_id = source.exam_id and i.is_image
        and case when source.sop_instance_uid is null then i.series_instance_uid = source.series_instance_uid
          else i.sop_instance_uid = source.sop_instance_uid end
        join stored_object o on o.hospital_id = i.hospital_id and o.object_id = i.object_id
    )
    select sop_instance_uid as "sopInstanceUid", sop_class_uid as "sopClassUid", object_id as "objectId",
      data_set_offset as "dataSetOffset", transfer_syntax_uid as "transferSyntaxUid"
    from image
    where total <= ${most} or floor(place * ${most}::numeric / total) <> floor((place - 1) * ${most}::numeric / total)
    order by place`.execute(db);
  return found.rows;
};

/** By what the register knows the patient of a film, for words that must not repeat it. */
export const findPatientWords = async ({ db, hospitalId }: UnitOfWork, filmId: string): Promise<string[]> => {
  const found = await sql<{ name: string; id: string; accession: string }>`
    select patient.name, patient.dicom_patient_id as id, exam.accession_number as accession
    from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join patient on patient.hospital_id = exam.hospital_id and patient.patient_id = exam.patient_id
    where film.hospital_id = ${hospitalId} and film.film_id = ${filmId}`.execute(db);
  return found.rows.flatMap(({ name, id, accession }) => [name, id, accession]).filter((word) => word !== '');
};

/** Decided films of meetings that were kept for teaching and have no case yet. */
export const findKeptFilms = async (
  { db, hospitalId }: UnitOfWork,
  most: number,
): Promise<{ film_id: string; meeting_id: string }[]> => {
  const found = await sql<{ film_id: string; meeting_id: string }>`
    select meeting_film.film_id, meeting_film.meeting_id
    from meeting_film join film on film.hospital_id = meeting_film.hospital_id and film.film_id = meeting_film.film_id
    where meeting_film.hospital_id = ${hospitalId} and meeting_film.is_kept_for_teaching and film.grade is not null
      and not exists (select from teaching_case where teaching_case.hospital_id = meeting_film.hospital_id
        and teaching_case.film_id = meeting_film.film_id)
    order by meeting_film.decided_at limit ${most}`.execute(db);
  return found.rows;
};
