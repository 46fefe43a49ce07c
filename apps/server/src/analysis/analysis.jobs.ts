import type { Clock } from '@jiapian/kernel';
import { type AnyJob, job } from '../platform/job-registry.ts';
import { analysisVersion } from './analysis-version.ts';
import { dropLostTasks, followObjects } from './follow-objects.repository.ts';
import { queueExam, queueExamAgain } from './tasks.repository.ts';

/** What follows when films are made: their exam is queued to be measured, and nothing waits for it. */
export const analysisJobs = (clock: Clock): AnyJob[] => [
  job({
    name: 'queue-measuring',
    on: 'films.made',
    handle: (unit, { examId }) => queueExam(unit, examId, analysisVersion, clock.now()),
  }),
  job({
    // What was measured goes with its object; what is said of an order or of the objects together is said anew.
    name: 'follow-correction-of-exam',
    on: 'exam.corrected',
    handle: async (unit, { examId }) => {
      await followObjects(unit, examId);
      await dropLostTasks(unit, examId);
      await queueExam(unit, examId, analysisVersion, clock.now());
      await queueExamAgain(unit, examId, analysisVersion, clock.now());
    },
  }),
];
