import type { ObjectStore } from '../archive/index.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { analysisJobs } from './analysis.jobs.ts';
import { analyserRoutes } from './analysers.routes.ts';
import { analysisRoutes } from './analysis.routes.ts';
import { analysisVersion } from './analysis-version.ts';
import { createDecodePool } from './decode-pool.ts';
import { createFrames, type Frames } from './frames.ts';
import { frameRoutes } from './frames.routes.ts';
import { judgeRules } from './judge-rules.ts';
import { analysisListRoutes } from './lists.routes.ts';
import { createMeasurePool } from './measure-pool.ts';
import { type MeasuringParts, measureTasks } from './measure-tasks.ts';
import { runAnalysers } from './run-analysers.ts';
import { queueBacklog } from './tasks.repository.ts';
import { wadoFrameRoutes } from './wado-frames.routes.ts';

export interface AnalysisRoom extends Room {
  frames: Frames;
  /** Frames of another store's objects, decoded by the same threads. */
  framesOf(other: Pick<ObjectStore, 'path'>): Frames;
}

type Parts = Pick<Platform, 'database' | 'clock' | 'log'> & Pick<MeasuringParts, 'liveEvents'>;

const measureEveryMs = 1_000;
const catchUpEveryMs = 60_000;
/** Exams queued by one catch-up; the next one follows a minute later. */
const catchUpExams = 200;
const askEveryMs = 3_000;
const judgeEveryMs = 600_000;

/** Pixels for the viewer and measurements, each in worker threads of its own. */
export const createAnalysisRoom = ({ database, clock, log, liveEvents }: Parts, store: ObjectStore): AnalysisRoom => {
  const pool = createDecodePool();
  const measuring = createMeasurePool();
  const frames = createFrames(pool, store);
  return {
    frames,
    framesOf: (other) => createFrames(pool, other),
    routes: (app) => {
      frameRoutes(app, { database, clock, frames });
      wadoFrameRoutes(app, { database, clock, frames });
      analysisRoutes(app, database, clock);
      analysisListRoutes(app, database, clock);
      analyserRoutes(app, database, clock);
    },
    jobs: analysisJobs(clock),
    ticks: [
      {
        name: 'analysis.measure',
        everyMs: measureEveryMs,
        run: async (signal) =>
          void (await measureTasks({ database, clock, store, pool: measuring, log, liveEvents }, signal)),
      },
      {
        name: 'analysis.ask-analysers',
        everyMs: askEveryMs,
        run: async (signal) =>
          void (await runAnalysers({ database, clock, store, decoding: pool, log, liveEvents }, signal)),
      },
      {
        name: 'analysis.catch-up',
        everyMs: catchUpEveryMs,
        run: () =>
          forEachHospital(
            database,
            async (unit) => void (await queueBacklog(unit, analysisVersion, catchUpExams, clock.now())),
          ),
      },
      {
        name: 'analysis.judge-rules',
        everyMs: judgeEveryMs,
        run: () => forEachHospital(database, async (unit) => void (await judgeRules(unit, clock.now()))),
      },
    ],
    start: async (roles) => {
      if (roles.has('web')) pool.warm();
    },
    stop: async () => {
      await pool.close();
      await measuring.close();
    },
  };
};
