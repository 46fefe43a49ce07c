import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { recordRows } from '../platform/record-rows.ts';

export interface DeviceRow {
  device_id: string;
  ae_title: string;
  station_name: string;
  priority_class: 'routine' | 'emergency' | null;
  named_at: Date | null;
}

/** A device that sends all day is noted as seen once in so many seconds. */
const SEEN_GRAIN_SECONDS = 10;

/** Studies that were fetched from an archive → the device that they were fetched for. */
export const findFetchedDevices = async (
  { db, hospitalId }: UnitOfWork,
  studyInstanceUids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('fetch_task')
    .select(['study_instance_uid', 'device_id'])
    .where('hospital_id', '=', hospitalId)
    .where('study_instance_uid', 'in', [...studyInstanceUids, ''])
    .execute();
  return new Map(rows.map(({ study_instance_uid, device_id }) => [study_instance_uid, device_id]));
};

export const loadDevices = ({ db, hospitalId }: UnitOfWork): Promise<DeviceRow[]> =>
  db
    .selectFrom('device')
    .select(['device_id', 'ae_title', 'station_name', 'priority_class', 'named_at'])
    .where('hospital_id', '=', hospitalId)
    .execute();

export interface UnknownDevice {
  device_id: string;
  name: string;
  modality: string;
  ae_title: string;
  station_name: string;
  manufacturer: string;
  model: string;
  serial_number: string;
  seen_at: Date;
}

/** Listed to be named by a person; one that somebody has listed meanwhile is that one. */
export const listUnknown = async (
  { db, hospitalId }: UnitOfWork,
  rows: readonly UnknownDevice[],
): Promise<DeviceRow[]> => {
  if (rows.length === 0) return [];
  const columns =
    'device_id uuid, name text, modality text, ae_title text, station_name text, manufacturer text, model text, serial_number text, seen_at timestamptz';
  const added = await sql<DeviceRow>`
    insert into device (hospital_id, device_id, name, modality, ae_title, station_name, manufacturer, model,
      serial_number, first_seen_at, last_seen_at)
    select ${hospitalId}::uuid, r.device_id, r.name, r.modality, r.ae_title, r.station_name, r.manufacturer, r.model,
      r.serial_number, r.seen_at, r.seen_at
    from ${recordRows(rows, columns)}
    on conflict (hospital_id, ae_title, station_name) do update set last_seen_at = excluded.last_seen_at
    returning device_id, ae_title, station_name, priority_class, named_at`.execute(db);
  return added.rows;
};

export const noteSeen = async ({ db, hospitalId }: UnitOfWork, seen: ReadonlyMap<string, Date>): Promise<void> => {
  if (seen.size === 0) return;
  const rows = [...seen].map(([device_id, seen_at]) => ({ device_id, seen_at }));
  await sql`
    update device d set last_seen_at = r.seen_at
    from ${recordRows(rows, 'device_id uuid, seen_at timestamptz')}
    where d.hospital_id = ${hospitalId} and d.device_id = r.device_id
      and (d.last_seen_at is null or d.last_seen_at < r.seen_at - make_interval(secs => ${SEEN_GRAIN_SECONDS}))`.execute(
    db,
  );
};
