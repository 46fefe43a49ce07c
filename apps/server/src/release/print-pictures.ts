import { AppError } from '@jiapian/kernel';
import { runInThread, ThreadFailure } from '../platform/run-in-thread.ts';
import type { Caption } from './burn-caption.ts';
import type { PrintPicture } from './print-picture.ts';

/** A sheet of twenty compressed films takes half of it on two cores, ms. */
const timeoutMs = 60_000;
/** Heap of the thread, MiB; samples lie outside it. */
const heapMegabytes = 512;

/** A stored file, and what is burnt in under its picture. */
export interface PictureTask {
  path: string;
  caption: Caption | null;
}

/** What the thread answers: the pictures, or the code of what was wrong with one of them. */
export type PicturesAnswer = { pictures: PrintPicture[] } | { code: 'DICOM_NO_PIXELS'; reason: string };

/** Decodes films for a printer in a thread of its own. Throws `DICOM_NO_PIXELS` for what cannot be shown as grey. */
export const printPictures = async (tasks: readonly PictureTask[]): Promise<PrintPicture[]> => {
  const script = new URL('print-worker.ts', import.meta.url);
  const answer = await runInThread<PicturesAnswer>(script, tasks, { timeoutMs, heapMegabytes }).catch(
    (cause: unknown) => {
      const reason = cause instanceof ThreadFailure ? cause.reason : 'broke';
      throw new AppError('DICOM_NO_PIXELS', { reason }, cause);
    },
  );
  if ('code' in answer) throw new AppError(answer.code, { reason: answer.reason });
  return answer.pictures;
};
