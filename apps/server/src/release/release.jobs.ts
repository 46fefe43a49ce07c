import type { Clock } from '@jiapian/kernel';
import { job, type AnyJob } from '../platform/job-registry.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { decideHold } from './decide-hold.ts';
import { followPriority } from './follow-priority.ts';
import { judgeSample } from './judge-sample.ts';
import { linkRepeats } from './link-repeats.ts';
import { judgeExam, unjudgeExam } from './judge-exam.ts';

export const releaseJobs = (clock: Clock, live: LiveEvents): AnyJob[] => [
  job({
    name: 'decide-hold',
    on: 'films.made',
    handle: async (unit, { examId }) => {
      await decideHold(unit, clock, examId);
      await linkRepeats(unit, examId, clock.now());
      await live.publishWith(unit, 'gate.changed', { examId });
    },
  }),
  job({
    name: 'follow-priority',
    on: 'exam.prioritized',
    handle: async (unit, { examId }) => {
      await followPriority(unit, clock, examId);
      await live.publishWith(unit, 'gate.changed', { examId });
    },
  }),
  job({
    name: 'judge-exam',
    on: 'film.graded',
    handle: async (unit, graded) => {
      await judgeExam(unit, clock, graded);
      await live.publishWith(unit, 'gate.changed', { examId: graded.examId });
    },
  }),
  job({
    name: 'judge-sample',
    on: 'films.sampled',
    handle: async (unit, { examId }) => {
      await judgeSample(unit, clock, examId);
      await live.publishWith(unit, 'gate.changed', { examId });
    },
  }),
  job({
    name: 'unjudge-exam',
    on: 'film.withdrawn',
    handle: async (unit, withdrawn) => {
      await unjudgeExam(unit, clock, withdrawn);
      await live.publishWith(unit, 'gate.changed', { examId: withdrawn.examId });
    },
  }),
];
