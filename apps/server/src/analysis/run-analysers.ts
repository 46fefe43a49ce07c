import { AppError, type Clock } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { type AnalyserRow, findDueAnalysers, noteAnswer, noteFailure } from './analysers.repository.ts';
import { endAnalyserTask, takeAnalyserTask } from './analyser-tasks.repository.ts';
import { askAnalyser } from './ask-analyser.ts';
import type { DecodePool } from './decode-pool.ts';
import { makeQuestion } from './make-question.ts';
import { type AnalyserOutcome, saveAnswer } from './save-answer.ts';
import { findSubjectContext, type SubjectContext } from './subject-context.repository.ts';
import type { DueTask } from './tasks.repository.ts';

export interface AnalyserParts {
  database: Database;
  clock: Clock;
  store: Pick<ObjectStore, 'path'>;
  decoding: Pick<DecodePool, 'run'>;
  log: Pick<Log, 'warn'>;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

/** Pictures an analyser is asked about before the others' new ones are looked for. */
const picturesInARow = 50;
/** A picture that so many tries did not bring an answer for is marked and left [PD]. */
const mostAttempts = 3;
/** After so many failures in a row an analyser is left alone for a while [PD]. */
const mostFailuresInARow = 3;
const restMs = 5 * 60_000;

/** Asks every analyser that something waits for, each in a line of its own. Answers how many pictures were dealt with. */
export const runAnalysers = async (parts: AnalyserParts, signal: AbortSignal): Promise<number> => {
  const due = await parts.database.withSystem((system) => findDueAnalysers(system, parts.clock.now()));
  const counts = await Promise.all(due.map((analyser) => askInTurn(parts, analyser, signal)));
  return counts.reduce((sum, count) => sum + count, 0);
};

const askInTurn = async (parts: AnalyserParts, analyser: AnalyserRow, signal: AbortSignal): Promise<number> => {
  const { database, clock, log } = parts;
  let done = 0;
  try {
    for (; done < picturesInARow && !signal.aborted; done += 1) {
      const task = await database.withHospital(analyser.hospitalId, (unit) =>
        takeAnalyserTask(unit, analyser.analyserId, clock.now()),
      );
      if (task === undefined) break;
      const isAnswered = await askAbout(parts, analyser, task, signal);
      // A program that fails is asked again by the next round, which knows whether it rests.
      if (!isAnswered) return done + 1;
    }
  } catch (error) {
    // Our own trouble: the lease gives the picture back.
    log.warn('analyser.failed', { analyser: analyser.analyserId, code: codeOf(error) });
  }
  return done;
};

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'unknown');

/** One picture; false when the analyser did not do its part. */
const askAbout = async (
  parts: AnalyserParts,
  analyser: AnalyserRow,
  task: DueTask,
  signal: AbortSignal,
): Promise<boolean> => {
  const { database, clock, liveEvents } = parts;
  const startedAt = performance.now();
  const context = await database.withHospital(task.hospitalId, (unit) => findSubjectContext(unit, task));
  const outcome = await outcomeOf(parts, analyser, context, signal);
  if (signal.aborted) return false;
  const isFailed = 'failure' in outcome;
  const isOver = !isFailed || !outcome.isPassing || task.attempts >= mostAttempts;
  await database.withHospital(task.hospitalId, async (unit) => {
    const at = clock.now();
    const { analyserId } = analyser;
    if (isFailed)
      await noteFailure(unit, { analyserId, reason: outcome.failure, at, mostInARow: mostFailuresInARow, restMs });
    else if ('answer' in outcome) await noteAnswer(unit, analyserId, at);
    if (isOver && context.objects.length > 0)
      await saveAnswer(unit, { analyser, task, context, outcome, at, durationMs: performance.now() - startedAt });
    await endAnalyserTask(unit, analyserId, task, isOver ? (isFailed ? 'failed' : 'done') : 'waiting');
    if (isOver) await liveEvents.publishWith(unit, 'analysis.changed', { examId: task.examId });
  });
  return !isFailed;
};

const outcomeOf = async (
  parts: AnalyserParts,
  analyser: AnalyserRow,
  context: SubjectContext,
  signal: AbortSignal,
): Promise<AnalyserOutcome> => {
  const made = await makeQuestion(parts, context, analyser.largestMegabytes);
  if ('notSent' in made) return made;
  try {
    return { answer: await askAnalyser(analyser, made.question, signal) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ANALYSIS_ANALYSER_FAILED') throw error;
    return { failure: String(error.facts['reason']), isPassing: error.facts['isPassing'] === true };
  }
};
