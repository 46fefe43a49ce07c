import type { Role } from '@jiapian/contract';
import { demoDepartment, demoDevices, demoInstitution, demoStaff, type DemoStaff } from '@jiapian/simulator';
import type { ApiClient } from './demo-client.ts';

const rolesOf: Readonly<Record<DemoStaff['post'], Role[]>> = {
  'team-leader': ['team-leader'],
  radiologist: ['radiologist'],
  head: ['department-head'],
  technologist: ['technologist'],
};
const postNames: Readonly<Record<DemoStaff['post'], string>> = {
  'team-leader': '技术组组长',
  radiologist: '诊断医师',
  head: '科主任',
  technologist: '技师',
};

/** Seconds without a new object until a demo exam is complete; a real department waits longer. */
const DEMO_QUIET_SECONDS = 5;
const DEMO_HOLD_MINUTES = 15;

export interface DemoPacs {
  aeTitle: string;
  host: string;
  port: number;
}

/** Rooms, devices, people, accounts and a PACS of the demo department. */
export const makeDemoDepartment = async (admin: ApiClient, password: string, pacs: DemoPacs): Promise<void> => {
  await admin.post('/organization/set-up', {
    hospitalName: demoInstitution,
    hospitalNameEn: 'Demo City Hospital',
    departmentName: demoDepartment,
    isDemo: true,
    device: null,
  });
  await admin.put('/organization/settings', {
    callerPolicy: 'accept-and-list',
    quietSeconds: DEMO_QUIET_SECONDS,
    holdMinutes: DEMO_HOLD_MINUTES,
    watchedFolder: '',
  });
  await addDevices(admin, await addPeople(admin, password));
  await admin.post('/destinations', { kind: 'dimse', name: '示范 PACS', ...pacs });
};

/** Every device has an owner among the technologists, in turn. */
const addDevices = async (admin: ApiClient, technologistIds: readonly string[]): Promise<void> => {
  const roomIds = new Map<string, string>();
  for (const name of new Set(demoDevices.map((device) => device.room))) {
    const { roomId } = await admin.post<{ roomId: string }>('/rooms', { name });
    roomIds.set(name, roomId);
  }
  for (const [at, device] of demoDevices.entries()) {
    await admin.post('/devices', {
      name: device.id,
      modality: device.modality,
      aeTitle: device.aeTitle,
      stationName: device.stationName,
      roomId: roomIds.get(device.room) ?? null,
      ownerStaffId: technologistIds[at % technologistIds.length] ?? null,
      priorityClass: device.isEmergency ? 'emergency' : 'routine',
    });
  }
};

const addPeople = async (admin: ApiClient, password: string): Promise<string[]> => {
  const technologistIds: string[] = [];
  for (const person of demoStaff) {
    const { staffId } = await admin.post<{ staffId: string }>('/staff', {
      staffNumber: person.staffNumber,
      name: person.chineseName,
      post: postNames[person.post],
    });
    await admin.post('/accounts', {
      username: person.staffNumber,
      displayName: person.chineseName,
      roles: rolesOf[person.post],
      staffId,
      password,
      mustChangePassword: false,
    });
    if (person.post === 'technologist') {
      technologistIds.push(staffId);
      await admin.put('/operator-names', { operatorName: person.chineseName, staffId });
    }
  }
  return technologistIds;
};
