import { AppError } from '@jiapian/kernel';
import { runInThread, ThreadFailure } from '../platform/run-in-thread.ts';
import type { PdfDocument } from './pdf-document.ts';
import type { PdfSheet } from './pdf-sheet.ts';

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
export const renderPdf = async (document: PdfDocument | PdfSheet): Promise<Uint8Array> => {
  if (waiting >= queueLimit) throw new AppError('REQUEST_TOO_MANY', { reason: 'documents are waiting', waiting });
  waiting += 1;
  const drawn = last.then(() => draw(document));
  last = drawn.catch(() => undefined);
  return drawn.finally(() => {
    waiting -= 1;
  });
};

const draw = async (document: PdfDocument | PdfSheet): Promise<Uint8Array> => {
  try {
    const script = new URL('pdf-worker.ts', import.meta.url);
    return await runInThread<Uint8Array>(script, document, { timeoutMs, heapMegabytes });
  } catch (cause) {
    const reason = cause instanceof ThreadFailure ? cause.reason : 'broke';
    throw new AppError('BULLETINS_PDF_FAILED', { reason }, cause);
  }
};
