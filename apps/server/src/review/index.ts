import type { Platform, Room } from '../platform/platform.ts';
import { filmRoutes } from './films.routes.ts';
import { readingRoutes } from './readings.routes.ts';
import { reviewJobs } from './review.jobs.ts';

export { markMissed } from './mark-missed.ts';
export { findGradesOfExam } from './review.repository.ts';

export const createReviewRoom = ({ database, clock, liveEvents }: Platform): Room => ({
  routes: (app) => {
    filmRoutes(app, database, clock);
    readingRoutes(app, database, clock, liveEvents);
  },
  jobs: reviewJobs(clock, liveEvents),
});
