import { AppError } from '@jiapian/kernel';
import { type ParameterKind, parameterKindOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { type DeviceHead, findDeviceHead } from './devices.repository.ts';

export const requireDevice = async (unit: UnitOfWork, deviceId: string): Promise<DeviceHead> => {
  const device = await findDeviceHead(unit, deviceId);
  if (!device) throw new AppError('PROTOCOLS_DEVICE_NOT_FOUND', { deviceId });
  return device;
};

/** The kind of table of a device; null for one whose modality has none, or that nobody has named yet. */
export const kindOfDevice = ({ modality }: DeviceHead): ParameterKind | null => parameterKindOf(modality);
