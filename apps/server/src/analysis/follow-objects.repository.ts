import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The exam that has a subject now: an image by itself, a series as a whole; a series in two exams has not moved. */
const placeOf = (subjectUid: ReturnType<typeof sql>) => sql`coalesce(
  (select i.exam_id from instance i where i.hospital_id = moved.hospital_id and i.sop_instance_uid = ${subjectUid}),
  (select max(s.exam_id::text)::uuid from series s
    where s.hospital_id = moved.hospital_id and s.series_instance_uid = ${subjectUid} having count(*) = 1))`;

/** Figures, doses and what people typed go where their object is; nothing else about them changes. */
export const followObjects = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<void> => {
  await sql`
    with runs as (
      update analysis_run set exam_id = moved.place
      from (select moved.run_id, ${placeOf(sql`moved.subject_uid`)} as place from analysis_run moved
        where moved.hospital_id = ${hospitalId} and moved.exam_id = ${examId}) as moved
      where analysis_run.hospital_id = ${hospitalId} and analysis_run.run_id = moved.run_id and moved.place <> ${examId}
      returning analysis_run.run_id, analysis_run.exam_id)
    update dose_report set exam_id = runs.exam_id from runs
    where dose_report.hospital_id = ${hospitalId} and dose_report.run_id = runs.run_id`.execute(db);
  await sql`
    update typed_dose set exam_id = moved.place
    from (select moved.typed_dose_id, ${placeOf(sql`moved.subject_uid`)} as place from typed_dose moved
      where moved.hospital_id = ${hospitalId} and moved.exam_id = ${examId}) as moved
    where typed_dose.hospital_id = ${hospitalId} and typed_dose.typed_dose_id = moved.typed_dose_id
      and moved.place <> ${examId}`.execute(db);
};

/** What waits to be measured of an exam that does not have it any more. */
export const dropLostTasks = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<void> => {
  for (const table of [sql.table('analysis_task'), sql.table('analyser_task')])
    await sql`
      delete from ${table} task where task.hospital_id = ${hospitalId} and task.exam_id = ${examId}
        and not exists (select from instance i where i.hospital_id = task.hospital_id and i.exam_id = task.exam_id
          and task.subject_uid in (i.sop_instance_uid, i.series_instance_uid))`.execute(db);
};
