import type { TypedFigures } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface DoseScreenRow {
  subjectUid: string;
  figures: TypedFigures | null;
  byName: string | null;
  at: Date | null;
}

/** Pictures of dose screens of an exam that nothing reads here, each with what a person last typed. */
export const findDoseScreens = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<DoseScreenRow[]> => {
  const { rows } = await sql<DoseScreenRow>`
    with newest as (
      select distinct on (subject_uid) hospital_id, run_id, subject_uid from analysis_run
      where hospital_id = ${hospitalId} and exam_id = ${examId} and analyser_id is null
      order by subject_uid, analysis_version desc, measured_at desc)
    select newest.subject_uid as "subjectUid", typed.figures, typed.by_name as "byName", typed.at
    from newest
      join not_measured n on n.hospital_id = newest.hospital_id and n.run_id = newest.run_id and n.metric = 'dose'
        and n.reason = 'dose-screen-is-a-picture-only'
      left join lateral (
        select case when t.is_withdrawn then null else jsonb_build_object('dlpMgyCm', t.dlp_mgy_cm,
            'highestCtdiVolMgy', t.highest_ctdi_vol_mgy, 'doseAreaProductDgyCm2', t.dose_area_product_dgy_cm2,
            'referencePointDoseMgy', t.reference_point_dose_mgy,
            'averageGlandularDoseMgy', t.average_glandular_dose_mgy) end as figures,
          t.typed_by_name as by_name, t.typed_at as at
        from typed_dose t where t.hospital_id = newest.hospital_id and t.exam_id = ${examId}
          and t.subject_uid = newest.subject_uid
        order by t.typed_at desc, t.typed_dose_id desc limit 1) typed on true
    order by newest.subject_uid`.execute(db);
  return rows;
};

export const insertTypedDose = async (
  { db, hospitalId }: UnitOfWork,
  row: {
    typedDoseId: string;
    examId: string;
    subjectUid: string;
    figures: TypedFigures | null;
    accountId: string;
    name: string;
    at: Date;
  },
): Promise<void> => {
  const { figures } = row;
  await db
    .insertInto('typed_dose')
    .values({
      hospital_id: hospitalId,
      typed_dose_id: row.typedDoseId,
      exam_id: row.examId,
      subject_uid: row.subjectUid,
      dlp_mgy_cm: figures?.dlpMgyCm ?? null,
      highest_ctdi_vol_mgy: figures?.highestCtdiVolMgy ?? null,
      dose_area_product_dgy_cm2: figures?.doseAreaProductDgyCm2 ?? null,
      reference_point_dose_mgy: figures?.referencePointDoseMgy ?? null,
      average_glandular_dose_mgy: figures?.averageGlandularDoseMgy ?? null,
      is_withdrawn: figures === null,
      typed_by: row.accountId,
      typed_by_name: row.name,
      typed_at: row.at,
    })
    .execute();
};

/** What stands of each dose screen now, by exam: the last entry, unless that takes it back. */
export const standingTypedDose = ({ hospitalId }: UnitOfWork) => sql`
  select * from (
    select distinct on (t.exam_id, t.subject_uid) t.* from typed_dose t where t.hospital_id = ${hospitalId}
    order by t.exam_id, t.subject_uid, t.typed_at desc, t.typed_dose_id desc) as last_typed
  where not is_withdrawn`;
