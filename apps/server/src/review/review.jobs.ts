import type { Clock } from '@jiapian/kernel';
import { job, type AnyJob } from '../platform/job-registry.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { leaveOutFilms } from './leave-out-films.ts';
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
  job({
    name: 'leave-out-films',
    on: 'sample.drawn',
    handle: async (unit, { drawId }) => {
      await leaveOutFilms(unit, clock, drawId);
      await live.publishWith(unit, 'films.changed', {});
    },
  }),
];
