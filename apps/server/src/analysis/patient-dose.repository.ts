import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface PatientDoseRow {
  examId: string;
  examAt: Date;
  modality: string;
  description: string;
  dlpMgyCm: number | null;
  doseAreaProductDgyCm2: number | null;
  averageGlandularDoseMgy: number | null;
  referencePointDoseMgy: number | null;
}

/**
 * Dose of every exam of the exam's patient. Events are added, each irradiation once: cumulative reports repeat the earlier
 * events under the same UID, and the header of an image counts only where its exam has no report.
 */
export const findPatientDose = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<PatientDoseRow[]> => {
  const { rows } = await sql<PatientDoseRow>`
    with patient_exam as (
      select e.* from exam e where e.hospital_id = ${hospitalId} and e.patient_id = (
        select patient_id from exam where hospital_id = ${hospitalId} and exam_id = ${examId})),
    newest as (
      select distinct on (r.exam_id, r.subject_uid) r.hospital_id, r.exam_id, r.run_id, d.source
      from patient_exam e join analysis_run r on r.hospital_id = e.hospital_id and r.exam_id = e.exam_id
        join dose_report d on d.hospital_id = r.hospital_id and d.run_id = r.run_id
      order by r.exam_id, r.subject_uid, r.analysis_version desc, r.measured_at desc),
    counted as (
      select * from newest where source in ('rdsr', 'enhanced-sr')
        or not exists (select 1 from newest other where other.exam_id = newest.exam_id and other.source in ('rdsr', 'enhanced-sr'))),
    event as (
      select distinct on (coalesce(x.event_uid, x.run_id::text || ' ' || x.event_number)) counted.exam_id, x.*
      from counted join dose_event x on x.hospital_id = counted.hospital_id and x.run_id = counted.run_id
      order by coalesce(x.event_uid, x.run_id::text || ' ' || x.event_number), x.run_id)
    select e.exam_id as "examId", e.exam_at as "examAt", e.modality, e.description, sum(event.dlp_mgy_cm) as "dlpMgyCm",
      sum(event.dose_area_product_dgy_cm2) as "doseAreaProductDgyCm2",
      sum(event.average_glandular_dose_mgy) as "averageGlandularDoseMgy",
      sum(event.reference_point_dose_mgy) as "referencePointDoseMgy"
    from patient_exam e left join event on event.exam_id = e.exam_id
    group by 1, 2, 3, 4 order by e.exam_at desc`.execute(db);
  return rows;
};
