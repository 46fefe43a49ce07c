import type { ExamDetail } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { asExamRow, loadExamRows } from './exam-rows.repository.ts';

type Instance = ExamDetail['series'][number]['instances'][number];

/** A series shows its first images; the rest are asked for in pages: an exam may hold ten thousand. */
export const instancesShown = 200;
/** Of one exam page; a study of more series is listed, without their images. */
const seriesShown = 200;
const eventsShown = 500;

/** Throws EXAMS_EXAM_NOT_FOUND. */
export const loadExamDetail = async (unit: UnitOfWork, examId: string): Promise<ExamDetail> => {
  const [row] = await loadExamRows(unit, [examId]);
  if (row === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
  const { version, institution_name, oddities } = row;
  return {
    exam: { ...asExamRow(row), version, institutionName: institution_name, oddities },
    series: await loadSeries(unit, examId),
    events: await loadEvents(unit, examId),
  };
};

interface SeriesRow {
  series_instance_uid: string;
  modality: string;
  series_number: number | null;
  description: string;
  protocol_name: string;
  body_part: string;
  instance_count: number;
}

const loadSeries = async (unit: UnitOfWork, examId: string): Promise<ExamDetail['series']> => {
  const { db, hospitalId } = unit;
  const found = await sql<SeriesRow>`
    select series_instance_uid, modality, series_number, description, protocol_name, body_part, instance_count
    from series where hospital_id = ${hospitalId} and exam_id = ${examId}
    order by series_number nulls last, series_instance_uid limit ${seriesShown}`.execute(db);
  const uids = found.rows.map(({ series_instance_uid }) => series_instance_uid);
  const instances = await sql<InstanceRow>`
    select ${instanceColumns}
    from unnest(${uids}::text[]) as u(uid) cross join lateral (
      select * from instance where hospital_id = ${hospitalId} and exam_id = ${examId} and series_instance_uid = u.uid
      order by instance_number, sop_instance_uid limit ${instancesShown}
    ) i ${instanceTables}`.execute(db);
  const bySeries = Map.groupBy(instances.rows, (instance) => instance.series_instance_uid);
  return found.rows.map((row) => ({
    seriesInstanceUid: row.series_instance_uid,
    modality: row.modality,
    seriesNumber: row.series_number,
    description: row.description,
    protocolName: row.protocol_name,
    bodyPart: row.body_part,
    instances: (bySeries.get(row.series_instance_uid) ?? []).map(asInstance),
    instanceCount: row.instance_count,
  }));
};

/** Images of one series, `offset` first ones left out. */
export const loadInstances = async (
  { db, hospitalId }: UnitOfWork,
  series: { examId: string; seriesInstanceUid: string },
  { offset, limit }: { offset: number; limit: number },
): Promise<Instance[]> => {
  const found = await sql<InstanceRow>`
    select ${instanceColumns}
    from (
      select * from instance where hospital_id = ${hospitalId} and exam_id = ${series.examId}
        and series_instance_uid = ${series.seriesInstanceUid}
      order by instance_number, sop_instance_uid offset ${offset} limit ${limit}
    ) i ${instanceTables}
    order by i.instance_number, i.sop_instance_uid`.execute(db);
  return found.rows.map(asInstance);
};

interface InstanceRow {
  series_instance_uid: string;
  sop_instance_uid: string;
  sop_class_uid: string;
  instance_number: number | null;
  is_image: boolean;
  number_of_frames: number | null;
  object_id: string;
  received_at: Date;
  sha256: string;
  size_bytes: number;
  transfer_syntax_uid: string;
  conflict_count: number;
}

const instanceColumns = sql`i.series_instance_uid, i.sop_instance_uid, i.sop_class_uid, i.instance_number, i.is_image,
  (i.facts ->> 'numberOfFrames')::numeric::integer as number_of_frames, i.object_id, i.received_at,
  encode(o.sha256, 'hex') as sha256, o.size_bytes, o.transfer_syntax_uid,
  (select count(*) from object_conflict c where c.hospital_id = i.hospital_id
    and c.sop_instance_uid = i.sop_instance_uid) as conflict_count`;
const instanceTables = sql`join stored_object o on o.hospital_id = i.hospital_id and o.object_id = i.object_id`;

const asInstance = (row: InstanceRow): Instance => ({
  sopInstanceUid: row.sop_instance_uid,
  sopClassUid: row.sop_class_uid,
  instanceNumber: row.instance_number,
  isImage: row.is_image,
  numberOfFrames: row.number_of_frames ?? 0,
  objectId: row.object_id,
  receivedAt: row.received_at.toISOString(),
  sha256: row.sha256,
  sizeBytes: row.size_bytes,
  transferSyntaxUid: row.transfer_syntax_uid,
  conflictCount: row.conflict_count,
});

const loadEvents = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<ExamDetail['events']> => {
  const found = await db
    .selectFrom('exam_event as v')
    .leftJoin('account as a', (join) =>
      join.onRef('a.hospital_id', '=', 'v.hospital_id').onRef('a.account_id', '=', 'v.account_id'),
    )
    .select(['v.at', 'v.event', 'v.facts', 'a.display_name'])
    .where('v.hospital_id', '=', hospitalId)
    .where('v.exam_id', '=', examId)
    .orderBy('v.at')
    .orderBy('v.exam_event_id')
    .limit(eventsShown)
    .execute();
  return found.map((row) => ({
    at: row.at.toISOString(),
    event: row.event,
    facts: row.facts as Record<string, unknown>,
    actorName: row.display_name,
  }));
};
