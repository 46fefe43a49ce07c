import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findDevice,
  findDeviceByAeTitle,
  insertDevice,
  updateDevice,
  type DeviceRow,
  type DeviceValues,
} from './organization.repository.ts';

export interface DeviceChange {
  deviceId: string | null;
  version: number | null;
  values: DeviceValues;
  at: Date;
}

/** Adds a device or names one that was listed by its first association. */
export const saveDevice = async (unit: UnitOfWork, by: AuditActor, change: DeviceChange): Promise<DeviceRow> => {
  if (change.values.ae_title === '' && !(await isKnownFromFiles(unit, change.deviceId))) {
    throw new AppError('REQUEST_INVALID', { reason: 'a device that sends by DICOM needs its AE title' });
  }
  const holder = await findDeviceByAeTitle(unit, change.values.ae_title, change.values.station_name);
  if (holder && holder.device_id !== change.deviceId) {
    throw new AppError('ORGANIZATION_AE_TITLE_TAKEN', { aeTitle: change.values.ae_title });
  }
  const deviceId = change.deviceId ?? randomUUID();
  const named = { at: change.at, by: by.accountId };
  if (change.deviceId === null) await insertDevice(unit, deviceId, change.values, named);
  else await changeDevice(unit, deviceId, change, named);
  await recordEntry(unit, by, {
    action: change.deviceId === null ? 'organization.device-added' : 'organization.device-changed',
    subjectKind: 'device',
    subjectId: deviceId,
    facts: { ...change.values },
  });
  return requireDevice(unit, deviceId);
};

/** Listed by uploaded files, which carry no AE title. */
const isKnownFromFiles = async (unit: UnitOfWork, deviceId: string | null): Promise<boolean> =>
  deviceId !== null && (await requireDevice(unit, deviceId)).ae_title === '';

const changeDevice = async (
  unit: UnitOfWork,
  deviceId: string,
  change: DeviceChange,
  named: { at: Date; by: string | null },
): Promise<void> => {
  const device = await requireDevice(unit, deviceId);
  const isCurrent = await updateDevice(unit, deviceId, change.version ?? device.version, change.values, named);
  if (!isCurrent) throw new AppError('ORGANIZATION_STALE_VERSION', { version: device.version });
};

const requireDevice = async (unit: UnitOfWork, deviceId: string): Promise<DeviceRow> => {
  const device = await findDevice(unit, deviceId);
  if (!device) throw new AppError('ORGANIZATION_NOT_FOUND', { kind: 'device' });
  return device;
};
