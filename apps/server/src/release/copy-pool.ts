import { createWorkerPool } from '../analysis/index.ts';
import type { CopyTask, MakeCopy } from './make-copy.ts';

/** A radiograph is decoded in below a second; a long series of frames takes more. [PD] */
const COPY_TIMEOUT_MS = 120_000;
/** One copy per destination on the wire and one ahead. */
const QUEUE_LIMIT = 200;

/** Copies are made beside the process that answers people, one at a time. */
export const createCopyPool = (): { makeCopy: MakeCopy; close(): Promise<void> } => {
  const pool = createWorkerPool<CopyTask, Uint8Array>({
    program: new URL('./copy-worker.ts', import.meta.url),
    workers: 1,
    timeoutMs: COPY_TIMEOUT_MS,
    queueLimit: QUEUE_LIMIT,
    words: {
      tooLong: 'making the copy took too long',
      brokeDown: 'making the copy broke down on this image',
      queue: 'copying',
    },
  });
  return { makeCopy: (task) => pool.run(task, 0), close: () => pool.close() };
};
