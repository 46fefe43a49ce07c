import type { Clock } from '@jiapian/kernel';
import { findMergesOfExam } from '../exams/index.ts';
import { job, type AnyJob } from '../platform/job-registry.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { followMerge } from './follow-merge.ts';

export const correctionsJobs = (clock: Clock, live: LiveEvents): AnyJob[] => [
  job({
    name: 'follow-merge',
    on: 'patient.merged',
    handle: async (unit, { patientMergeId }) => {
      const left = await followMerge(unit, patientMergeId, clock.now());
      if (left > 0) await unit.emit({ name: 'patient.merged', payload: { patientMergeId } });
      await live.publishWith(unit, 'exams.changed');
    },
  }),
  job({
    // A device goes on sending under the number that is not used any more.
    name: 'follow-merge-of-exam',
    on: 'exam.completed',
    handle: async (unit, { examId }) => {
      for (const patientMergeId of await findMergesOfExam(unit, examId)) {
        await unit.emit({ name: 'patient.merged', payload: { patientMergeId } });
      }
    },
  }),
];
