import type { DecodeResult, DecodeTask } from './decode-job.ts';
import { createWorkerPool } from './worker-pool.ts';

/** Lower is sooner: what a person waits for goes before what may be wanted next. */
export const priorities = { viewer: 0, thumbnail: 1, preload: 2 } as const;
export type Priority = keyof typeof priorities;

export interface DecodePool {
  /** Throws what the decoder throws, DICOM_CODEC_FAILED when it hangs or dies, REQUEST_TOO_MANY when the queue is full. */
  run(task: DecodeTask, priority: Priority): Promise<DecodeResult>;
  /** Starts one thread ahead of the first task: loading the decoder takes longer than a radiograph does. */
  warm(): void;
  close(): Promise<void>;
}

export interface DecodePoolOptions {
  workers?: number;
  /** The slowest sample (40 megapixels, JPEG 2000) takes 6 s on a small machine; a hang is told from it by this. */
  timeoutMs?: number;
  queueLimit?: number;
  /** Another program for the threads; tests put one that hangs here. */
  program?: URL;
}

const defaults = { workers: 2, timeoutMs: 30_000, queueLimit: 200 };
const ownProgram = new URL('./decode-worker.ts', import.meta.url);
const words = {
  tooLong: 'decoding this image took too long',
  brokeDown: 'the decoder broke down on this image',
  queue: 'decoding',
};

/** Threads that decode for the viewer. */
export const createDecodePool = (options: DecodePoolOptions = {}): DecodePool => {
  const pool = createWorkerPool<DecodeTask, DecodeResult>({ program: ownProgram, ...defaults, ...options, words });
  return { run: (task, priority) => pool.run(task, priorities[priority]), warm: pool.warm, close: pool.close };
};
