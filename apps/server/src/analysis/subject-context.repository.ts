import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { Subject } from './tasks.repository.ts';

/** Where the objects of a subject lie, and which device and position it belongs to. */
export interface SubjectContext {
  objects: {
    objectId: string;
    dataSetOffset: number;
    transferSyntaxUid: string;
    numberOfFrames: number;
    sha256: string;
  }[];
  deviceId: string | null;
  positionCode: string | null;
  protocol: string;
}

export const findSubjectContext = async (
  { db, hospitalId }: UnitOfWork,
  { examId, subjectUid, subjectKind }: Subject,
): Promise<SubjectContext> => {
  const objects = await sql<SubjectContext['objects'][number]>`
    select i.object_id as "objectId", o.data_set_offset as "dataSetOffset", o.transfer_syntax_uid as "transferSyntaxUid",
      coalesce((i.facts ->> 'numberOfFrames')::numeric::integer, 0) as "numberOfFrames", encode(o.sha256, 'hex') as sha256
    from instance i join stored_object o on o.hospital_id = i.hospital_id and o.object_id = i.object_id
    where i.hospital_id = ${hospitalId} and i.exam_id = ${examId}
      and ${subjectKind === 'series' ? sql`i.series_instance_uid = ${subjectUid} and i.is_image` : sql`i.sop_instance_uid = ${subjectUid}`}
    order by i.instance_number nulls last, i.sop_instance_uid`.execute(db);
  const place = await sql<{ device_id: string | null; position_code: string | null; protocol: string | null }>`
    select e.device_id, f.position_code,
      (select s.protocol_name from series s where s.hospital_id = e.hospital_id and s.exam_id = e.exam_id
        and s.series_instance_uid = ${subjectUid}) as protocol
    from exam e left join film f on f.hospital_id = e.hospital_id and f.exam_id = e.exam_id
      and (f.sop_instance_uid = ${subjectUid} or f.kind = 'exam')
    where e.hospital_id = ${hospitalId} and e.exam_id = ${examId} limit 1`.execute(db);
  const found = place.rows[0];
  return {
    objects: objects.rows,
    deviceId: found?.device_id ?? null,
    positionCode: found?.position_code ?? null,
    protocol: found?.protocol ?? '',
  };
};
