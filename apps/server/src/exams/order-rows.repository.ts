import type { OrderQuery, OrderRow } from '@jiapian/contract';
import { displayPersonName } from '@jiapian/dicom';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface OrderCursor {
  at: string;
  orderId: string;
}

interface StoredOrder {
  order_id: string;
  accession_number: string;
  filler_order_number: string;
  placer_order_number: string;
  dicom_patient_id: string;
  patient_name: string;
  patient_sex: string | null;
  procedure_name: string;
  modality: string;
  body_part: string;
  priority: OrderRow['priority'];
  patient_class: OrderRow['patientClass'];
  ward: string;
  scheduled_at: Date | null;
  station_ae_title: string;
  device_name: string | null;
  state: OrderRow['state'];
  exam_id: string | null;
  source: OrderRow['source'];
  received_at: Date;
  is_overdue: boolean;
}

/** An exam without a time is expected from when it was ordered. */
const sortAt = sql`coalesce(o.scheduled_at, o.received_at)`;

/** Orders, the latest first. */
export const listOrders = async (
  { db, hospitalId }: UnitOfWork,
  filter: Omit<OrderQuery, 'cursor' | 'limit'>,
  page: { after: OrderCursor | null; limit: number; now: Date },
): Promise<OrderRow[]> => {
  const dayOf = sql`(${sortAt} at time zone h.time_zone)::date`;
  const text = `%${(filter.text ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const found = await sql<StoredOrder>`
    select o.*, d.name as device_name,
      o.state = 'expected' and o.scheduled_at < ${page.now} as is_overdue
    from imaging_order o join hospital h on h.hospital_id = o.hospital_id
      left join lateral (select name from device d where d.hospital_id = o.hospital_id
        and d.ae_title = o.station_ae_title and o.station_ae_title <> '' order by named_at nulls last limit 1) d on true
    where o.hospital_id = ${hospitalId}
      and (${filter.state === undefined} or o.state = any(${filter.state ?? []}::text[]))
      and (${filter.priority ?? null}::text is null or o.priority = ${filter.priority ?? null})
      and (${filter.from ?? null}::date is null or ${dayOf} >= ${filter.from ?? null}::date)
      and (${filter.to ?? null}::date is null or ${dayOf} <= ${filter.to ?? null}::date)
      and (${filter.text === undefined} or lower(concat_ws(' ', o.accession_number, o.filler_order_number,
        o.placer_order_number, o.dicom_patient_id, o.patient_name, o.procedure_name)) like ${text})
      and (${page.after === null} or (${sortAt}, o.order_id) < (${page.after?.at ?? null}::timestamptz, ${page.after?.orderId ?? null}::uuid))
    order by ${sortAt} desc, o.order_id desc limit ${page.limit}`.execute(db);
  return found.rows.map(asOrderRow);
};

const asOrderRow = (row: StoredOrder): OrderRow => ({
  orderId: row.order_id,
  accessionNumber: row.accession_number,
  fillerOrderNumber: row.filler_order_number,
  placerOrderNumber: row.placer_order_number,
  dicomPatientId: row.dicom_patient_id,
  patientName: displayPersonName(row.patient_name),
  patientSex: row.patient_sex,
  procedureName: row.procedure_name,
  modality: row.modality,
  bodyPart: row.body_part,
  priority: row.priority,
  patientClass: row.patient_class,
  ward: row.ward,
  scheduledAt: row.scheduled_at?.toISOString() ?? null,
  stationAeTitle: row.station_ae_title,
  deviceName: row.device_name,
  state: row.state,
  examId: row.exam_id,
  source: row.source,
  receivedAt: row.received_at.toISOString(),
  isOverdue: row.is_overdue,
});

/** Orders whose exam is complete are done. */
export const findOpenOrdersOfExam = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
): Promise<{ order_id: string; state: OrderRow['state'] }[]> =>
  db
    .selectFrom('imaging_order')
    .select(['order_id', 'state'])
    .where('hospital_id', '=', hospitalId)
    .where('exam_id', '=', examId)
    .where('state', 'in', ['expected', 'started', 'arrived'])
    .forUpdate()
    .execute();
