import type { ParameterDevice, ParameterDevicePage, ParameterVersion } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { describeConsoleLink } from './console-link.ts';
import { describeVersions } from './describe-tables.ts';
import { findParameterDevices, type ParameterDeviceRow } from './devices.repository.ts';
import { kindOfDevice } from './require-device.ts';

/** Good films that are counted; a draft looks at no more unless told otherwise. */
const mostGoodFilms = 500;

/** Every device with its tables and what came of judging since a moment. */
export const describeDevices = async (unit: UnitOfWork, since: Date): Promise<ParameterDevice[]> =>
  (await findParameterDevices(unit, { since, mostGoodFilms })).map(asDevice);

/** One of them, with its versions and the link at its console. */
export const describeDevice = async (unit: UnitOfWork, deviceId: string, since: Date): Promise<ParameterDevicePage> => {
  const [device] = await findParameterDevices(unit, { since, deviceId, mostGoodFilms });
  if (!device) throw new AppError('PROTOCOLS_DEVICE_NOT_FOUND', { deviceId });
  return {
    device: asDevice(device),
    versions: await describeVersions(unit, deviceId),
    consoleLink: await describeConsoleLink(unit, deviceId),
  };
};

const asDevice = (row: ParameterDeviceRow): ParameterDevice => ({
  deviceId: row.deviceId,
  name: row.name,
  modality: row.modality,
  kind: kindOfDevice(row),
  ownerName: row.ownerName,
  inForce:
    row.tableId === null || row.version === null || row.inForceAt === null
      ? null
      : { tableId: row.tableId, version: row.version, inForceAt: row.inForceAt.toISOString() },
  draft: row.draftId === null ? null : { tableId: row.draftId, state: row.draftState as ParameterVersion['state'] },
  goodFilms: row.goodFilms,
  judged: row.judged,
  deviating: row.deviating,
  notJudged: row.notJudged,
  waiting: row.waiting,
});
