import type { OrderRequest } from '@jiapian/contract';
import type { OrderPriority, OrderState, PatientClass } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { jsonTextOf } from '../platform/record-rows.ts';

/** An order as its sender tells it, with what the rules make of it. */
export interface ToldOrder extends Omit<OrderRequest, 'control' | 'patientClass'> {
  orderId: string;
  orderKey: string;
  patientClass: PatientClass;
  priority: OrderPriority;
  state: OrderState;
  source: 'hl7' | 'api' | 'file';
  toldAt: Date;
  receivedAt: Date;
}

export interface KnownOrder {
  order_id: string;
  order_key: string;
  state: OrderState;
  exam_id: string | null;
  told_at: Date;
}

/** The orders that one key means, locked; without a step in the key, all steps of the number. */
export const lockOrders = async (
  { db, hospitalId }: UnitOfWork,
  keys: { orderKey: string; number: string; hasStep: boolean },
): Promise<KnownOrder[]> => {
  const found = await sql<KnownOrder>`
    select order_id, order_key, state, exam_id, told_at from imaging_order
    where hospital_id = ${hospitalId} and (order_key = ${keys.orderKey}
      or ${!keys.hasStep} and starts_with(order_key, ${`${keys.number}#`}))
    order by order_id for update`.execute(db);
  return found.rows;
};

/** One transaction at a time works on one number: two messages of one order must not both find nothing. */
export const lockOrderNumber = async ({ db, hospitalId }: UnitOfWork, number: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`order ${hospitalId} ${number}`}, 0))`.execute(db);
};

/** Adds the order or takes over what its sender says now; an empty value leaves what is known. */
export const saveOrder = async ({ db, hospitalId }: UnitOfWork, order: ToldOrder): Promise<void> => {
  await sql`
    insert into imaging_order as o (hospital_id, order_id, order_key, accession_number, placer_order_number,
      filler_order_number, requested_procedure_id, scheduled_step_id, study_instance_uid, dicom_patient_id, issuer,
      patient_name, patient_sex, birth_date, procedure_code, procedure_name, body_part, modality, priority,
      priority_code, patient_class, ward, scheduled_at, station_ae_title, station_name, referring_physician, reason,
      state, source, told_at, received_at, changed_at)
    select h.hospital_id, r."orderId", r."orderKey", r."accessionNumber", r."placerOrderNumber",
      r."fillerOrderNumber", r."requestedProcedureId", r."scheduledStepId", r."studyInstanceUid", r."dicomPatientId",
      r.issuer, r."patientName", r."patientSex", r."birthDate", r."procedureCode", r."procedureName", r."bodyPart",
      r.modality, r.priority, r."priorityCode", r."patientClass", r.ward, ${scheduledAt}, r."stationAeTitle",
      r."stationName", r."referringPhysician", r.reason, r.state, r.source, r."toldAt", r."receivedAt", r."receivedAt"
    from json_to_record(${jsonTextOf(order)}::json) as r(${sql.raw(orderColumns)})
      join hospital h on h.hospital_id = ${hospitalId}
    on conflict (hospital_id, order_key) do update set
      ${sql.raw(takenOver.map((column) => `${column} = coalesce(nullif(excluded.${column}, ''), o.${column})`).join(', '))},
      patient_sex = coalesce(excluded.patient_sex, o.patient_sex),
      birth_date = coalesce(excluded.birth_date, o.birth_date),
      scheduled_at = coalesce(excluded.scheduled_at, o.scheduled_at),
      patient_class = case when excluded.patient_class = 'unknown' then o.patient_class else excluded.patient_class end,
      priority = case when excluded.priority = 'unknown' then o.priority else excluded.priority end,
      state = excluded.state, told_at = excluded.told_at, changed_at = excluded.changed_at,
      version = o.version + 1`.execute(db);
};

const takenOver = [
  'accession_number',
  'placer_order_number',
  'filler_order_number',
  'requested_procedure_id',
  'study_instance_uid',
  'dicom_patient_id',
  'issuer',
  'patient_name',
  'procedure_code',
  'procedure_name',
  'body_part',
  'modality',
  'priority_code',
  'ward',
  'station_ae_title',
  'station_name',
  'referring_physician',
  'reason',
];

