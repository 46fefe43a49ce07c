import { randomUUID } from 'node:crypto';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { writeHospitalSettings } from './hospital-settings.ts';
import { insertDepartment, saveRoom, updateHospital, type DeviceValues } from './organization.repository.ts';
import { saveDevice } from './save-device.ts';

export interface HospitalSetUp {
  name: string;
  nameEn: string;
  timeZone: string;
  departmentName: string;
  isDemo: boolean;
  device: { values: Omit<DeviceValues, 'room_id' | 'owner_staff_id'>; roomName: string } | null;
  at: Date;
}

/** The short set-up after the first sign-in: hospital, department and, if wanted, the first device. */
export const setUpHospital = async (unit: UnitOfWork, by: AuditActor, given: HospitalSetUp): Promise<void> => {
  await updateHospital(unit, {
    name: given.name,
    name_en: given.nameEn,
    time_zone: given.timeZone,
    set_up_at: given.at,
  });
  if (given.isDemo) await writeHospitalSettings(unit, { isDemo: true }, by.accountId, given.at);
  const departmentId = randomUUID();
  await insertDepartment(unit, departmentId, given.departmentName);
  if (given.device) {
    const roomId = given.device.roomName === '' ? null : randomUUID();
    if (roomId) await saveRoom(unit, { room_id: roomId, name: given.device.roomName, department_id: departmentId });
    const values = { ...given.device.values, room_id: roomId, owner_staff_id: null };
    await saveDevice(unit, by, { deviceId: null, version: null, values, at: given.at });
  }
  await recordEntry(unit, by, {
    action: 'organization.set-up',
    subjectKind: 'hospital',
    subjectId: unit.hospitalId,
    facts: { name: given.name },
  });
};
