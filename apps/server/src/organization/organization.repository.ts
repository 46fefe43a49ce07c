import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { isBehind, rowsOf, type ListPage } from '../platform/list-page.ts';

export const listDepartments = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('department')
    .select(['department_id', 'name'])
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('name', 'department_id', page))
    .orderBy('name')
    .orderBy(sql`department_id::text`)
    .limit(rowsOf(page))
    .execute();

export const insertDepartment = async (unit: UnitOfWork, departmentId: string, name: string): Promise<void> => {
  await unit.db
    .insertInto('department')
    .values({ hospital_id: unit.hospitalId, department_id: departmentId, name })
    .execute();
};

export const listRooms = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('room')
    .select(['room_id', 'name', 'department_id'])
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('name', 'room_id', page))
    .orderBy('name')
    .orderBy(sql`room_id::text`)
    .limit(rowsOf(page))
    .execute();

export const findRoom = (unit: UnitOfWork, roomId: string) =>
  unit.db
    .selectFrom('room')
    .select('room_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('room_id', '=', roomId)
    .executeTakeFirst();

export const saveRoom = async (
  unit: UnitOfWork,
  room: { room_id: string; name: string; department_id: string | null },
): Promise<void> => {
  await unit.db
    .insertInto('room')
    .values({ hospital_id: unit.hospitalId, ...room })
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'room_id']).doUpdateSet({ name: room.name, department_id: room.department_id }),
    )
    .execute();
};

const staffColumns = ['staff_id', 'staff_number', 'name', 'name_pinyin', 'post', 'is_active'] as const;

export const listStaff = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('staff')
    .select(staffColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('staff_number', 'staff_id', page))
    .orderBy('staff_number')
    .orderBy(sql`staff_id::text`)
    .limit(rowsOf(page))
    .execute();

export const findStaff = (unit: UnitOfWork, staffId: string) =>
  unit.db
    .selectFrom('staff')
    .select(staffColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst();

export interface StaffValues {
  staff_number: string;
  name: string;
  name_pinyin: string;
  post: string;
  is_active: boolean;
}

/** False when the staff number belongs to somebody else. */
export const saveStaff = async (unit: UnitOfWork, staffId: string, values: StaffValues): Promise<boolean> => {
  const holder = await unit.db
    .selectFrom('staff')
    .select('staff_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('staff_number', '=', values.staff_number)
    .executeTakeFirst();
  if (holder && holder.staff_id !== staffId) return false;
  await unit.db
    .insertInto('staff')
    .values({ hospital_id: unit.hospitalId, staff_id: staffId, ...values })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'staff_id']).doUpdateSet(values))
    .execute();
  return true;
};

const deviceColumns = [
  'device_id',
  'name',
  'modality',
  'ae_title',
  'station_name',
  'manufacturer',
  'model',
  'serial_number',
  'room_id',
  'owner_staff_id',
  'priority_class',
  'hold_minutes',
  'named_at',
  'first_seen_at',
  'last_seen_at',
  'version',
] as const;

export type DeviceRow = Awaited<ReturnType<typeof listDevices>>[number];

export const listDevices = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('device')
    .select(deviceColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('name', 'device_id', page))
    .orderBy('name')
    .orderBy(sql`device_id::text`)
    .limit(rowsOf(page))
    .execute();

export const findDevice = (unit: UnitOfWork, deviceId: string) =>
  unit.db
    .selectFrom('device')
    .select(deviceColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('device_id', '=', deviceId)
    .executeTakeFirst();

export interface DeviceValues {
  name: string;
  modality: string;
  ae_title: string;
  station_name: string;
  room_id: string | null;
  owner_staff_id: string | null;
  priority_class: 'routine' | 'emergency' | null;
  hold_minutes: number | null;
}

/** Another device that already answers to this AE title and station name. */
export const findDeviceByAeTitle = (unit: UnitOfWork, aeTitle: string, stationName: string) =>
  unit.db
    .selectFrom('device')
    .select('device_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('ae_title', '=', aeTitle)
    .where('station_name', '=', stationName)
    .executeTakeFirst();

export const insertDevice = async (
  unit: UnitOfWork,
  deviceId: string,
  values: DeviceValues,
  named: { at: Date; by: string | null },
): Promise<void> => {
  await unit.db
    .insertInto('device')
    .values({ hospital_id: unit.hospitalId, device_id: deviceId, ...values, named_at: named.at, named_by: named.by })
    .execute();
};

/** False when the device was changed by somebody else since `version`. */
export const updateDevice = async (
  unit: UnitOfWork,
  deviceId: string,
  version: number,
  values: DeviceValues,
  named: { at: Date; by: string | null },
): Promise<boolean> => {
  const updated = await unit.db
    .updateTable('device')
    .set(({ eb, fn, val }) => ({
      ...values,
      version: eb('version', '+', 1),
      named_at: fn.coalesce('named_at', val(named.at)),
      named_by: fn.coalesce('named_by', val(named.by)),
    }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('device_id', '=', deviceId)
    .where('version', '=', version)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};

export const updateHospital = async (
  unit: UnitOfWork,
  values: { name: string; name_en: string; time_zone: string; set_up_at?: Date },
): Promise<void> => {
  await unit.db.updateTable('hospital').set(values).where('hospital_id', '=', unit.hospitalId).execute();
};

export const listSettings = (unit: UnitOfWork) =>
  unit.db.selectFrom('hospital_setting').select(['key', 'value']).where('hospital_id', '=', unit.hospitalId).execute();

/** `value` as JSON. */
export const saveSettings = async (
  unit: UnitOfWork,
  changes: readonly { key: string; value: string }[],
  changedBy: string | null,
  now: Date,
): Promise<void> => {
  const rows = changes.map((change) => ({
    hospital_id: unit.hospitalId,
    ...change,
    changed_by: changedBy,
    changed_at: now,
  }));
  await unit.db
    .insertInto('hospital_setting')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'key']).doUpdateSet(({ ref }) => ({
        value: ref('excluded.value'),
        changed_by: ref('excluded.changed_by'),
        changed_at: ref('excluded.changed_at'),
      })),
    )
    .execute();
};
