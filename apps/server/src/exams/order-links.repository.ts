import type { OrderPriority, OrderState, PatientClass } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** An order and an exam that belong together, by study or by accession number. */
export interface OrderMatch {
  order_id: string;
  exam_id: string;
  state: OrderState;
  priority: OrderPriority;
  patient_class: PatientClass;
  ward: string;
  accession_number: string;
  is_linked: boolean;
  /** The order names another patient than the images do. */
  is_other_patient: boolean;
}

const matchColumns = sql`o.order_id, e.exam_id, o.state, o.priority, o.patient_class, o.ward, o.accession_number,
  o.exam_id is not distinct from e.exam_id as is_linked,
  o.dicom_patient_id <> '' and p.dicom_patient_id <> '' and o.dicom_patient_id <> p.dicom_patient_id
    and not exists (select from patient_merge m where m.hospital_id = o.hospital_id
      and (m.kept_patient_id, m.merged_patient_id) in
        ((o.dicom_patient_id, p.dicom_patient_id), (p.dicom_patient_id, o.dicom_patient_id))) as is_other_patient`;

/**
 * An order that names its study belongs to that study; else the accession number decides. An order with another
 * modality keeps its own exam: one accession number may cover a CT and a DX.
 */
const belongs = sql`o.hospital_id = e.hospital_id and (
    o.study_instance_uid <> '' and o.study_instance_uid = e.study_instance_uid
    or o.accession_number <> '' and o.accession_number = e.accession_number
      and (o.modality = '' or e.modality in ('', o.modality) or o.modality in ('CR', 'DX', 'DR') and e.modality in ('CR', 'DX')))
  join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id`;

/** A correction has given everything that came under it to another exam. */
const isEmptied = sql`(e.instance_count = 0 and exists (select from correction c
  where c.hospital_id = e.hospital_id and c.kind = 'move' and e.exam_id in (c.exam_id, c.target_exam_id)))`;

/** Orders that are linked to an exam which is not theirs any more, or which has no object left; locked. */
export const findOrdersThatLeft = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
): Promise<{ order_id: string; state: OrderState }[]> => {
  const found = await sql<{ order_id: string; state: OrderState }>`
    select linked.order_id, linked.state from imaging_order linked
    where linked.hospital_id = ${hospitalId} and linked.exam_id = ${examId}
      and not exists (select from exam e join imaging_order o on ${belongs}
        where e.hospital_id = linked.hospital_id and e.exam_id = linked.exam_id and o.order_id = linked.order_id
          and not ${isEmptied})
    order by linked.order_id for update of linked`.execute(db);
  return found.rows;
};

/** The orders of these exams. */
export const findOrdersOfExams = async (
  { db, hospitalId }: UnitOfWork,
  examIds: readonly string[],
): Promise<OrderMatch[]> => {
  if (examIds.length === 0) return [];
  const found = await sql<OrderMatch>`
    select ${matchColumns} from exam e join imaging_order o on ${belongs}
    where e.hospital_id = ${hospitalId} and e.exam_id = any(${examIds}::uuid[])
      and not ${isEmptied}
    order by o.order_id for update of o`.execute(db);
  return found.rows;
};

/** The exams of one order that are here already: an order may come after its images. */
export const findExamsOfOrder = async ({ db, hospitalId }: UnitOfWork, orderId: string): Promise<OrderMatch[]> => {
  const found = await sql<OrderMatch>`
    select ${matchColumns} from imaging_order o join exam e on ${belongs}
    where o.hospital_id = ${hospitalId} and o.order_id = ${orderId}
    order by e.exam_at desc limit 20 for update of o`.execute(db);
  return found.rows;
};

/** What the order says of its exam's urgency, unless a person said otherwise; true when that changed something. */
export const takeOverPriority = async (
  { db, hospitalId }: UnitOfWork,
  { exam_id, priority, patient_class, ward }: OrderMatch,
): Promise<boolean> => {
  const changed = await sql`
    update exam set
      priority = case when priority_source = 'person' or ${priority} = 'unknown' then priority else ${priority} end,
      priority_source = case when priority_source = 'person' or ${priority} = 'unknown' then priority_source else 'order' end,
      patient_class = case when ${patient_class} = 'unknown' then patient_class else ${patient_class} end,
      ward = coalesce(nullif(${ward}, ''), ward), version = version + 1
    where hospital_id = ${hospitalId} and exam_id = ${exam_id}
      and (priority_source <> 'person' and ${priority} <> 'unknown' and (priority, priority_source) <> (${priority}, 'order')
        or patient_class <> ${patient_class} and ${patient_class} <> 'unknown'
        or ward <> ${ward} and ${ward} <> '')`.execute(db);
  return Number(changed.numAffectedRows ?? 0) > 0;
};

/** Adds an oddity to an exam, once. */
export const addExamOddity = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
  oddity: { keyword: string; reason: string },
): Promise<boolean> => {
  const text = JSON.stringify([oddity]);
  const changed = await sql`
    update exam set oddities = oddities || ${text}::jsonb
    where hospital_id = ${hospitalId} and exam_id = ${examId} and not oddities @> ${text}::jsonb`.execute(db);
  return Number(changed.numAffectedRows ?? 0) > 0;
};

/** Takes an oddity off that holds no more. */
export const removeExamOddity = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
  oddity: { keyword: string; reason: string },
): Promise<void> => {
  await sql`
    update exam set oddities = coalesce((select jsonb_agg(one) from jsonb_array_elements(oddities) one
      where one <> ${JSON.stringify(oddity)}::jsonb), '[]'::jsonb)
    where hospital_id = ${hospitalId} and exam_id = ${examId}
      and oddities @> ${JSON.stringify([oddity])}::jsonb`.execute(db);
};
