import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { failureReasons, type DecidedObject, type ReferencedObject } from './storage-commitment-data.ts';

const objectColumns = '"sopInstanceUid" text, "sopClassUid" text, "failureReason" integer';
const rowsOf = (objects: readonly object[]) =>
  sql`json_to_recordset(${JSON.stringify(objects)}::json) as r(${sql.raw(objectColumns)})`;

/** Notes what a modality asks; the same transaction again replaces its earlier self. Answers its number. */
export const saveCommitmentRequest = async (
  { db, hospitalId }: UnitOfWork,
  request: {
    id: string;
    transactionUid: string;
    callingAeTitle: string;
    objects: readonly ReferencedObject[];
    at: Date;
    nextAttemptAt: Date;
  },
): Promise<void> => {
  await db
    .deleteFrom('commitment_request')
    .where('hospital_id', '=', hospitalId)
    .where('calling_ae_title', '=', request.callingAeTitle)
    .where('transaction_uid', '=', request.transactionUid)
    .execute();
  await db
    .insertInto('commitment_request')
    .values({
      hospital_id: hospitalId,
      commitment_request_id: request.id,
      transaction_uid: request.transactionUid,
      calling_ae_title: request.callingAeTitle,
      received_at: request.at,
      next_attempt_at: request.nextAttemptAt,
    })
    .execute();
  await sql`
    insert into commitment_item (hospital_id, commitment_request_id, sop_instance_uid, sop_class_uid)
    select ${hospitalId}::uuid, ${request.id}::uuid, r."sopInstanceUid", r."sopClassUid"
    from ${rowsOf(request.objects)}`.execute(db);
};

export interface DueCommitment {
  hospital_id: string;
  commitment_request_id: string;
  transaction_uid: string;
  calling_ae_title: string;
  state: 'waiting' | 'decided';
  received_at: Date;
  attempts: number;
}

/** Requests whose next step is due, over all hospitals. */
export const findDueCommitments = ({ db }: SystemUnitOfWork, now: Date, limit: number): Promise<DueCommitment[]> =>
  sql<DueCommitment>`
    select hospital_id, commitment_request_id, transaction_uid, calling_ae_title, state, received_at, attempts
    from commitment_request where state in ('waiting', 'decided') and next_attempt_at <= ${now}
    order by next_attempt_at limit ${limit}`
    .execute(db)
    .then(({ rows }) => rows);

export interface HeldObject extends ReferencedObject {
  heldClassUid: string | null;
  objectId: string | null;
  sizeBytes: number | null;
  /** Copies for archives that are confirmed, that are not yet, and that will never be sent. */
  sent: number;
  unsent: number;
  cancelled: number;
}

/** The undecided objects of a request, with what we hold of them. */
export const findUndecided = async ({ db, hospitalId }: UnitOfWork, requestId: string): Promise<HeldObject[]> => {
  const found = await sql<HeldObject>`
    select c.sop_instance_uid as "sopInstanceUid", c.sop_class_uid as "sopClassUid", i.sop_class_uid as "heldClassUid",
      i.object_id as "objectId", o.size_bytes as "sizeBytes", coalesce(f.sent, 0)::integer as sent,
      coalesce(f.unsent, 0)::integer as unsent, coalesce(f.cancelled, 0)::integer as cancelled
    from commitment_item c
      left join instance i on i.hospital_id = c.hospital_id and i.sop_instance_uid = c.sop_instance_uid
      left join stored_object o on o.hospital_id = i.hospital_id and o.object_id = i.object_id
      left join lateral (
        select count(*) filter (where w.state = 'sent') as sent,
          count(*) filter (where w.state not in ('sent', 'cancelled')) as unsent,
          count(*) filter (where w.state = 'cancelled') as cancelled
        from forward w where w.hospital_id = c.hospital_id and w.sop_instance_uid = c.sop_instance_uid) f on true
    where c.hospital_id = ${hospitalId} and c.commitment_request_id = ${requestId} and c.failure_reason is null`.execute(
    db,
  );
  return found.rows;
};

export const decideObjects = async (
  { db, hospitalId }: UnitOfWork,
  requestId: string,
  objects: readonly DecidedObject[],
): Promise<void> => {
  if (objects.length === 0) return;
  await sql`
    update commitment_item c set failure_reason = r."failureReason"
    from ${rowsOf(objects)}
    where c.hospital_id = ${hospitalId} and c.commitment_request_id = ${requestId}
      and c.sop_instance_uid = r."sopInstanceUid"`.execute(db);
};

export const findDecided = async ({ db, hospitalId }: UnitOfWork, requestId: string): Promise<DecidedObject[]> => {
  const rows = await db
    .selectFrom('commitment_item')
    .select(['sop_instance_uid', 'sop_class_uid', 'failure_reason'])
    .where('hospital_id', '=', hospitalId)
    .where('commitment_request_id', '=', requestId)
    .orderBy('sop_instance_uid')
    .execute();
  return rows.map((row) => ({
    sopInstanceUid: row.sop_instance_uid,
    sopClassUid: row.sop_class_uid,
    failureReason: row.failure_reason ?? failureReasons.processingFailure,
  }));
};

export const moveCommitment = async (
  { db, hospitalId }: UnitOfWork,
  requestId: string,
  change: {
    state?: 'waiting' | 'decided' | 'reported' | 'undelivered';
    next_attempt_at?: Date;
    attempts?: number;
    decided_at?: Date;
    reported_at?: Date;
    answer?: string;
  },
): Promise<void> => {
  await db
    .updateTable('commitment_request')
    .set(change)
    .where('hospital_id', '=', hospitalId)
    .where('commitment_request_id', '=', requestId)
    .execute();
};

export interface CalledApplication {
  host: string;
  port: number;
  uses_tls: boolean;
}

export const findApplication = (
  { db, hospitalId }: UnitOfWork,
  aeTitle: string,
): Promise<CalledApplication | undefined> =>
  db
    .selectFrom('dicom_application')
    .select(['host', 'port', 'uses_tls'])
    .where('hospital_id', '=', hospitalId)
    .where('ae_title', '=', aeTitle)
    .executeTakeFirst();
