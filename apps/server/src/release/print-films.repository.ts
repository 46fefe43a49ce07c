import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface PrintableFilm {
  filmId: string;
  examId: string;
  accessionNumber: string;
  objectId: string | null;
  sopInstanceUid: string | null;
  grade: string | null;
  gateState: string;
  laterality: string | null;
  positionCode: string | null;
  patientName: string;
  patientNumber: string;
  sex: string | null;
  /** As the header says it, for example `045Y`. */
  patientAge: string;
  /** In the hospital's time zone; null when the header names no time. */
  day: string | null;
  hospitalName: string;
  rows: number | null;
  columns: number | null;
  /** Distance of neighbouring columns in the plane of the detector, mm. */
  pixelSpacingMm: number | null;
}

/** Films with what the gate says of them, in the order in which they were asked for. */
export const findPrintableFilms = async (
  { db, hospitalId }: UnitOfWork,
  filmIds: readonly string[],
): Promise<PrintableFilm[]> => {
  const found = await sql<PrintableFilm>`
    select f.film_id as "filmId", f.exam_id as "examId", e.accession_number as "accessionNumber",
      i.object_id as "objectId", f.grade, coalesce(g.state, 'none') as "gateState", f.laterality,
      f.position_code as "positionCode", p.name as "patientName", f.sop_instance_uid as "sopInstanceUid",
      p.dicom_patient_id as "patientNumber", p.sex, e.patient_age as "patientAge", h.name as "hospitalName",
      case when e.exam_at_is_known then to_char(e.exam_at at time zone h.time_zone, 'YYYY-MM-DD') end as day,
      (i.facts->>'rows')::int as rows, (i.facts->>'columns')::int as columns,
      (i.facts->'pixelSpacing'->>'columnMm')::float8 as "pixelSpacingMm"
    from unnest(${filmIds}::uuid[]) with ordinality as wanted(film_id, place)
      join film f on f.hospital_id = ${hospitalId} and f.film_id = wanted.film_id
      join exam e on e.hospital_id = f.hospital_id and e.exam_id = f.exam_id
      join hospital h on h.hospital_id = f.hospital_id
      join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id
      left join gate g on g.hospital_id = f.hospital_id and g.exam_id = f.exam_id
      left join instance i on i.hospital_id = f.hospital_id and i.sop_instance_uid = f.sop_instance_uid
    order by wanted.place`.execute(db);
  return found.rows;
};
