import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { DecidedObject } from './storage-commitment-data.ts';

export const saveAsk = async (
  { db, hospitalId }: UnitOfWork,
  ask: { transactionUid: string; destinationId: string; sopInstanceUids: readonly string[]; at: Date },
): Promise<void> => {
  await db
    .insertInto('commitment_ask')
    .values({
      hospital_id: hospitalId,
      transaction_uid: ask.transactionUid,
      destination_id: ask.destinationId,
      asked_at: ask.at,
    })
    .execute();
  await sql`
    insert into commitment_ask_item (hospital_id, transaction_uid, sop_instance_uid)
    select ${hospitalId}::uuid, ${ask.transactionUid}, uid from unnest(${ask.sopInstanceUids}::text[]) as uid
    on conflict do nothing`.execute(db);
};

/** Takes over what an archive answers; its destination, or null for a transaction that nobody here began. */
export const answerAsk = async (
  { db, hospitalId }: UnitOfWork,
  transactionUid: string,
  objects: readonly DecidedObject[],
  at: Date,
): Promise<string | null> => {
  const ask = await db
    .updateTable('commitment_ask')
    .set({ answered_at: at })
    .where('hospital_id', '=', hospitalId)
    .where('transaction_uid', '=', transactionUid)
    .returning('destination_id')
    .executeTakeFirst();
  if (ask === undefined) return null;
  await sql`
    update commitment_ask_item i set failure_reason = r."failureReason"
    from json_to_recordset(${JSON.stringify(objects)}::json) as r("sopInstanceUid" text, "failureReason" integer)
    where i.hospital_id = ${hospitalId} and i.transaction_uid = ${transactionUid}
      and i.sop_instance_uid = r."sopInstanceUid"`.execute(db);
  return ask.destination_id;
};

/** What the archive of a destination last said of these objects: committed, or why not; `null` while it owes an answer. */
export const findCommitments = async (
  { db, hospitalId }: UnitOfWork,
  destinationId: string,
  sopInstanceUids: readonly string[],
): Promise<ReadonlyMap<string, { failureReason: number | null; askedAt: Date }>> => {
  const found = await sql<{ uid: string; failure_reason: number | null; asked_at: Date }>`
    select distinct on (i.sop_instance_uid) i.sop_instance_uid as uid, i.failure_reason, a.asked_at
    from commitment_ask_item i join commitment_ask a
      on a.hospital_id = i.hospital_id and a.transaction_uid = i.transaction_uid
    where i.hospital_id = ${hospitalId} and a.destination_id = ${destinationId}
      and i.sop_instance_uid = any(${sopInstanceUids}::text[])
    order by i.sop_instance_uid, a.asked_at desc`.execute(db);
  return new Map(found.rows.map((row) => [row.uid, { failureReason: row.failure_reason, askedAt: row.asked_at }]));
};
