import type { UnitOfWork } from '../platform/database.ts';
import { newOrderedId } from './ordered-id.ts';
import { plainText } from './plain-text.ts';
import type { ReadObject } from './read-received.ts';
import {
  findFetchedDevices,
  listUnknown,
  loadDevices,
  noteSeen,
  type DeviceRow,
  type UnknownDevice,
} from './resolve-devices.repository.ts';

export interface ResolvedDevice {
  deviceId: string;
  isNamed: boolean;
  priority: 'unknown' | 'routine' | 'emergency';
}

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
  const added = await listUnknown(unit, [...wanted.values()].map(unknownDeviceOf));
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

const unknownDeviceOf = (read: ReadObject): UnknownDevice => ({
  device_id: newOrderedId(read.received.receivedAt),
  name: [callerOf(read), stationOf(read)].filter((part) => part !== '').join(' · '),
  modality: read.facts.modality ?? '',
  ae_title: callerOf(read),
  station_name: stationOf(read),
  manufacturer: read.facts.manufacturer ?? '',
  model: read.facts.manufacturerModelName ?? '',
  serial_number: read.facts.deviceSerialNumber ?? '',
  seen_at: read.received.receivedAt,
});
