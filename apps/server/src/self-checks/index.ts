import { forEachHospital } from '../platform/each-hospital.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { endOverdueChecks } from './draw-cross-checks.ts';
import { selfCheckJobs } from './self-checks.jobs.ts';
import { selfCheckRoutes } from './self-checks.routes.ts';

const hourMs = 3_600_000;

export const createSelfChecksRoom = ({ database, clock, liveEvents }: Platform): Room => ({
  routes: (app) => selfCheckRoutes(app, database, clock, liveEvents),
  jobs: selfCheckJobs(clock, liveEvents),
  ticks: [
    {
      name: 'self-checks.end-overdue',
      everyMs: hourMs,
      run: () => forEachHospital(database, async (unit) => void (await endOverdueChecks(unit, clock))),
    },
  ],
});
