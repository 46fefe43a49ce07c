import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { standingTypedDose } from './typed-dose.repository.ts';

export interface PatientDoseRow {
  examId: string;
  examAt: Date;
  modality: string;
  description: string;
  dlpMgyCm: number | null;
  doseAreaProductDgyCm2: number | null;
  averageGlandularDoseMgy: number | null;
  referencePointDoseMgy: number | null;
  isTyped: boolean;
}

/**
 * Dose of every exam of the exam's patient. Events are added, each irradiation once: cumulative reports repeat the earlier
 * events under the same UID. What a person typed from a dose screen counts only where nothing else reports, the header
 * of an image only where there is neither.
 */
export const findPatientDose = async (unit: UnitOfWork, examId: string): Promise<PatientDoseRow[]> => {
  const { db, hospitalId } = unit;
  const { rows } = await sql<PatientDoseRow>`
    with patient_exam as (
      select e.* from exam e where e.hospital_id = ${hospitalId} and e.patient_id = (
        select patient_id from exam where hospital_id = ${hospitalId} and exam_id = ${examId})),
    newest as (
      select distinct on (r.exam_id, r.subject_uid) r.hospital_id, r.exam_id, r.run_id, d.source
      from patient_exam e join analysis_run r on r.hospital_id = e.hospital_id and r.exam_id = e.exam_id
        join dose_report d on d.hospital_id = r.hospital_id and d.run_id = r.run_id
      order by r.exam_id, r.subject_uid, r.analysis_version desc, r.measured_at desc),
    typed as (
      select standing.* from (${standingTypedDose(unit)}) as standing
      where standing.exam_id in (select exam_id from patient_exam)
        and not exists (select from newest where newest.exam_id = standing.exam_id and newest.source <> 'header')),
    counted as (
      select * from newest where source in ('rdsr', 'enhanced-sr')
        or (not exists (select 1 from newest other where other.exam_id = newest.exam_id and other.source in ('rdsr', 'enhanced-sr'))
          and not exists (select from typed where typed.exam_id = newest.exam_id))),
    event as (
      select distinct on (coalesce(x.event_uid, x.run_id::text || ' ' || x.event_number)) counted.exam_id, x.*
      from counted join dose_event x on x.hospital_id = counted.hospital_id and x.run_id = counted.run_id
      order by coalesce(x.event_uid, x.run_id::text || ' ' || x.event_number), x.run_id),
    dose as (
      select exam_id, dlp_mgy_cm, dose_area_product_dgy_cm2, average_glandular_dose_mgy, reference_point_dose_mgy,
        false as is_typed from event
      union all
      select exam_id, dlp_mgy_cm, dose_area_product_dgy_cm2, average_glandular_dose_mgy, reference_point_dose_mgy, true
      from typed)
    select e.exam_id as "examId", e.exam_at as "examAt", e.modality, e.description, sum(dose.dlp_mgy_cm) as "dlpMgyCm",
      sum(dose.dose_area_product_dgy_cm2) as "doseAreaProductDgyCm2",
      sum(dose.average_glandular_dose_mgy) as "averageGlandularDoseMgy",
      sum(dose.reference_point_dose_mgy) as "referencePointDoseMgy",
      coalesce(bool_or(dose.is_typed), false) as "isTyped"
    from patient_exam e left join dose on dose.exam_id = e.exam_id
    group by 1, 2, 3, 4 order by e.exam_at desc`.execute(db);
  return rows;
};
