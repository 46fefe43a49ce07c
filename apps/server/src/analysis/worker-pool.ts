import { Worker } from 'node:worker_threads';
import { AppError, errorCatalogue, type ErrorCode } from '@jiapian/kernel';

/** What a thread answers: a result, or an error by its code. */
export type WorkerAnswer<Result> =
  { id: number; result: Result } | { id: number; error: { code: string | null; facts: Record<string, unknown> } };

export interface WorkerPoolOptions {
  /** What each thread runs. */
  program: URL;
  workers: number;
  /** Of one task; `timeoutOf` may lengthen it. */
  timeoutMs: number;
  queueLimit: number;
  /** Heap of one thread, MiB; a hostile file ends its thread and not the process. */
  heapMegabytes?: number;
  /** Words for a task that hung or ended its thread. */
  words: { tooLong: string; brokeDown: string; queue: string };
}

export interface WorkerPool<Task, Result> {
  /** `priority` 0 is a person waiting; higher numbers wait behind lower ones and leave one thread free. */
  run(task: Task, priority: number, timeoutMs?: number): Promise<Result>;
  /** Starts one thread ahead of the first task. */
  warm(): void;
  close(): Promise<void>;
}

interface Waiting<Task, Result> {
  id: number;
  task: Task;
  priority: number;
  timeoutMs: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

interface Slot<Task, Result> {
  worker: Worker | null;
  current: Waiting<Task, Result> | null;
  timer: NodeJS.Timeout | null;
}

/** Threads that work; one that hangs or crashes on a hostile file is replaced and takes only its own task with it. */
export const createWorkerPool = <Task, Result>(options: WorkerPoolOptions): WorkerPool<Task, Result> => {
  const { workers, queueLimit, words } = options;
  const slots = Array.from({ length: workers }, (): Slot<Task, Result> => ({
    worker: null,
    current: null,
    timer: null,
  }));
  const queue: Waiting<Task, Result>[] = [];
  let lastId = 0;
  let isClosed = false;

  const settle = (slot: Slot<Task, Result>, end: (waiting: Waiting<Task, Result>) => void): void => {
    const { current } = slot;
    slot.current = null;
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = null;
    slot.worker?.unref();
    if (current !== null) end(current);
    next();
  };

  const replace = (slot: Slot<Task, Result>, reason: string): void => {
    const { worker } = slot;
    slot.worker = null;
    worker?.removeAllListeners();
    worker?.on('error', () => undefined);
    void worker?.terminate();
    settle(slot, ({ reject }) => reject(new AppError('DICOM_CODEC_FAILED', { reason })));
  };

  const start = (slot: Slot<Task, Result>): Worker => {
    const { heapMegabytes } = options;
    const worker = new Worker(
      options.program,
      heapMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } },
    );
    worker.unref();
    worker.on('message', (answer: WorkerAnswer<Result>) => {
      if (slot.current?.id !== answer.id) return;
      settle(slot, ({ resolve, reject }) =>
        'result' in answer ? resolve(answer.result) : reject(errorOf(answer.error)),
      );
    });
    worker.on('error', () => replace(slot, words.brokeDown));
    worker.on('exit', () => {
      if (slot.worker === worker) replace(slot, words.brokeDown);
    });
    return worker;
  };

  /** Work asked ahead leaves one thread free, so that a person never waits behind it. */
  const mayStart = ({ priority }: Waiting<Task, Result>): boolean => {
    if (priority === 0 || workers === 1) return true;
    const ahead = slots.filter(({ current }) => current !== null && current.priority !== 0);
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
    slot.timer = setTimeout(() => replace(slot, words.tooLong), waiting.timeoutMs);
    slot.worker.postMessage({ id: waiting.id, task: waiting.task });
    next();
  };

  return {
    run: (task, priority, timeoutMs = options.timeoutMs) =>
      new Promise((resolve, reject) => {
        if (isClosed || queue.length >= queueLimit)
          return reject(new AppError('REQUEST_TOO_MANY', { reason: words.queue, waiting: queue.length }));
        lastId += 1;
        const waiting = { id: lastId, task, priority, timeoutMs, resolve, reject };
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
