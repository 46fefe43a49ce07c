import { copyFactsSchema } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { CorrectedCopy } from './correct-copy.ts';

/** An object as its device made it. */
export const AS_RECEIVED = '00000000-0000-0000-0000-000000000000';

/** The series of an object in its copy, over `instance` and `copy_version copy`. */
export const copySeriesUid = sql`case when (copy.facts ->> 'renewsSeries')::boolean
  then copy_uid(copy.uid_salt, instance.series_instance_uid) else instance.series_instance_uid end`;

/** How these copies are made, by their identifier; nothing for objects that go out as they were received. */
export const findCopies = async (
  unit: UnitOfWork,
  forwards: readonly { exam_id: string; copy_id: string }[],
): Promise<ReadonlyMap<string, CorrectedCopy>> => {
  const corrected = forwards.filter(({ copy_id }) => copy_id !== AS_RECEIVED);
  const examOf = new Map(corrected.map(({ copy_id, exam_id }) => [copy_id, exam_id]));
  if (examOf.size === 0) return new Map();
  const versions = await unit.db
    .selectFrom('copy_version')
    .select(['copy_id', 'facts', 'made_at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('copy_id', 'in', [...examOf.keys()])
    .execute();
  const copies = new Map<string, CorrectedCopy>();
  for (const version of versions) {
    copies.set(version.copy_id, {
      facts: copyFactsSchema.parse(version.facts),
      madeAt: version.made_at,
      uids: await findCopyUids(unit, examOf.get(version.copy_id) ?? '', version.copy_id),
    });
  }
  return copies;
};

/**
 * UIDs of the device → UIDs in the copies: of this copy's study and series, and of every object of the exam, because
 * objects refer to each other.
 */
const findCopyUids = async (unit: UnitOfWork, examId: string, copyId: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await sql<{ original: string; copy: string }>`
    select i.sop_instance_uid as original, copy_uid(v.uid_salt, i.sop_instance_uid) as copy
    from instance i join copy_version v on v.hospital_id = i.hospital_id and v.copy_id = i.copy_id
    where i.hospital_id = ${unit.hospitalId} and i.exam_id = ${examId} and v.uid_salt is not null
    union
    select i.series_instance_uid, copy_uid(v.uid_salt, i.series_instance_uid)
    from instance i join copy_version v on v.hospital_id = i.hospital_id and v.copy_id = i.copy_id
    where i.hospital_id = ${unit.hospitalId} and i.exam_id = ${examId} and i.copy_id = ${copyId}
      and v.uid_salt is not null and (v.facts ->> 'renewsSeries')::boolean
    union
    select i.facts ->> 'studyInstanceUid', v.facts ->> 'studyInstanceUid'
    from instance i join copy_version v on v.hospital_id = i.hospital_id and v.copy_id = i.copy_id
    where i.hospital_id = ${unit.hospitalId} and i.exam_id = ${examId} and i.copy_id = ${copyId}
      and v.facts ->> 'studyInstanceUid' is not null and i.facts ->> 'studyInstanceUid' is not null
    union
    select e.study_instance_uid, v.facts ->> 'studyInstanceUid'
    from exam e join copy_version v on v.hospital_id = e.hospital_id and v.copy_id = ${copyId}
    where e.hospital_id = ${unit.hospitalId} and e.exam_id = ${examId} and v.facts ->> 'studyInstanceUid' is not null
  `.execute(unit.db);
  return new Map(rows.rows.map(({ original, copy }) => [original, copy]));
};
