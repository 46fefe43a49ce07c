import { parentPort } from 'node:worker_threads';
import { AppError } from '@jiapian/kernel';
import { analyseSources } from './analyse-sources.ts';
import type { MeasureAnswer, MeasureTask } from './measure-job.ts';
import { stepAside } from './step-aside.ts';

/** Runs in a worker thread: one task at a time. */
const answer = async (id: number, task: MeasureTask): Promise<void> => {
  let reply: MeasureAnswer;
  try {
    reply = { id, result: await analyseSources(task) };
  } catch (error) {
    const facts = error instanceof AppError ? { ...error.facts } : { reason: 'the measurement failed' };
    reply = { id, error: { code: error instanceof AppError ? error.code : null, facts } };
  }
  parentPort?.postMessage(reply);
};

stepAside();
parentPort?.on('message', ({ id, task }: { id: number; task: MeasureTask }) => void answer(id, task));
