import type { Clock } from '@jiapian/kernel';
import { type AnyJob, job } from '../platform/job-registry.ts';
import { analysisVersion } from './analysis-version.ts';
import { queueExam } from './tasks.repository.ts';

/** What follows when films are made: their exam is queued to be measured, and nothing waits for it. */
export const analysisJobs = (clock: Clock): AnyJob[] => [
  job({
    name: 'queue-measuring',
    on: 'films.made',
    handle: (unit, { examId }) => queueExam(unit, examId, analysisVersion, clock.now()),
  }),
];
