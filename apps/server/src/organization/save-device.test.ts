import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { saveDevice } from './save-device.ts';

let test: TestDatabase;
const by = { accountId: null, actor: 'test' };
const at = new Date('2026-11-24T02:00:00Z');
const values = {
  name: 'DR-1',
  modality: 'DX',
  ae_title: 'DR1',
  station_name: '',
  room_id: null,
  owner_staff_id: null,
  priority_class: 'routine' as const,
  hold_minutes: null,
};

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

const save = (deviceId: string | null, over: Partial<typeof values> = {}, version: number | null = null) =>
  test.database.withHospital(test.hospitalId, (unit) =>
    saveDevice(unit, by, { deviceId, version, values: { ...values, ...over }, at }),
  );

it('names a device, refuses its AE title to another, and refuses a stale change', async () => {
  const device = await save(null);
  expect(device.named_at).toEqual(at);
  await expect(save(null, { name: 'DR-2' })).rejects.toMatchObject({ code: 'ORGANIZATION_AE_TITLE_TAKEN' });
  await save(device.device_id, { name: 'DR-1a' }, device.version);
  await expect(save(device.device_id, { name: 'DR-1b' }, device.version)).rejects.toMatchObject({
    code: 'ORGANIZATION_STALE_VERSION',
  });
});

it('asks for an AE title, but of a device that is known from files alone', async () => {
  await expect(save(null, { ae_title: '', station_name: 'X1' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  const deviceId = randomUUID();
  await test.asOwner(
    `insert into device (hospital_id, device_id, name, ae_title, station_name) values ($1, $2, 'X2', '', 'X2')`,
    [test.hospitalId, deviceId],
  );
  expect(await save(deviceId, { ae_title: '', station_name: 'X2' })).toMatchObject({ name: 'DR-1', ae_title: '' });
});

it('does not see the device of another hospital', async () => {
  const device = await save(null, { ae_title: 'DR9' });
  const attempt = test.database.withHospital(test.otherHospitalId, (unit) =>
    saveDevice(unit, by, { deviceId: device.device_id, version: 1, values: { ...values, ae_title: 'DR8' }, at }),
  );
  await expect(attempt).rejects.toMatchObject({ code: 'ORGANIZATION_NOT_FOUND' });
});
