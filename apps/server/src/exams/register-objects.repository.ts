import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { ReadObject, Unreadable } from './read-received.ts';
import type { ReceivedObject } from './received-object.ts';
import { recordRows } from '../platform/record-rows.ts';
import type { TouchedExam } from './register-exams.ts';
import type { HeldObject } from './sort-received.ts';

/** What is held under these UIDs, kept apart or registered. */
export const findHeld = async ({ db, hospitalId }: UnitOfWork, uids: readonly string[]): Promise<HeldObject[]> => {
  const found = await sql<HeldObject>`
    select s.object_id as "objectId", s.sop_instance_uid as "sopInstanceUid", encode(s.sha256, 'hex') as sha256,
      not exists (select from object_conflict c where c.hospital_id = s.hospital_id and c.object_id = s.object_id)
        as "isRegistered"
    from stored_object s
    where s.hospital_id = ${hospitalId} and s.sop_instance_uid = any(${uids}::text[])`.execute(db);
  return found.rows;
};

export const storeObjects = async ({ db, hospitalId }: UnitOfWork, reads: readonly ReadObject[]): Promise<void> => {
  if (reads.length === 0) return;
  const rows = reads.map(({ received, facts, dataSetOffset }) => ({
    ...doorOf(received),
    sop_instance_uid: facts.sopInstanceUid,
    data_set_offset: dataSetOffset,
    transfer_syntax_uid: facts.transferSyntaxUid,
  }));
  await sql`
    insert into stored_object (hospital_id, object_id, sop_instance_uid, sha256, size_bytes, data_set_offset,
      transfer_syntax_uid, door, calling_ae_title, called_ae_title, remote_address, received_at)
    select ${hospitalId}::uuid, r.object_id, r.sop_instance_uid, decode(r.sha256, 'hex'), r.size_bytes,
      r.data_set_offset, r.transfer_syntax_uid, r.door, r.calling_ae_title, r.called_ae_title, r.remote_address,
      r.received_at
    from ${recordRows(rows, `${doorColumns}, sop_instance_uid text, data_set_offset integer, transfer_syntax_uid text`)}`.execute(
    db,
  );
};

export const storeInstances = async ({ db, hospitalId }: UnitOfWork, exams: readonly TouchedExam[]): Promise<void> => {
  const rows = exams.flatMap(({ examId, objects, copyId }) =>
    objects.map(({ received, facts }) => ({
      sop_instance_uid: facts.sopInstanceUid,
      series_instance_uid: facts.seriesInstanceUid,
      exam_id: examId,
      object_id: received.objectId,
      sop_class_uid: facts.sopClassUid,
      instance_number: wholeNumber(facts.instanceNumber),
      is_image: facts.kind === 'image' && (facts.hasPixelData || !facts.isComplete),
      facts,
      received_at: received.receivedAt,
      copy_id: copyId,
    })),
  );
  await storeSeries({ db, hospitalId }, exams);
  const columns = `sop_instance_uid text, series_instance_uid text, exam_id uuid, object_id text, sop_class_uid text,
    instance_number integer, is_image boolean, facts jsonb, received_at timestamptz, copy_id uuid`;
  await sql`
    insert into instance (hospital_id, sop_instance_uid, series_instance_uid, exam_id, object_id, sop_class_uid,
      instance_number, is_image, facts, received_at, copy_id)
    select ${hospitalId}::uuid, r.* from ${recordRows(rows, columns)}`.execute(db);
};

