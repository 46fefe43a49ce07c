import type { Platform, Room } from '../platform/platform.ts';
import { bulkRoutes } from './bulk.routes.ts';
import { meetingLiveRoutes } from './meeting-live.routes.ts';
import { meetingMinutesRoutes } from './meeting-minutes.routes.ts';
import { createMeetingStream } from './meeting-stream.ts';
import { meetingRoutes, phoneRoutes } from './meetings.routes.ts';
import { filmRoutes } from './films.routes.ts';
import { ownFilmRoutes } from './own-films.routes.ts';
import { planRoutes } from './plan.routes.ts';
import { readingRoutes } from './readings.routes.ts';
import { reviewJobs } from './review.jobs.ts';
import { simulationRoutes } from './simulation.routes.ts';
import { taskRoutes } from './tasks.routes.ts';

export { countFilms, findSides, moveFilms, setSides } from './correct-films.repository.ts';
export { asReading, describeFilm } from './describe-film.ts';
export { blindFilm } from './describe-tasks.ts';
export { findImages } from './describe-film.repository.ts';
export { findFilmRow, type Viewer } from './film-rows.repository.ts';
export { viewerOf } from './films.routes.ts';
export { insertNotices } from './notice.repository.ts';
export { findTimeZone } from './own-films.repository.ts';
export { readerOf, requireForeignFilm, type Reader } from './reader.ts';
export { policyInForce } from './review-policy.ts';
export { saveCollectiveReading } from './save-meeting-reading.ts';
export { requireTask } from './task-access.ts';
export { findOpenTasks, hasRead } from './task.repository.ts';
export { createMailRoom } from './mail-room.ts';
export { markMissed } from './mark-missed.ts';
export { findGradesOfExam, findReadings, lockFilmRow } from './review.repository.ts';

export const createReviewRoom = ({ database, clock, liveEvents }: Platform): Room => ({
  routes: (app) => {
    filmRoutes(app, database, clock);
    readingRoutes(app, database, clock, liveEvents);
    bulkRoutes(app, database, clock, liveEvents);
    planRoutes(app, database, clock, liveEvents);
    simulationRoutes(app, database, clock);
    taskRoutes(app, database, clock, liveEvents);
    const stream = createMeetingStream(database);
    app.addHook('preClose', async () => stream.close());
    meetingRoutes(app, database, clock, liveEvents, stream);
    meetingLiveRoutes(app, database, clock, stream);
    meetingMinutesRoutes(app, database, clock);
    phoneRoutes(app, database, clock, stream);
    ownFilmRoutes(app, database, clock, liveEvents);
  },
  jobs: reviewJobs(clock, liveEvents),
});
