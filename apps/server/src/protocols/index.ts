import type { Platform, Room } from '../platform/platform.ts';
import { complianceRoutes } from './compliance.routes.ts';
import { consoleRoutes } from './console.routes.ts';
import { judgeTasks } from './judge-tasks.ts';
import { protocolsJobs } from './protocols.jobs.ts';
import { tableRoutes } from './tables.routes.ts';

const judgeEveryMs = 2_000;

/** Exam parameter tables (检查参数表) and whether exams kept to them. */
export const createProtocolsRoom = ({
  database,
  clock,
  log,
  liveEvents,
}: Pick<Platform, 'database' | 'clock' | 'log' | 'liveEvents'>): Room => ({
  routes: (app) => {
    tableRoutes(app, database, clock, liveEvents);
    complianceRoutes(app, database, clock);
    consoleRoutes(app, database, clock);
  },
  jobs: protocolsJobs(clock),
  ticks: [
    {
      name: 'protocols.judge',
      everyMs: judgeEveryMs,
      run: async (signal) => void (await judgeTasks({ database, clock, log, liveEvents }, signal)),
    },
  ],
});
