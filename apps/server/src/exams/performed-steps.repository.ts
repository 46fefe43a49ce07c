import type { PerformedStepState } from '@jiapian/rules';
import type { DicomJson } from '@jiapian/dicom';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { jsonTextOf, recordRows } from '../platform/record-rows.ts';

/** What a step says of itself; times are local to the hospital unless they carry an offset. */
export interface StepFacts {
  sopInstanceUid: string;
  callingAeTitle: string;
  stationAeTitle: string;
  stationName: string;
  stepNumber: string;
  modality: string;
  studyInstanceUid: string;
  accessionNumber: string;
  dicomPatientId: string;
  state: PerformedStepState;
  startedAt: string | null;
  endedAt: string | null;
  reasonCode: string;
  exposures: number | null;
  content: DicomJson;
}

export interface StepImage {
  sopInstanceUid: string;
  sopClassUid: string;
  seriesInstanceUid: string;
}

export interface KnownStep {
  performed_step_id: string;
  state: PerformedStepState;
  content: DicomJson;
  exam_id: string | null;
  calling_ae_title: string;
}

export const lockStep = async (
  { db, hospitalId }: UnitOfWork,
  sopInstanceUid: string,
): Promise<KnownStep | undefined> => {
  const found = await sql<KnownStep>`
    select performed_step_id, state, content, exam_id, calling_ae_title from performed_step
    where hospital_id = ${hospitalId} and sop_instance_uid = ${sopInstanceUid} for update`.execute(db);
  return found.rows[0];
};

const factColumns = `"sopInstanceUid" text, "callingAeTitle" text, "stationAeTitle" text, "stationName" text,
  "stepNumber" text, modality text, "studyInstanceUid" text, "accessionNumber" text, "dicomPatientId" text, state text,
  "startedAt" text, "endedAt" text, "reasonCode" text, exposures integer, content jsonb`;

const momentOf = (column: string) => {
  const text = sql.ref(`r.${column}`);
  return sql`case when ${text} is null then null
    when ${text} ~ '[+-][0-9]{2}:[0-9]{2}$' then ${text}::timestamptz
    else ${text}::timestamp at time zone h.time_zone end`;
};

/** Enters a step; false when one of this number is there. */
export const addStep = async (
  { db, hospitalId }: UnitOfWork,
  stepId: string,
  facts: StepFacts,
  now: Date,
): Promise<boolean> => {
  const added = await sql`
    insert into performed_step (hospital_id, performed_step_id, sop_instance_uid, calling_ae_title, station_ae_title,
      station_name, device_id, step_number, modality, study_instance_uid, accession_number, dicom_patient_id, state,
      started_at, ended_at, reason_code, exposures, content, created_at, changed_at)
    select h.hospital_id, ${stepId}, r."sopInstanceUid", r."callingAeTitle", r."stationAeTitle", r."stationName",
      (select d.device_id from device d where d.hospital_id = h.hospital_id
         and d.ae_title in (r."stationAeTitle", r."callingAeTitle") and d.ae_title <> ''
       order by d.named_at nulls last, d.ae_title = r."stationAeTitle" desc limit 1),
      r."stepNumber", r.modality, r."studyInstanceUid", r."accessionNumber", r."dicomPatientId", r.state,
      coalesce(${momentOf('startedAt')}, ${now}), ${momentOf('endedAt')}, r."reasonCode", r.exposures, r.content,
      ${now}, ${now}
    from json_to_record(${jsonTextOf(facts)}::json) as r(${sql.raw(factColumns)})
      join hospital h on h.hospital_id = ${hospitalId}
    on conflict (hospital_id, sop_instance_uid) do nothing`.execute(db);
  return Number(added.numAffectedRows ?? 0) === 1;
};

export const changeStep = async (
  { db, hospitalId }: UnitOfWork,
  stepId: string,
  facts: StepFacts,
  now: Date,
): Promise<void> => {
  await sql`
    update performed_step s set state = r.state, started_at = coalesce(${momentOf('startedAt')}, s.started_at),
      ended_at = coalesce(${momentOf('endedAt')}, case when r.state <> 'in-progress' then ${now}::timestamptz end),
      reason_code = r."reasonCode", exposures = r.exposures, content = r.content, modality = r.modality,
      changed_at = ${now}
    from json_to_record(${jsonTextOf(facts)}::json) as r(${sql.raw(factColumns)})
      join hospital h on h.hospital_id = ${hospitalId}
    where s.hospital_id = ${hospitalId} and s.performed_step_id = ${stepId}`.execute(db);
};

