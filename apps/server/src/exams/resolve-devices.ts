import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { newOrderedId } from './ordered-id.ts';
import { plainText } from './plain-text.ts';
import type { ReadObject } from './read-received.ts';
import { recordRows } from './record-rows.ts';

export interface ResolvedDevice {
  deviceId: string;
  isNamed: boolean;
  priority: 'unknown' | 'routine' | 'emergency';
}

interface DeviceRow {
  device_id: string;
  ae_title: string;
  station_name: string;
  priority_class: 'routine' | 'emergency' | null;
  named_at: Date | null;
}

/** A device that sends all day is noted as seen once in so many seconds. */
const SEEN_GRAIN_SECONDS = 10;

/** Which device each object came from; what is not known yet is listed as an unknown device, to be named by a person. */
export const resolveDevices = async (
  unit: UnitOfWork,
  batch: readonly ReadObject[],
): Promise<(read: ReadObject) => ResolvedDevice | null> => {
  const known = await loadDevices(unit);
  const fetched = await findFetchedDevices(unit, [...new Set(batch.map(({ facts }) => facts.studyInstanceUid))]);
  /** What came on our asking belongs to the device that it was asked for, whichever archive sent it, unless it says otherwise. */
  const match = (devices: readonly DeviceRow[], read: ReadObject): DeviceRow | undefined => {
    const deviceId = fetched.get(read.facts.studyInstanceUid);
    const station = stationOf(read);
    const wanted = devices.find(({ device_id }) => device_id === deviceId);
    const isIts = wanted !== undefined && (station === '' || ['', station].includes(wanted.station_name));
    return isIts ? wanted : matchByName(devices, read);
  };
  const wanted = new Map<string, ReadObject>();
  for (const read of batch) {
    const key = keyOf(read);
    if (key !== null && match(known, read) === undefined && !wanted.has(key)) wanted.set(key, read);
  }
  const added = await listUnknown(unit, [...wanted.values()]);
  const all = [...known, ...added];
  const seen = new Map<string, Date>();
  const resolved = new Map<ReadObject, ResolvedDevice>();
  for (const read of batch) {
    const row = match(all, read);
    if (row === undefined) continue;
    seen.set(row.device_id, read.received.receivedAt);
    resolved.set(read, {
      deviceId: row.device_id,
      isNamed: row.named_at !== null,
      priority: row.priority_class ?? 'unknown',
    });
  }
  await noteSeen(unit, seen);
  return (read) => resolved.get(read) ?? null;
};

const callerOf = ({ received }: ReadObject): string =>
  received.door === 'dimse' || received.door === 'stow' ? received.callingAeTitle : '';
const stationOf = ({ facts }: ReadObject): string => plainText(facts.stationName);

const keyOf = (read: ReadObject): string | null =>
  callerOf(read) === '' && stationOf(read) === '' ? null : `${callerOf(read)}\n${stationOf(read)}`;

/**
 * Both names; else a device that a person named by its AE title alone, also when both names were listed as unknown
 * before that; for files, which have no AE title, the station name if only one named device has it.
 */
const matchByName = (devices: readonly DeviceRow[], read: ReadObject): DeviceRow | undefined => {
  const caller = callerOf(read);
  const station = stationOf(read);
  const exact = devices.find((device) => device.ae_title === caller && device.station_name === station);
  if (exact !== undefined && exact.named_at !== null) return exact;
  const named = devices.filter((device) => device.named_at !== null);
  if (caller !== '') return named.find((device) => device.ae_title === caller && device.station_name === '') ?? exact;
  const sameStation = named.filter((device) => device.station_name === station);
  return sameStation.length === 1 ? sameStation[0] : exact;
};

/** Studies that were fetched from an archive → the device that they were fetched for. */
const findFetchedDevices = async (
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

const loadDevices = ({ db, hospitalId }: UnitOfWork): Promise<DeviceRow[]> =>
  db
    .selectFrom('device')
    .select(['device_id', 'ae_title', 'station_name', 'priority_class', 'named_at'])
    .where('hospital_id', '=', hospitalId)
    .execute();

const listUnknown = async ({ db, hospitalId }: UnitOfWork, reads: readonly ReadObject[]): Promise<DeviceRow[]> => {
  if (reads.length === 0) return [];
  const rows = reads.map((read) => ({
    device_id: newOrderedId(read.received.receivedAt),
    name: [callerOf(read), stationOf(read)].filter((part) => part !== '').join(' · '),
    modality: read.facts.modality ?? '',
    ae_title: callerOf(read),
    station_name: stationOf(read),
    manufacturer: read.facts.manufacturer ?? '',
    model: read.facts.manufacturerModelName ?? '',
    serial_number: read.facts.deviceSerialNumber ?? '',
    seen_at: read.received.receivedAt,
  }));
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

const noteSeen = async ({ db, hospitalId }: UnitOfWork, seen: ReadonlyMap<string, Date>): Promise<void> => {
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
