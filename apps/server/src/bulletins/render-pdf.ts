import { Worker } from 'node:worker_threads';
import { AppError } from '@jiapian/kernel';
import type { PdfDocument } from './pdf-document.ts';

/** Half a minute: the longest booklet takes two seconds on two cores. */
const timeoutMs = 30_000;
/** People who wait for a document; one more is told to come back. */
const queueLimit = 8;
/** Heap of the thread, MiB: both fonts and a hundred pages. */
const heapMegabytes = 512;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Draws a document as a PDF, in a thread of its own: the type takes half a second of pure computing. One at a time; a
 * document that breaks the typesetter or takes too long ends its thread and nothing else (`BULLETINS_PDF_FAILED`).
 */
export const renderPdf = async (document: PdfDocument): Promise<Uint8Array> => {
  if (waiting >= queueLimit) throw new AppError('REQUEST_TOO_MANY', { reason: 'documents are waiting', waiting });
  waiting += 1;
  const drawn = last.then(() => draw(document));
  last = drawn.catch(() => undefined);
  return drawn.finally(() => {
    waiting -= 1;
  });
};

const draw = (document: PdfDocument): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('pdf-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      void worker.terminate();
      settle();
    };
    const failed = (reason: string, cause?: unknown) => reject(new AppError('BULLETINS_PDF_FAILED', { reason }, cause));
    const timer = setTimeout(() => end(() => failed('the document took too long')), timeoutMs);
    worker.on('message', (bytes: Uint8Array) => end(() => resolve(bytes)));
    worker.on('error', (cause) => end(() => failed('the document could not be drawn', cause)));
    worker.on('exit', () => end(() => failed('the thread ended')));
    worker.postMessage(document);
  });
