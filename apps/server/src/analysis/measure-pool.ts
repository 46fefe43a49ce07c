import type { Analysed, MeasureTask } from './measure-job.ts';
import { createWorkerPool } from './worker-pool.ts';

/** Lower is sooner: a film that is about to be reviewed, what has just arrived, what was missed before. */
export const measurePriorities = { review: 0, arrived: 1, backlog: 2 } as const;
export type MeasurePriority = keyof typeof measurePriorities;

export interface MeasurePool {
  /** Throws DICOM_CODEC_FAILED when a file hangs or ends its thread, what the decoder throws, REQUEST_TOO_MANY when full. */
  run(task: MeasureTask, priority: MeasurePriority): Promise<Analysed>;
  close(): Promise<void>;
}

export interface MeasurePoolOptions {
  workers?: number;
  timeoutMs?: number;
  /** Another program for the threads; tests put one that hangs here. */
  program?: URL;
}

/** A radiograph takes below a second; the rest is for a machine whose processors others have, which go first. */
const filmTimeoutMs = 60_000;
/** More for each slice of a series. */
const sliceTimeoutMs = 1_000;
const queueLimit = 10_000;
/** Pixels lie outside the heap; this is for headers and figures, MiB. */
const heapMegabytes = 192;
const ownProgram = new URL('./measure-worker.ts', import.meta.url);
const words = {
  tooLong: 'measuring this image took too long',
  brokeDown: 'the measurement broke down on this image',
  queue: 'measuring',
};

/** Threads that measure; a hostile file marks itself and the others go on. */
export const createMeasurePool = (options: MeasurePoolOptions = {}): MeasurePool => {
  const { workers = 1, timeoutMs = filmTimeoutMs, program = ownProgram } = options;
  const pool = createWorkerPool<MeasureTask, Analysed>({
    program,
    workers,
    timeoutMs,
    queueLimit,
    heapMegabytes,
    words,
  });
  return {
    run: (task, priority) =>
      pool.run(task, measurePriorities[priority], timeoutMs + (task.sources.length - 1) * sliceTimeoutMs),
    close: pool.close,
  };
};
