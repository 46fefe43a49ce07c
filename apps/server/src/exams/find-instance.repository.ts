import { sql } from 'kysely';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';

/** A registered object and where its bytes are. */
export interface RegisteredInstance {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  studyInstanceUid: string;
  sopClassUid: string;
  examId: string;
  objectId: string;
  /** First byte of the data set in the stored file. */
  dataSetOffset: number;
  sizeBytes: number;
  transferSyntaxUid: string;
  sha256: string;
  /** Something else stands beside what these bytes say. */
  isCorrected: boolean;
  /** 0 for an object without pixels. */
  numberOfFrames: number;
}

const instanceColumns = sql`i.sop_instance_uid as "sopInstanceUid", i.series_instance_uid as "seriesInstanceUid",
  e.study_instance_uid as "studyInstanceUid", i.sop_class_uid as "sopClassUid", i.exam_id as "examId",
  i.object_id as "objectId", o.data_set_offset as "dataSetOffset", o.size_bytes as "sizeBytes",
  o.transfer_syntax_uid as "transferSyntaxUid", encode(o.sha256, 'hex') as sha256,
  i.copy_id <> '00000000-0000-0000-0000-000000000000' as "isCorrected",
  coalesce((i.facts ->> 'numberOfFrames')::numeric::integer, 0) as "numberOfFrames"`;

const instanceTables = sql`instance i
  join stored_object o on o.hospital_id = i.hospital_id and o.object_id = i.object_id
  join exam e on e.hospital_id = i.hospital_id and e.exam_id = i.exam_id`;

export interface InstancePlace {
  study?: string | undefined;
  series?: string | undefined;
  instance?: string | undefined;
}

/** Objects of a study, a series or alone, in their order; none for UIDs that are not registered in this hospital. */
export const findInstances = async (
  { db, hospitalId }: UnitOfWork,
  { study, series, instance }: InstancePlace,
): Promise<RegisteredInstance[]> => {
  if (study === undefined && instance === undefined) return [];
  const found = await sql<RegisteredInstance>`
    select ${instanceColumns} from ${instanceTables}
    where i.hospital_id = ${hospitalId}
      ${study === undefined ? sql`` : sql`and e.study_instance_uid = ${study}`}
      ${series === undefined ? sql`` : sql`and i.series_instance_uid = ${series}`}
      ${instance === undefined ? sql`` : sql`and i.sop_instance_uid = ${instance}`}
    order by i.series_instance_uid, i.instance_number, i.sop_instance_uid`.execute(db);
  return found.rows;
};

/** Throws ARCHIVE_OBJECT_NOT_FOUND for a UID that is not registered in this hospital. */
export const findInstance = async (unit: UnitOfWork, sopInstanceUid: string): Promise<RegisteredInstance> => {
  const [instance] = await findInstances(unit, { instance: sopInstanceUid });
  if (instance === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { sopInstanceUid });
  return instance;
};
