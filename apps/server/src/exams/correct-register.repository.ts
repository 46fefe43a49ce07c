import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** An exam as a correction finds it, and whose it is by the head of its first object. */
export interface ExamToCorrect {
  exam_id: string;
  version: number;
  study_instance_uid: string;
  accession_number: string;
  description: string;
  instance_count: number;
  header: Record<string, unknown>;
}

/** Locked until the transaction ends; undefined for an exam that is not there. */
export const lockExam = async (unit: UnitOfWork, examId: string): Promise<ExamToCorrect | undefined> => {
  const rows = await sql<ExamToCorrect>`
    select e.exam_id, e.version, e.study_instance_uid, e.accession_number, e.description, e.instance_count,
      coalesce((select i.facts from instance i where i.hospital_id = e.hospital_id and i.exam_id = e.exam_id
        order by i.facts ->> 'studyInstanceUid' is not distinct from e.study_instance_uid desc, i.is_image desc,
          i.series_instance_uid, i.instance_number, i.sop_instance_uid limit 1), '{}') as header
    from exam e where e.hospital_id = ${unit.hospitalId} and e.exam_id = ${examId} for update`.execute(unit.db);
  return rows.rows[0];
};

/** From now on the exam is this patient's in the register; what its objects say stays as it is. */
export const reassignExam = async (
  unit: UnitOfWork,
  exam: { examId: string; patientId: string; accessionNumber: string; searchText: string },
): Promise<void> => {
  await unit.db
    .updateTable('exam')
    .set((eb) => ({
      patient_id: exam.patientId,
      accession_number: exam.accessionNumber,
      search_text: exam.searchText,
      version: eb('version', '+', 1),
    }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', exam.examId)
    .execute();
};

/** An exam for objects that came under another study: made at the same device and time, of another patient or order. */
export const insertExamLike = async (
  unit: UnitOfWork,
  exam: {
    examId: string;
    like: string;
    studyInstanceUid: string;
    patientId: string;
    accessionNumber: string;
    searchText: string;
  },
): Promise<void> => {
  await sql`
    insert into exam (hospital_id, exam_id, study_instance_uid, patient_id, accession_number, modality, description,
      body_part, exam_at, exam_at_is_known, device_id, operator_name, technologist_id, institution_name, priority,
      priority_source, state, first_received_at, last_received_at, ready_at, search_text)
    select hospital_id, ${exam.examId}, ${exam.studyInstanceUid}, ${exam.patientId}, ${exam.accessionNumber}, modality,
      description, body_part, exam_at, exam_at_is_known, device_id, operator_name, technologist_id, institution_name,
      priority, priority_source, 'ready', first_received_at, last_received_at, last_received_at, ${exam.searchText}
    from exam where hospital_id = ${unit.hospitalId} and exam_id = ${exam.like}`.execute(unit.db);
};

/** Objects belong to another exam from now on; both exams count anew. */
export const moveInstances = async (
  unit: UnitOfWork,
  { from, to, instanceUids }: { from: string; to: string; instanceUids: readonly string[] },
): Promise<void> => {
  const { db, hospitalId } = unit;
  await sql`
    insert into series (hospital_id, exam_id, series_instance_uid, modality, series_number, description, protocol_name,
      body_part, instance_count)
    select hospital_id, ${to}, series_instance_uid, modality, series_number, description, protocol_name, body_part, 0
    from series s where hospital_id = ${hospitalId} and exam_id = ${from}
      and exists (select from instance i where i.hospital_id = s.hospital_id and i.exam_id = s.exam_id
        and i.series_instance_uid = s.series_instance_uid and i.sop_instance_uid = any(${[...instanceUids]}::text[]))
    on conflict (hospital_id, exam_id, series_instance_uid) do nothing`.execute(db);
  await sql`
    update instance set exam_id = ${to}
    where hospital_id = ${hospitalId} and exam_id = ${from}
      and sop_instance_uid = any(${[...instanceUids]}::text[])`.execute(db);
  for (const examId of [from, to]) await recount(unit, examId);
};

const recount = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<void> => {
  await sql`
    update series s set instance_count = (select count(*) from instance i where i.hospital_id = s.hospital_id
      and i.exam_id = s.exam_id and i.series_instance_uid = s.series_instance_uid)
    where s.hospital_id = ${hospitalId} and s.exam_id = ${examId}`.execute(db);
  // A line without an object is a count, not a fact: it is entered again when an object comes back.
  await sql`delete from series where hospital_id = ${hospitalId} and exam_id = ${examId} and instance_count = 0`.execute(
    db,
  );
  await sql`
    update exam e set version = version + 1,
      series_count = (select count(*) from series s where s.hospital_id = e.hospital_id and s.exam_id = e.exam_id),
      instance_count = (select count(*) from instance i where i.hospital_id = e.hospital_id and i.exam_id = e.exam_id)
    where hospital_id = ${hospitalId} and exam_id = ${examId}`.execute(db);
};

/** Exams of a person by number whose merge nobody has proposed or decided yet, oldest first. */
export const findExamsToMerge = async (
  unit: UnitOfWork,
  merge: { dicomPatientId: string; patientMergeId: string },
  limit: number,
): Promise<string[]> => {
  const rows = await sql<{ exam_id: string }>`
    select e.exam_id from exam e
    join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id
    where e.hospital_id = ${unit.hospitalId} and p.dicom_patient_id = ${merge.dicomPatientId}
      and not exists (select from correction c where c.hospital_id = e.hospital_id and c.exam_id = e.exam_id
        and (c.patient_merge_id = ${merge.patientMergeId} or c.state = 'proposed'))
    order by e.exam_id limit ${limit}`.execute(unit.db);
  return rows.rows.map(({ exam_id }) => exam_id);
};

/** What the register knows of a patient number: the person that came under it last. */
export const findPerson = async (unit: UnitOfWork, dicomPatientId: string) =>
  unit.db
    .selectFrom('patient')
    .select(['dicom_patient_id', 'issuer', 'name', 'sex'])
    .select(sql<string | null>`birth_date::text`.as('birth_date'))
    .where('hospital_id', '=', unit.hospitalId)
    .where('dicom_patient_id', '=', dicomPatientId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Merges of a patient number that was heard of before. */
export const findMerge = (unit: UnitOfWork, patientMergeId: string) =>
  unit.db
    .selectFrom('patient_merge')
    .select(['patient_merge_id', 'kept_patient_id', 'merged_patient_id'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('patient_merge_id', '=', patientMergeId)
    .executeTakeFirst();

/** Merges that make an exam's number one that is not used any more; newest first. */
export const findMergesOfExam = async (unit: UnitOfWork, examId: string): Promise<string[]> => {
  const rows = await sql<{ patient_merge_id: string }>`
    select m.patient_merge_id from exam e
    join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id
    join patient_merge m on m.hospital_id = e.hospital_id and m.merged_patient_id = p.dicom_patient_id
    where e.hospital_id = ${unit.hospitalId} and e.exam_id = ${examId}
    order by m.told_at desc limit 1`.execute(unit.db);
  return rows.rows.map((row) => row.patient_merge_id);
};
