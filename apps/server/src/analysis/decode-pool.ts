import { Worker } from 'node:worker_threads';
import { AppError, errorCatalogue, type ErrorCode } from '@jiapian/kernel';
import type { DecodeAnswer, DecodeResult, DecodeTask } from './decode-job.ts';

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

interface Waiting {
  id: number;
  task: DecodeTask;
  priority: number;
  resolve(result: DecodeResult): void;
  reject(error: unknown): void;
}

interface Slot {
  worker: Worker | null;
  current: Waiting | null;
  timer: NodeJS.Timeout | null;
}

const defaults = { workers: 2, timeoutMs: 30_000, queueLimit: 200 };
const ownProgram = new URL('./decode-worker.ts', import.meta.url);

/** Threads that decode; one that hangs or crashes on a malformed stream is replaced and takes only its own task with it. */
export const createDecodePool = (options: DecodePoolOptions = {}): DecodePool => {
  const { workers, timeoutMs, queueLimit } = { ...defaults, ...options };
  const slots = Array.from({ length: workers }, (): Slot => ({ worker: null, current: null, timer: null }));
  const queue: Waiting[] = [];
  let lastId = 0;
  let isClosed = false;

  const settle = (slot: Slot, end: (waiting: Waiting) => void): void => {
    const { current } = slot;
    slot.current = null;
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = null;
    slot.worker?.unref();
    if (current !== null) end(current);
    next();
  };

  const replace = (slot: Slot, reason: string): void => {
    const { worker } = slot;
    slot.worker = null;
    worker?.removeAllListeners();
    worker?.on('error', () => undefined);
    void worker?.terminate();
    settle(slot, ({ reject }) => reject(new AppError('DICOM_CODEC_FAILED', { reason })));
  };

  const start = (slot: Slot): Worker => {
    const worker = new Worker(options.program ?? ownProgram);
    worker.unref();
    worker.on('message', (answer: DecodeAnswer) => {
      if (slot.current?.id !== answer.id) return;
      settle(slot, ({ resolve, reject }) =>
        'result' in answer ? resolve(answer.result) : reject(errorOf(answer.error)),
      );
    });
    worker.on('error', () => replace(slot, 'the decoder broke down on this image'));
    worker.on('exit', () => {
      if (slot.worker === worker) replace(slot, 'the decoder broke down on this image');
    });
    return worker;
  };

  /** Work asked ahead leaves one thread free, so that a person never waits behind it. */
  const mayStart = ({ priority }: Waiting): boolean => {
    if (priority === priorities.viewer || workers === 1) return true;
    const ahead = slots.filter(({ current }) => current !== null && current.priority !== priorities.viewer);
    return ahead.length < workers - 1;
  };

  const next = (): void => {
    const slot = slots.find(({ current }) => current === null);
    const [waiting] = queue;
    if (isClosed || slot === undefined || waiting === undefined || !mayStart(waiting)) return;
    queue.shift();
    slot.worker ??= start(slot);
    slot.worker.ref();
    slot.current = waiting;
    slot.timer = setTimeout(() => replace(slot, 'decoding this image took too long'), timeoutMs);
    slot.worker.postMessage({ id: waiting.id, task: waiting.task });
  };

  return {
    run: (task, priority) =>
      new Promise((resolve, reject) => {
        if (isClosed || queue.length >= queueLimit)
          return reject(new AppError('REQUEST_TOO_MANY', { reason: 'decoding', waiting: queue.length }));
        lastId += 1;
        const waiting = { id: lastId, task, priority: priorities[priority], resolve, reject };
        const behind = queue.findIndex((other) => other.priority > waiting.priority);
        queue.splice(behind < 0 ? queue.length : behind, 0, waiting);
        next();
      }),
    warm: () => {
      const [first] = slots;
      if (first !== undefined && !isClosed) first.worker ??= start(first);
    },
    close: async () => {
      isClosed = true;
      const closed = new AppError('REQUEST_TOO_MANY', { reason: 'stopping' });
      for (const { reject } of queue.splice(0)) reject(closed);
      for (const slot of slots) {
        slot.current?.reject(closed);
        slot.current = null;
        if (slot.timer !== null) clearTimeout(slot.timer);
      }
      for (const { worker } of slots) await worker?.removeAllListeners().terminate();
    },
  };
};

const errorOf = ({ code, facts }: { code: string | null; facts: Record<string, unknown> }): AppError =>
  new AppError(code !== null && code in errorCatalogue ? (code as ErrorCode) : 'DICOM_CODEC_FAILED', facts);