/** The images of a step as its newest word lists them. */
export const replaceStepImages = async (
  { db, hospitalId }: UnitOfWork,
  stepId: string,
  images: readonly StepImage[],
): Promise<void> => {
  await db
    .deleteFrom('performed_image')
    .where('hospital_id', '=', hospitalId)
    .where('performed_step_id', '=', stepId)
    .execute();
  if (images.length === 0) return;
  await sql`
    insert into performed_image (hospital_id, performed_step_id, sop_instance_uid, sop_class_uid, series_instance_uid)
    select ${hospitalId}::uuid, ${stepId}::uuid, r."sopInstanceUid", r."sopClassUid", r."seriesInstanceUid"
    from ${recordRows(images, '"sopInstanceUid" text, "sopClassUid" text, "seriesInstanceUid" text')}
    on conflict do nothing`.execute(db);
};

export interface StepMatch {
  performed_step_id: string;
  exam_id: string;
  state: PerformedStepState;
  started_at: Date;
  ended_at: Date | null;
  reason_code: string;
  is_linked: boolean;
}

const matchColumns = sql`s.performed_step_id, e.exam_id, s.state, s.started_at, s.ended_at, s.reason_code,
  s.exam_id is not null as is_linked`;
const belongs = sql`s.hospital_id = e.hospital_id and (
  s.study_instance_uid <> '' and s.study_instance_uid = e.study_instance_uid
  or s.study_instance_uid = '' and s.accession_number <> '' and s.accession_number = e.accession_number
    and (s.modality = '' or e.modality in ('', s.modality)))`;

export const findStepsOfExams = async (
  { db, hospitalId }: UnitOfWork,
  examIds: readonly string[],
): Promise<StepMatch[]> => {
  if (examIds.length === 0) return [];
  const found = await sql<StepMatch>`
    select ${matchColumns} from exam e join performed_step s on ${belongs}
    where e.hospital_id = ${hospitalId} and e.exam_id = any(${examIds}::uuid[])
    order by s.started_at for update of s`.execute(db);
  return found.rows;
};

export const findExamOfStep = async (
  { db, hospitalId }: UnitOfWork,
  stepId: string,
): Promise<StepMatch | undefined> => {
  const found = await sql<StepMatch>`
    select ${matchColumns} from performed_step s join exam e on ${belongs}
    where s.hospital_id = ${hospitalId} and s.performed_step_id = ${stepId}
    order by e.exam_at desc limit 1`.execute(db);
  return found.rows[0];
};

export const linkStep = async (
  { db, hospitalId }: UnitOfWork,
  { performed_step_id, exam_id }: Pick<StepMatch, 'performed_step_id' | 'exam_id'>,
): Promise<void> => {
  await db
    .updateTable('performed_step')
    .set({ exam_id })
    .where('hospital_id', '=', hospitalId)
    .where('performed_step_id', '=', performed_step_id)
    .execute();
};

/**
 * Every step of the exam has ended, and every image that they list is here. A completed step that lists nothing says
 * nothing about what is still on its way.
 */
export const isExamPerformed = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<boolean> => {
  const found = await sql<{ is_performed: boolean }>`
    select count(*) > 0 and bool_and(s.state = 'discontinued' or s.state = 'completed' and exists (
      select from performed_image l where l.hospital_id = s.hospital_id and l.performed_step_id = s.performed_step_id))
      and not exists (
      select from performed_step o
        join performed_image p on p.hospital_id = o.hospital_id and p.performed_step_id = o.performed_step_id
        left join instance i on i.hospital_id = p.hospital_id and i.sop_instance_uid = p.sop_instance_uid
      where o.hospital_id = ${hospitalId} and o.exam_id = ${examId} and i.sop_instance_uid is null) as is_performed
    from performed_step s where s.hospital_id = ${hospitalId} and s.exam_id = ${examId}`.execute(db);
  return found.rows[0]?.is_performed ?? false;
};

/** Orders that a step carries out. */
export const findOrdersOfStep = async (
  { db, hospitalId }: UnitOfWork,
  step: Pick<StepFacts, 'studyInstanceUid' | 'accessionNumber' | 'modality'>,
): Promise<{ order_id: string; state: 'expected' | 'started' | 'arrived' | 'done' | 'cancelled' | 'discontinued' }[]> =>
  db
    .selectFrom('imaging_order')
    .select(['order_id', 'state'])
    .where('hospital_id', '=', hospitalId)
    .where((eb) =>
      eb.or([
        eb.and([eb('study_instance_uid', '<>', ''), eb('study_instance_uid', '=', step.studyInstanceUid)]),
        eb.and([eb('accession_number', '<>', ''), eb('accession_number', '=', step.accessionNumber)]),
      ]),
    )
    .where((eb) => eb.or([eb('modality', 'in', ['', step.modality]), eb.val(step.modality === '')]))
    .forUpdate()
    .execute();
