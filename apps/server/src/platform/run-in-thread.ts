import { Worker } from 'node:worker_threads';

/** Why a thread gave no answer. */
export class ThreadFailure extends Error {
  readonly reason: 'took-too-long' | 'broke' | 'ended';

  constructor(reason: ThreadFailure['reason'], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/**
 * Gives one task to a thread of its own, for work of pure computing that would keep everybody waiting, and answers its
 * first message. A thread that breaks or takes too long is ended, and nothing else with it (`ThreadFailure`).
 */
export const runInThread = <Answer>(
  script: URL,
  task: unknown,
  limits: { timeoutMs: number; heapMegabytes: number },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes } });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      void worker.terminate();
      settle();
    };
    const fail = (failure: ThreadFailure) => end(() => reject(failure));
    const timer = setTimeout(() => fail(new ThreadFailure('took-too-long')), limits.timeoutMs);
    worker.on('message', (answer: Answer) => end(() => resolve(answer)));
    worker.on('error', (cause) => fail(new ThreadFailure('broke', cause)));
    worker.on('exit', () => fail(new ThreadFailure('ended')));
    worker.postMessage(task);
  });
