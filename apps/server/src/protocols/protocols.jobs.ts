import type { Clock } from '@jiapian/kernel';
import { type AnyJob, job } from '../platform/job-registry.ts';
import { queueExam, queueRepositioned } from './compliance-tasks.repository.ts';
import { followFilms } from './verdicts.repository.ts';

/** What follows when films are made, or their position is corrected: they are held against the table in force. */
export const protocolsJobs = (clock: Clock): AnyJob[] => [
  job({
    name: 'queue-compliance',
    on: 'films.made',
    handle: (unit, { examId }) => queueExam(unit, examId, clock.now()),
  }),
  job({
    name: 'queue-compliance-again',
    on: 'film.repositioned',
    handle: (unit, { examId }) => queueRepositioned(unit, examId, clock.now()),
  }),
  job({
    name: 'follow-corrected-films',
    on: 'exam.corrected',
    handle: async (unit, { examId }) => {
      await followFilms(unit, examId);
      await queueExam(unit, examId, clock.now());
    },
  }),
];
