import type { UnitOfWork } from '../platform/database.ts';

export interface NewObject {
  objectId: string;
  number: number;
  sopInstanceUid: string;
  sopClassUid: string;
  sha256: Buffer;
  sizeBytes: number;
  dataSetOffset: number;
  transferSyntaxUid: string;
  rows: number;
  columns: number;
  numberOfFrames: number;
}

export const insertObjects = async (unit: UnitOfWork, caseId: string, objects: readonly NewObject[]): Promise<void> => {
  if (objects.length === 0) return;
  await unit.db
    .insertInto('teaching_object')
    .values(
      objects.map((one) => ({
        hospital_id: unit.hospitalId,
        object_id: one.objectId,
        case_id: caseId,
        number: one.number,
        sop_instance_uid: one.sopInstanceUid,
        sop_class_uid: one.sopClassUid,
        sha256: one.sha256,
        size_bytes: one.sizeBytes,
        data_set_offset: one.dataSetOffset,
        transfer_syntax_uid: one.transferSyntaxUid,
        rows: one.rows,
        columns: one.columns,
        number_of_frames: one.numberOfFrames,
      })),
    )
    .execute();
};

export const findObjects = (unit: UnitOfWork, caseId: string) =>
  unit.db
    .selectFrom('teaching_object')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute();
export type StoredObject = Awaited<ReturnType<typeof findObjects>>[number];

/** The rows of a case that is prepared again; gives the ids of the files that nobody names any more. */
export const dropObjects = async (unit: UnitOfWork, caseId: string): Promise<string[]> => {
  const dropped = await unit.db
    .deleteFrom('teaching_object')
    .where('hospital_id', '=', unit.hospitalId)
    .where('case_id', '=', caseId)
    .returning('object_id')
    .execute();
  return dropped.map((row) => row.object_id);
};
