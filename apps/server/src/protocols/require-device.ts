import { AppError } from '@jiapian/kernel';
import { type ParameterKind, parameterKindOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findParameterDevices, type ParameterDeviceRow } from './devices.repository.ts';

/** Newest good films that a draft looks at unless told otherwise. */
export const goodFilmsWanted = 500;

export const requireDevice = async (
  unit: UnitOfWork,
  deviceId: string,
  since: Date = new Date(0),
): Promise<ParameterDeviceRow> => {
  const [device] = await findParameterDevices(unit, { since, deviceId, mostGoodFilms: goodFilmsWanted });
  if (!device) throw new AppError('PROTOCOLS_DEVICE_NOT_FOUND', { deviceId });
  return device;
};

/** The kind of table of a device; null for one whose modality has none, or that nobody has named yet. */
export const kindOfDevice = ({ modality }: ParameterDeviceRow): ParameterKind | null => parameterKindOf(modality);
