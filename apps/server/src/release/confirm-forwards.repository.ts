import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { copySeriesUid } from './copy.repository.ts';

/** Objects of one exam that a destination has taken and that nothing has proven to be there. */
export interface UnconfirmedGroup {
  hospital_id: string;
  destination_id: string;
  exam_id: string;
  confirmation: 're-query' | 'commitment';
  study_instance_uid: string;
  series: string[];
  objects: { forward_id: number; sop_instance_uid: string; sop_class_uid: string; checks: number }[];
}

export const findUnconfirmed = async (
  { db }: SystemUnitOfWork,
  takenBefore: Date,
  limit: number,
): Promise<UnconfirmedGroup[]> => {
  const rows = await sql<UnconfirmedGroup>`
    select forward.hospital_id, forward.destination_id, forward.exam_id, destination.confirmation,
      coalesce(copy.facts ->> 'studyInstanceUid', exam.study_instance_uid) as study_instance_uid,
      array_agg(distinct ${copySeriesUid}) as series,
      json_agg(json_build_object('forward_id', forward.forward_id,
        'sop_instance_uid', copy_uid(copy.uid_salt, forward.sop_instance_uid),
        'sop_class_uid', instance.sop_class_uid, 'checks', forward.checks)) as objects
    from forward
    join destination on destination.hospital_id = forward.hospital_id
      and destination.destination_id = forward.destination_id
    join exam on exam.hospital_id = forward.hospital_id and exam.exam_id = forward.exam_id
    join instance on instance.hospital_id = forward.hospital_id
      and instance.sop_instance_uid = forward.sop_instance_uid
    left join copy_version copy on copy.hospital_id = forward.hospital_id and copy.copy_id = forward.copy_id
    where forward.state = 'unconfirmed' and forward.next_attempt_at <= ${takenBefore}
    group by 1, 2, 3, 4, 5
    order by min(forward.answered_at) limit ${limit}`.execute(db);
  return rows.rows;
};

/** Proven to be there, lost after all, or to be looked at again later. */
export const settleForwards = async (
  unit: UnitOfWork,
  settled: readonly { forward_id: number; state: 'sent' | 'failed' | 'unconfirmed'; code: string }[],
  next: Date,
): Promise<void> => {
  await sql`
    update forward set state = s.state, checks = checks + 1, next_attempt_at = ${next},
      answer_code = case when s.state = 'failed' then s.code else answer_code end
    from json_to_recordset(${JSON.stringify(settled)}::json) as s(forward_id bigint, state text, code text)
    where forward.hospital_id = ${unit.hospitalId} and forward.forward_id = s.forward_id
      and forward.state = 'unconfirmed'`.execute(unit.db);
};
