import type { Clock } from '@jiapian/kernel';
import { job, type AnyJob } from '../platform/job-registry.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { makeFilms } from './make-films.ts';

export const reviewJobs = (clock: Clock, live: LiveEvents): AnyJob[] => [
  job({
    name: 'make-films',
    on: 'exam.completed',
    handle: async (unit, { examId }) => {
      await makeFilms(unit, clock, examId);
      await live.publishWith(unit, 'films.changed', { examId });
    },
  }),
];
