import type { QuarantinedObject, UploadFile } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface QuarantineQuery {
  state: QuarantinedObject['state'] | undefined;
  /** Object id of the last row seen; rows come newest first. */
  after: string | undefined;
  limit: number;
}

const quarantineRows = ({ db, hospitalId }: UnitOfWork) =>
  db
    .selectFrom('quarantined_object as q')
    .leftJoin('account as a', (join) =>
      join.onRef('a.hospital_id', '=', 'q.hospital_id').onRef('a.account_id', '=', 'q.decided_by'),
    )
    .where('q.hospital_id', '=', hospitalId)
    .select([
      'q.object_id as objectId',
      'q.reason_code as reasonCode',
      'q.reason',
      'q.size_bytes as sizeBytes',
      'q.door',
      'q.calling_ae_title as callingAeTitle',
      'q.remote_address as remoteAddress',
      'q.file_name as fileName',
      'q.received_at as receivedAt',
      'q.state',
      'q.decided_at as decidedAt',
      'a.display_name as decidedByName',
      'q.decision_note as decisionNote',
    ]);

export const listQuarantined = (unit: UnitOfWork, { state, after, limit }: QuarantineQuery) => {
  let rows = quarantineRows(unit);
  if (state !== undefined) rows = rows.where('q.state', '=', state);
  if (after !== undefined) rows = rows.where('q.object_id', '<', after);
  return rows.orderBy('q.object_id', 'desc').limit(limit).execute();
};

export const findQuarantined = (unit: UnitOfWork, objectId: string) =>
  quarantineRows(unit).where('q.object_id', '=', objectId).executeTakeFirst();

export type QuarantineRow = Awaited<ReturnType<typeof listQuarantined>>[number];

/** Ends the waiting of a quarantined object; false when somebody else was first. */
export const decideQuarantined = async (
  { db, hospitalId }: UnitOfWork,
  decision: { objectId: string; state: 'registered' | 'dismissed'; at: Date; by: string | null; note: string | null },
): Promise<boolean> => {
  const changed = await db
    .updateTable('quarantined_object')
    .set({ state: decision.state, decided_at: decision.at, decided_by: decision.by, decision_note: decision.note })
    .where('hospital_id', '=', hospitalId)
    .where('object_id', '=', decision.objectId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
};

export const listConflicts = (
  { db, hospitalId }: UnitOfWork,
  { after, limit }: { after: string | undefined; limit: number },
) =>
  db
    .selectFrom('object_conflict as c')
    .innerJoin('stored_object as o', (join) =>
      join.onRef('o.hospital_id', '=', 'c.hospital_id').onRef('o.object_id', '=', 'c.object_id'),
    )
    .leftJoin('instance as i', (join) =>
      join.onRef('i.hospital_id', '=', 'c.hospital_id').onRef('i.sop_instance_uid', '=', 'c.sop_instance_uid'),
    )
    .where('c.hospital_id', '=', hospitalId)
    .$if(after !== undefined, (rows) => rows.where('c.object_id', '<', after ?? ''))
    .select([
      'c.object_id as objectId',
      'c.sop_instance_uid as sopInstanceUid',
      'i.object_id as heldObjectId',
      'i.exam_id as examId',
      'o.received_at as receivedAt',
      'o.calling_ae_title as callingAeTitle',
      'c.seen_at as seenAt',
    ])
    .orderBy('c.object_id', 'desc')
    .limit(limit)
    .execute();

export const markConflictSeen = async (
  { db, hospitalId }: UnitOfWork,
  { objectId, at, by }: { objectId: string; at: Date; by: string | null },
): Promise<boolean> => {
  const changed = await db
    .updateTable('object_conflict')
    .set({ seen_at: at, seen_by: by })
    .where('hospital_id', '=', hospitalId)
    .where('object_id', '=', objectId)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
};

export const startUpload = async (
  { db, hospitalId }: UnitOfWork,
  uploadId: string,
  accountId: string,
): Promise<void> => {
  await db
    .insertInto('upload')
    .values({ hospital_id: hospitalId, upload_id: uploadId, account_id: accountId })
    .execute();
};

/** The upload, if this account began it. */
export const findUpload = ({ db, hospitalId }: UnitOfWork, uploadId: string, accountId: string) =>
  db
    .selectFrom('upload')
    .select('upload_id')
    .where('hospital_id', '=', hospitalId)
    .where('upload_id', '=', uploadId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

const uploadFileColumns = ['file_key as fileKey', 'file_name as fileName', 'outcome', 'reason', 'objects'] as const;

export const listUploadFiles = ({ db, hospitalId }: UnitOfWork, uploadId: string): Promise<UploadFile[]> =>
  db
    .selectFrom('upload_file')
    .select(uploadFileColumns)
    .where('hospital_id', '=', hospitalId)
    .where('upload_id', '=', uploadId)
    .orderBy('arrived_at')
    .execute();

export const findUploadFile = (
  { db, hospitalId }: UnitOfWork,
  uploadId: string,
  fileKey: string,
): Promise<UploadFile | undefined> =>
  db
    .selectFrom('upload_file')
    .select(uploadFileColumns)
    .where('hospital_id', '=', hospitalId)
    .where('upload_id', '=', uploadId)
    .where('file_key', '=', fileKey)
    .executeTakeFirst();

export const recordUploadFile = async (
  { db, hospitalId }: UnitOfWork,
  uploadId: string,
  file: UploadFile & { sizeBytes: number },
): Promise<void> => {
  await sql`
    insert into upload_file (hospital_id, upload_id, file_key, file_name, size_bytes, outcome, reason, objects)
    values (${hospitalId}, ${uploadId}, ${file.fileKey}, ${file.fileName}, ${file.sizeBytes}, ${file.outcome}, ${file.reason}, ${file.objects})
    on conflict (hospital_id, upload_id, file_key) do nothing`.execute(db);
};

/** AE titles that somebody named: of devices, and of archives that we fetch from, which call back by their own. */
export const listNamedTitles = async ({ db, hospitalId }: UnitOfWork): Promise<string[]> => {
  const rows = await db
    .selectFrom('device')
    .select('ae_title')
    .where('hospital_id', '=', hospitalId)
    .where('named_at', 'is not', null)
    .union(db.selectFrom('dicom_application').select('ae_title').where('hospital_id', '=', hospitalId))
    .execute();
  return rows.map((row) => row.ae_title);
};