const storeSeries = async (
  { db, hospitalId }: Pick<UnitOfWork, 'db' | 'hospitalId'>,
  exams: readonly TouchedExam[],
): Promise<void> => {
  const rows = exams.flatMap(({ examId, objects }) =>
    [...Map.groupBy(objects, ({ facts }) => facts.seriesInstanceUid)].map(([uid, [first, ...others]]) => ({
      exam_id: examId,
      series_instance_uid: uid,
      modality: first!.facts.modality ?? '',
      series_number: wholeNumber(first!.facts.seriesNumber),
      description: first!.facts.seriesDescription ?? '',
      protocol_name: first!.facts.protocolName ?? '',
      body_part: first!.facts.bodyPartExamined ?? '',
      instance_count: others.length + 1,
    })),
  );
  const columns = `exam_id uuid, series_instance_uid text, modality text, series_number integer, description text,
    protocol_name text, body_part text, instance_count integer`;
  await sql`
    with entered as (
      insert into series (hospital_id, exam_id, series_instance_uid, modality, series_number, description,
        protocol_name, body_part, instance_count)
      select ${hospitalId}::uuid, r.* from ${recordRows(rows, columns)}
      on conflict (hospital_id, exam_id, series_instance_uid)
        do update set instance_count = series.instance_count + excluded.instance_count
      returning exam_id, xmax = 0 as is_new
    ), counted as (select exam_id, count(*)::integer as new_series from entered where is_new group by exam_id)
    update exam e set series_count = e.series_count + c.new_series
    from counted c where e.hospital_id = ${hospitalId} and e.exam_id = c.exam_id`.execute(db);
};

/** Kept beside the registered object, and said on the time line of its exam. */
export const keepApart = async (
  { db, hospitalId }: UnitOfWork,
  reads: readonly ReadObject[],
  now: Date,
): Promise<void> => {
  if (reads.length === 0) return;
  const rows = reads.map(({ received, facts }) => ({
    object_id: received.objectId,
    sop_instance_uid: facts.sopInstanceUid,
  }));
  await sql`
    with apart as (
      insert into object_conflict (hospital_id, object_id, sop_instance_uid)
      select ${hospitalId}::uuid, r.* from ${recordRows(rows, 'object_id text, sop_instance_uid text')}
      returning object_id, sop_instance_uid
    )
    insert into exam_event (hospital_id, exam_id, at, event, facts)
    select i.hospital_id, i.exam_id, ${now}, 'object.kept-apart',
      jsonb_build_object('objectId', a.object_id, 'sopInstanceUid', a.sop_instance_uid)
    from apart a
    join instance i on i.hospital_id = ${hospitalId} and i.sop_instance_uid = a.sop_instance_uid`.execute(db);
};

/** An object that was quarantined before keeps a person's decision; only a waiting one gets the new reason. */
export const quarantine = async ({ db, hospitalId }: UnitOfWork, objects: readonly Unreadable[]): Promise<void> => {
  if (objects.length === 0) return;
  const rows = objects.map(({ received, reasonCode, reason }) => ({
    ...doorOf(received),
    file_name: received.fileName,
    reason_code: reasonCode,
    reason,
  }));
  await sql`
    insert into quarantined_object (hospital_id, object_id, reason_code, reason, size_bytes, sha256, door,
      calling_ae_title, called_ae_title, remote_address, file_name, received_at)
    select ${hospitalId}::uuid, r.object_id, r.reason_code, r.reason, r.size_bytes, decode(r.sha256, 'hex'), r.door,
      r.calling_ae_title, r.called_ae_title, r.remote_address, r.file_name, r.received_at
    from ${recordRows(rows, `${doorColumns}, file_name text, reason_code text, reason text`)}
    on conflict (hospital_id, object_id) do update set reason_code = excluded.reason_code, reason = excluded.reason
      where quarantined_object.state = 'waiting'`.execute(db);
};

const doorOf = (received: ReceivedObject) => ({
  object_id: received.objectId,
  sha256: received.sha256,
  size_bytes: received.sizeBytes,
  door: received.door,
  calling_ae_title: received.callingAeTitle,
  called_ae_title: received.calledAeTitle,
  remote_address: received.remoteAddress,
  received_at: received.receivedAt,
});
const doorColumns = `object_id text, sha256 text, size_bytes bigint, door text, calling_ae_title text,
  called_ae_title text, remote_address text, received_at timestamptz`;

/** A number as the register holds it: IS may carry more than 32 bits in a broken header, and then it tells nothing. */
const wholeNumber = (value: number | undefined): number | null =>
  value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : null;
