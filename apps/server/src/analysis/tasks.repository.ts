import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

/** One thing to be measured: an image, a dose report, or a series of slices. */
export interface Subject {
  examId: string;
  subjectUid: string;
  subjectKind: 'instance' | 'series';
  objectCount: number;
}

export interface DueTask extends Subject {
  hospitalId: string;
  analysisVersion: number;
  attempts: number;
}

/** A task that is not finished in this time was lost with its process. */
const leaseMinutes = 15;

/** Objects whose header says that pixels, exposure or dose can be read. */
const isSlice = sql`i.facts ->> 'modality' in ('CT', 'MR') and i.is_image
  and i.sop_class_uid not like '1.2.840.10008.5.1.4.1.1.7%'`;
const subjectsOf = sql`
  select i.hospital_id, i.exam_id, i.series_instance_uid as subject_uid, 'series' as subject_kind, count(*)::integer as object_count
  from instance i where i.hospital_id = current_hospital() and ${isSlice}
  group by i.hospital_id, i.exam_id, i.series_instance_uid
  union all
  select i.hospital_id, i.exam_id, i.sop_instance_uid, 'instance', 1
  from instance i where i.hospital_id = current_hospital()
    and (i.is_image or i.sop_class_uid like '1.2.840.10008.5.1.4.1.1.88.%'
      or i.facts ->> 'modality' in ('CR', 'DX', 'MG', 'RG', 'IO', 'PX', 'DR', 'XR')) and not (${isSlice})`;

/** Queues what an exam holds; a series that has grown since it was measured is queued again. */
export const queueExam = async ({ db }: UnitOfWork, examId: string, version: number, now: Date): Promise<void> => {
  await sql`
    insert into analysis_task (hospital_id, exam_id, subject_uid, subject_kind, analysis_version, object_count, priority, queued_at)
    select hospital_id, exam_id, subject_uid, subject_kind, ${version}, object_count, 1, ${now}
    from (${subjectsOf}) as subject where exam_id = ${examId}
    on conflict (hospital_id, exam_id, subject_uid, analysis_version) do update
      set state = 'waiting', attempts = 0, object_count = excluded.object_count, queued_at = excluded.queued_at
      where analysis_task.object_count <> excluded.object_count`.execute(db);
};

/** Everything of the exam is measured once more. */
export const queueExamAgain = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
  version: number,
  now: Date,
): Promise<void> => {
  await sql`
    update analysis_task set state = 'waiting', attempts = 0, leased_until = null, priority = 1, queued_at = ${now}
    where hospital_id = ${hospitalId} and exam_id = ${examId} and analysis_version = ${version}`.execute(db);
};

/** Whether a task still stands: a correction may have given its object to another exam. Locked until the end. */
export const holdTask = async (
  { db, hospitalId }: UnitOfWork,
  { examId, subjectUid, analysisVersion }: DueTask,
): Promise<boolean> => {
  const { rows } = await sql`
    select from analysis_task where hospital_id = ${hospitalId} and exam_id = ${examId}
      and subject_uid = ${subjectUid} and analysis_version = ${analysisVersion} for update`.execute(db);
  return rows.length > 0;
};

/** Queues exams of which something was never measured by this version, the newest first; answers how many. */
export const queueBacklog = async (
  { db, hospitalId }: UnitOfWork,
  version: number,
  limit: number,
  now: Date,
): Promise<number> => {
  const { numAffectedRows = 0n } = await sql`
    insert into analysis_task (hospital_id, exam_id, subject_uid, subject_kind, analysis_version, object_count, priority, queued_at)
    select subject.hospital_id, subject.exam_id, subject_uid, subject_kind, ${version}, object_count, 2, ${now}
    from (${subjectsOf}) as subject
    where subject.exam_id in (
      select exam_id from exam where exam.hospital_id = ${hospitalId} and state = 'ready' and not exists (
        select 1 from analysis_task task where task.hospital_id = exam.hospital_id and task.exam_id = exam.exam_id
          and task.analysis_version = ${version})
      order by exam_at desc limit ${limit})
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
};

/** Takes the most urgent tasks of all hospitals; nobody else gets them while the lease lasts. */
export const takeTasks = async ({ db }: SystemUnitOfWork, limit: number, now: Date): Promise<DueTask[]> => {
  const { rows } = await sql<DueTask>`
    update analysis_task set leased_until = ${now}::timestamptz + make_interval(mins => ${leaseMinutes}), attempts = attempts + 1
    where (hospital_id, exam_id, subject_uid, analysis_version) in (
      select hospital_id, exam_id, subject_uid, analysis_version from analysis_task
      where state = 'waiting' and (leased_until is null or leased_until < ${now})
      order by priority, queued_at limit ${limit} for update skip locked)
    returning hospital_id as "hospitalId", exam_id as "examId", subject_uid as "subjectUid", subject_kind as "subjectKind",
      object_count as "objectCount", analysis_version as "analysisVersion", attempts`.execute(db);
  return rows;
};

/** Ends a task, unless more objects came meanwhile: then it stays and is measured again. */
export const endTask = async (
  { db, hospitalId }: UnitOfWork,
  { examId, subjectUid, analysisVersion, objectCount }: DueTask,
  state: 'done' | 'failed',
): Promise<void> => {
  await sql`
    update analysis_task set leased_until = null,
      state = case when object_count = ${objectCount} then ${state} else 'waiting' end
    where hospital_id = ${hospitalId} and exam_id = ${examId} and subject_uid = ${subjectUid}
      and analysis_version = ${analysisVersion}`.execute(db);
};

/** A person is about to look at the exam: what waits of it goes first. Answers how many tasks wait. */
export const hurryExam = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<number> => {
  const { rows } = await sql<{ subject_uid: string }>`
    update analysis_task set priority = 0
    where hospital_id = ${hospitalId} and exam_id = ${examId} and state = 'waiting' returning subject_uid`.execute(db);
  return rows.length;
};

export interface Backlog {
  waiting: number;
  failed: number;
  measuredLastHour: number;
  oldestQueuedAt: Date | null;
}

export const countBacklog = async ({ db, hospitalId }: UnitOfWork, now: Date): Promise<Backlog> => {
  const { rows } = await sql<Backlog>`
    select (select count(*) from analysis_task where hospital_id = ${hospitalId} and state = 'waiting') as waiting,
      (select count(*) from analysis_task where hospital_id = ${hospitalId} and state = 'failed') as failed,
      (select count(*) from analysis_run where hospital_id = ${hospitalId} and analyser_id is null
        and measured_at > ${now}::timestamptz - interval '1 hour') as "measuredLastHour",
      (select min(queued_at) from analysis_task where hospital_id = ${hospitalId} and state = 'waiting') as "oldestQueuedAt"`.execute(
    db,
  );
  return rows[0]!;
};
