import type { Platform, Room } from '../platform/platform.ts';
import { correctionsJobs } from './corrections.jobs.ts';
import { correctionRoutes } from './corrections.routes.ts';

/** Corrections: facts beside what was received, and what follows of them. */
export const createCorrectionsRoom = ({ database, clock, liveEvents }: Platform): Room => ({
  routes: (app) => correctionRoutes(app, { database, clock, live: liveEvents }),
  jobs: correctionsJobs(clock, liveEvents),
});
