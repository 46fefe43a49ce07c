import { parentPort } from 'node:worker_threads';
import { AppError } from '@jiapian/kernel';
import type { WorkerAnswer } from '../analysis/index.ts';
import { makeCopy, type CopyTask } from './make-copy.ts';

/** Runs in a worker thread: one copy at a time. */
const answer = async (id: number, task: CopyTask): Promise<void> => {
  let reply: WorkerAnswer<Uint8Array>;
  try {
    reply = { id, result: await makeCopy(task) };
  } catch (error) {
    const facts = error instanceof AppError ? { ...error.facts } : { reason: 'the copy failed' };
    reply = { id, error: { code: error instanceof AppError ? error.code : null, facts } };
  }
  // Handed over, not copied: an object may be half a gigabyte.
  parentPort?.postMessage(reply, 'result' in reply ? [reply.result.buffer as ArrayBuffer] : []);
};

parentPort?.on('message', ({ id, task }: { id: number; task: CopyTask }) => void answer(id, task));
