import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { DueTask, Subject } from './tasks.repository.ts';

/** A question that was not ended in this time was lost with its process. */
const leaseMinutes = 15;

/** Queues a measured picture for every enabled analyser that asks for its modality and position. */
export const queueForAnalysers = async (
  { db, hospitalId }: UnitOfWork,
  subject: Subject & { analysisVersion: number; modality: string; positionCode: string | null },
  now: Date,
): Promise<void> => {
  await sql`
    insert into analyser_task (hospital_id, analyser_id, exam_id, subject_uid, subject_kind, analysis_version, queued_at)
    select hospital_id, analyser_id, ${subject.examId}, ${subject.subjectUid}, ${subject.subjectKind},
      ${subject.analysisVersion}, ${now}
    from analyser where hospital_id = ${hospitalId} and is_enabled
      and (modalities = '{}' or ${subject.modality} = any(modalities))
      and (position_codes = '{}' or ${subject.positionCode} = any(position_codes))
      and exists (select from instance i where i.hospital_id = ${hospitalId} and i.exam_id = ${subject.examId} and i.is_image
        and ${subject.subjectUid} in (i.sop_instance_uid, i.series_instance_uid))
    on conflict do nothing`.execute(db);
};

/** Takes the oldest question of an analyser; nobody else gets it while the lease lasts. */
export const takeAnalyserTask = async (
  { db, hospitalId }: UnitOfWork,
  analyserId: string,
  now: Date,
): Promise<DueTask | undefined> => {
  const { rows } = await sql<DueTask>`
    update analyser_task set leased_until = ${now}::timestamptz + make_interval(mins => ${leaseMinutes}), attempts = attempts + 1
    where (hospital_id, analyser_id, exam_id, subject_uid, analysis_version) in (
      select hospital_id, analyser_id, exam_id, subject_uid, analysis_version from analyser_task
      where hospital_id = ${hospitalId} and analyser_id = ${analyserId} and state = 'waiting'
        and (leased_until is null or leased_until < ${now})
      order by queued_at, subject_uid limit 1 for update skip locked)
    returning hospital_id as "hospitalId", exam_id as "examId", subject_uid as "subjectUid", subject_kind as "subjectKind",
      1 as "objectCount", analysis_version as "analysisVersion", attempts`.execute(db);
  return rows[0];
};

/** `waiting` gives it back to be asked again. */
export const endAnalyserTask = async (
  { db, hospitalId }: UnitOfWork,
  analyserId: string,
  { examId, subjectUid, analysisVersion }: DueTask,
  state: 'waiting' | 'done' | 'failed',
): Promise<void> => {
  await sql`
    update analyser_task set leased_until = null, state = ${state}
    where hospital_id = ${hospitalId} and analyser_id = ${analyserId} and exam_id = ${examId}
      and subject_uid = ${subjectUid} and analysis_version = ${analysisVersion}`.execute(db);
};
