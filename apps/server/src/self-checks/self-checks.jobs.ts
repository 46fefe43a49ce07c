import type { Clock } from '@jiapian/kernel';
import { job, type AnyJob } from '../platform/job-registry.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { drawCrossChecks } from './draw-cross-checks.ts';

export const selfCheckJobs = (clock: Clock, live: LiveEvents): AnyJob[] => [
  job({
    name: 'draw-cross-checks',
    on: 'films.made',
    handle: async (unit, { examId }) => {
      await drawCrossChecks(unit, clock, examId);
      await live.publishWith(unit, 'tasks.changed', {});
    },
  }),
];
