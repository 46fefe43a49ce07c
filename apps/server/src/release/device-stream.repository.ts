import type { CareSetting, StreamMode } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { isBehind, rowsOf, type ListPage } from '../platform/list-page.ts';

const streamRows = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('device')
    .leftJoin('device_stream as stream', (join) =>
      join.onRef('stream.hospital_id', '=', 'device.hospital_id').onRef('stream.device_id', '=', 'device.device_id'),
    )
    .select(['device.device_id', 'device.name', 'device.modality', 'device.named_at', 'device.priority_class'])
    .select([
      sql<StreamMode>`coalesce(stream.mode, 'in-line')`.as('mode'),
      sql<CareSetting>`coalesce(stream.care, 'none')`.as('care'),
      'stream.changed_at',
      sql<number>`coalesce(stream.version, 0)`.as('version'),
    ])
    .where('device.hospital_id', '=', unit.hospitalId);

export const findStreams = (unit: UnitOfWork, page: ListPage) =>
  streamRows(unit)
    .where(isBehind('device.name', 'device.device_id', page))
    .orderBy('device.name')
    .orderBy(sql`device.device_id::text`)
    .limit(rowsOf(page))
    .execute();

export const findStream = (unit: UnitOfWork, deviceId: string) =>
  streamRows(unit).where('device.device_id', '=', deviceId).executeTakeFirst();

export type StreamRow = NonNullable<Awaited<ReturnType<typeof findStream>>>;

/** False when somebody else has changed it since the given version; 0 is a device that has no row yet. */
export const saveStream = async (
  unit: UnitOfWork,
  deviceId: string,
  values: { mode: StreamMode; care: CareSetting; changed_at: Date; changed_by: string | null },
  version: number,
): Promise<boolean> => {
  const saved = await unit.db
    .insertInto('device_stream')
    .values({ hospital_id: unit.hospitalId, device_id: deviceId, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['hospital_id', 'device_id'])
        .doUpdateSet((eb) => ({ ...values, version: eb('device_stream.version', '+', 1) }))
        .where('device_stream.version', '=', version),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
};

/** What a change of way depends on. */
export const findStreamFacts = async (unit: UnitOfWork, deviceId: string) => {
  const rows = await sql<{ destinations: number; down: number; held: number; unsent: number }>`
    select
      (select count(*) from destination where hospital_id = ${unit.hospitalId} and is_enabled) as destinations,
      (select count(*) from destination_circuit where hospital_id = ${unit.hospitalId} and state <> 'closed') as down,
      (select count(*) from gate join exam using (hospital_id, exam_id)
        where gate.hospital_id = ${unit.hospitalId} and exam.device_id = ${deviceId} and gate.state = 'held') as held,
      (select count(*) from forward join exam using (hospital_id, exam_id)
        where forward.hospital_id = ${unit.hospitalId} and exam.device_id = ${deviceId}
          and forward.state in ('queued', 'sending', 'failed', 'refused', 'parked')) as unsent`.execute(unit.db);
  return rows.rows[0] ?? { destinations: 0, down: 0, held: 0, unsent: 0 };
};
