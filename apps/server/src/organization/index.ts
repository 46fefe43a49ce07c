export { deviceRoutes } from './devices.routes.ts';
export { hospitalRoutes } from './hospital.routes.ts';
export { readHospitalSettings } from './hospital-settings.ts';
export { peopleAndRoomRoutes } from './people-and-rooms.routes.ts';