const orderColumns = `"orderId" uuid, "orderKey" text, "accessionNumber" text, "placerOrderNumber" text,
  "fillerOrderNumber" text, "requestedProcedureId" text, "scheduledStepId" text, "studyInstanceUid" text,
  "dicomPatientId" text, issuer text, "patientName" text, "patientSex" text, "birthDate" date, "procedureCode" text,
  "procedureName" text, "bodyPart" text, modality text, priority text, "priorityCode" text, "patientClass" text,
  ward text, "scheduledAt" text, "stationAeTitle" text, "stationName" text, "referringPhysician" text, reason text,
  state text, source text, "toldAt" timestamptz, "receivedAt" timestamptz`;

/** Local times are the hospital's; a time that carries its offset is taken as it stands. */
const scheduledAt = sql`case
  when r."scheduledAt" is null then null
  when r."scheduledAt" ~ '([+-][0-9]{2}:[0-9]{2}|Z)$' then r."scheduledAt"::timestamptz
  else r."scheduledAt"::timestamp at time zone h.time_zone end`;

export const moveOrder = async (
  { db, hospitalId }: UnitOfWork,
  orderId: string,
  change: { state: OrderState; examId?: string | null; at: Date },
): Promise<void> => {
  await db
    .updateTable('imaging_order')
    .set((eb) => ({
      state: change.state,
      ...(change.examId !== undefined && { exam_id: change.examId }),
      changed_at: change.at,
      version: eb('version', '+', 1),
    }))
    .where('hospital_id', '=', hospitalId)
    .where('order_id', '=', orderId)
    .execute();
};

/** Orders of a person that nothing has arrived for yet take over where the person is now; answers how many. */
export const moveStay = async (
  { db, hospitalId }: UnitOfWork,
  stay: { dicomPatientId: string; patientClass: PatientClass; ward: string; priority: OrderPriority; at: Date },
): Promise<number> => {
  const moved = await sql`
    update imaging_order set
      patient_class = case when ${stay.patientClass} = 'unknown' then patient_class else ${stay.patientClass} end,
      ward = coalesce(nullif(${stay.ward}, ''), ward),
      priority = case when ${stay.priority} = 'emergency' then 'emergency' else priority end,
      changed_at = ${stay.at}, version = version + 1
    where hospital_id = ${hospitalId} and dicom_patient_id = ${stay.dicomPatientId}
      and state in ('expected', 'started') and told_at <= ${stay.at}`.execute(db);
  return Number(moved.numAffectedRows ?? 0);
};

/** Notes that two numbers are one person; false when it was known. Waiting orders follow the kept number. */
export const saveMerge = async (
  { db, hospitalId }: UnitOfWork,
  merge: { id: string; kept: string; merged: string; messageId: string | null; toldAt: Date; at: Date },
): Promise<boolean> => {
  const added = await db
    .insertInto('patient_merge')
    .values({
      hospital_id: hospitalId,
      patient_merge_id: merge.id,
      kept_patient_id: merge.kept,
      merged_patient_id: merge.merged,
      told_at: merge.toldAt,
      received_at: merge.at,
      message_id: merge.messageId,
    })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'kept_patient_id', 'merged_patient_id']).doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) return false;
  await db
    .updateTable('imaging_order')
    .set({ dicom_patient_id: merge.kept, changed_at: merge.at })
    .where('hospital_id', '=', hospitalId)
    .where('dicom_patient_id', '=', merge.merged)
    .where('state', 'in', ['expected', 'started'])
    .execute();
  return true;
};

/** Exams that stand under a number which is not used any more. */
export const findExamsOfPatient = async (
  { db, hospitalId }: UnitOfWork,
  dicomPatientId: string,
  limit: number,
): Promise<string[]> => {
  const rows = await db
    .selectFrom('exam')
    .innerJoin('patient', (join) =>
      join.onRef('patient.hospital_id', '=', 'exam.hospital_id').onRef('patient.patient_id', '=', 'exam.patient_id'),
    )
    .select('exam.exam_id')
    .where('exam.hospital_id', '=', hospitalId)
    .where('patient.dicom_patient_id', '=', dicomPatientId)
    .orderBy('exam.exam_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.exam_id);
};
