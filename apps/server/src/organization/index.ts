export { deviceRoutes } from './devices.routes.ts';
export { hospitalRoutes } from './hospital.routes.ts';
export { readHospitalSettings, writeHospitalSettings } from './hospital-settings.ts';
export { listDevices, listRooms, listStaff, saveRoom, type DeviceRow } from './organization.repository.ts';
export { peopleAndRoomRoutes, storeStaff } from './people-and-rooms.routes.ts';
export { saveDevice } from './save-device.ts';
export { setUpHospital } from './set-up-hospital.ts';
