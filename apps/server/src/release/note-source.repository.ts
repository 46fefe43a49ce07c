import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { AS_RECEIVED, copySeriesUid } from './copy.repository.ts';

/** What a note says of the patient and the study, as the objects, or the copies that it names, have it. */
export interface NoteSource {
  facts: Record<string, unknown>;
  /** What the copy says otherwise; null for an object as it was received. */
  copy_facts: unknown;
  study_instance_uid: string;
  accession_number: string;
  hospital_name: string;
  /** Of the hospital's clock: YYYYMMDD and HHMMSS. */
  made_date: string;
  made_time: string;
}

export const findNoteSource = async (
  unit: UnitOfWork,
  examId: string,
  object: { sopInstanceUid: string; copyId: string },
  at: Date,
): Promise<NoteSource | undefined> => {
  const rows = await sql<NoteSource>`
    select instance.facts, copy.facts as copy_facts,
      coalesce(copy.facts ->> 'studyInstanceUid', instance.facts ->> 'studyInstanceUid', exam.study_instance_uid)
        as study_instance_uid, instance.facts ->> 'accessionNumber' as accession_number, hospital.name as hospital_name,
      to_char(${at}::timestamptz at time zone hospital.time_zone, 'YYYYMMDD') as made_date,
      to_char(${at}::timestamptz at time zone hospital.time_zone, 'HH24MISS') as made_time
    from exam
    join hospital on hospital.hospital_id = exam.hospital_id
    join instance on instance.hospital_id = exam.hospital_id and instance.sop_instance_uid = ${object.sopInstanceUid}
    left join copy_version copy on copy.hospital_id = exam.hospital_id and copy.copy_id = ${object.copyId}
    where exam.hospital_id = ${unit.hospitalId} and exam.exam_id = ${examId}`.execute(unit.db);
  return rows.rows[0];
};

export interface NotedRow {
  sop_instance_uid: string;
  sop_class_uid: string;
  series_instance_uid: string;
  is_image: boolean;
  instance_number: number | null;
  series_description: string | null;
}

/** The named objects, by the UIDs that their copies have, in the order of their series. */
export const findNotedInstances = async (
  unit: UnitOfWork,
  instanceUids: readonly string[],
  copyId = AS_RECEIVED,
): Promise<NotedRow[]> => {
  const rows = await sql<NotedRow>`
    select copy_uid(copy.uid_salt, instance.sop_instance_uid) as sop_instance_uid, instance.sop_class_uid,
      ${copySeriesUid} as series_instance_uid, instance.is_image,
      instance.instance_number, series.description as series_description
    from instance
    left join series on series.hospital_id = instance.hospital_id and series.exam_id = instance.exam_id
      and series.series_instance_uid = instance.series_instance_uid
    left join copy_version copy on copy.hospital_id = instance.hospital_id and copy.copy_id = ${copyId}
    where instance.hospital_id = ${unit.hospitalId}
      and instance.sop_instance_uid = any(${[...instanceUids]}::text[])
    order by series.series_number, instance.series_instance_uid, instance.instance_number, instance.sop_instance_uid
  `.execute(unit.db);
  return rows.rows;
};

/** The name a person signs a note with. */
export const findObserverName = async (unit: UnitOfWork, accountId: string | null): Promise<string> => {
  if (accountId === null) return '';
  const row = await unit.db
    .selectFrom('account')
    .select('display_name')
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.display_name ?? '';
};
