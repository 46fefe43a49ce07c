import type { Platform, Room } from '../platform/platform.ts';
import { benchRoutes } from './bench.routes.ts';
import { consultationRoutes } from './consultations.routes.ts';

export const createConsultationsRoom = ({ database, clock, liveEvents }: Platform): Room => ({
  routes: (app) => {
    consultationRoutes(app, database, clock, liveEvents);
    benchRoutes(app, database, clock, liveEvents);
  },
});
