import type { CopyFacts } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** An object of an exam, and whose it is by its own head. */
export interface ObjectOfExam {
  sop_instance_uid: string;
  patient_id: string;
  issuer: string;
}

export const findObjectsOfExam = async (unit: UnitOfWork, examId: string): Promise<ObjectOfExam[]> => {
  const rows = await sql<ObjectOfExam>`
    select sop_instance_uid, coalesce(facts ->> 'patientId', '') as patient_id,
      coalesce(facts ->> 'issuerOfPatientId', '') as issuer
    from instance where hospital_id = ${unit.hospitalId} and exam_id = ${examId}
    order by series_instance_uid, instance_number, sop_instance_uid`.execute(unit.db);
  return rows.rows;
};

export interface CopyVersion {
  copy_id: string;
  uid_salt: string | null;
  facts: CopyFacts;
}

/** Copies that were made before with exactly these corrections and values; the last first. */
export const findVersion = async (
  unit: UnitOfWork,
  correctionIds: readonly string[],
  facts: CopyFacts,
): Promise<CopyVersion | undefined> => {
  const rows = await sql<CopyVersion>`
    select copy_id, uid_salt, facts from copy_version
    where hospital_id = ${unit.hospitalId} and correction_ids = ${[...correctionIds]}::uuid[]
      and facts - 'studyInstanceUid' = ${JSON.stringify(facts)}::jsonb - 'studyInstanceUid'
    order by made_at desc, copy_id limit 1`.execute(unit.db);
  return rows.rows[0];
};

export const insertVersion = async (
  unit: UnitOfWork,
  version: CopyVersion & { correction_ids: readonly string[]; made_at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('copy_version')
    .values({
      hospital_id: unit.hospitalId,
      copy_id: version.copy_id,
      correction_ids: [...version.correction_ids],
      facts: JSON.stringify(version.facts),
      uid_salt: version.uid_salt,
      made_at: version.made_at,
    })
    .execute();
};

export const assignCopies = async (
  unit: UnitOfWork,
  copyId: string,
  instanceUids: readonly string[],
): Promise<void> => {
  await sql`
    update instance set copy_id = ${copyId}
    where hospital_id = ${unit.hospitalId} and sop_instance_uid = any(${[...instanceUids]}::text[])`.execute(unit.db);
};

/** How the exam's later objects go out. */
export const assignExamCopy = async (unit: UnitOfWork, examId: string, copyId: string): Promise<void> => {
  await unit.db
    .updateTable('exam')
    .set({ copy_id: copyId })
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .execute();
};

/** The UID that copies with this salt have in the place of another. */
export const copyUidOf = async (unit: UnitOfWork, salt: string, uid: string): Promise<string> => {
  const rows = await sql<{ uid: string }>`select copy_uid(${salt}::uuid, ${uid}) as uid`.execute(unit.db);
  return rows.rows[0]?.uid ?? uid;
};

/** One object with what its device said and what its copies say. */
export const findOriginal = async (unit: UnitOfWork, sopInstanceUid: string) => {
  const rows = await sql<{
    exam_id: string;
    facts: Record<string, unknown>;
    copy_facts: unknown;
    copy_uid: string;
    study_instance_uid: string;
    sha256: string;
  }>`
    select i.exam_id, i.facts, v.facts as copy_facts, copy_uid(v.uid_salt, i.sop_instance_uid) as copy_uid,
      e.study_instance_uid, encode(o.sha256, 'hex') as sha256
    from instance i
    join exam e on e.hospital_id = i.hospital_id and e.exam_id = i.exam_id
    join stored_object o on o.hospital_id = i.hospital_id and o.object_id = i.object_id
    left join copy_version v on v.hospital_id = i.hospital_id and v.copy_id = i.copy_id
    where i.hospital_id = ${unit.hospitalId} and i.sop_instance_uid = ${sopInstanceUid}`.execute(unit.db);
  return rows.rows[0];
};
