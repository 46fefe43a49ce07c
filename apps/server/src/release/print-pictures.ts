import { AppError } from '@jiapian/kernel';
import { runInThread, ThreadFailure } from '../platform/run-in-thread.ts';
import type { PrintPicture } from './print-picture.ts';

/** A sheet of twenty compressed films takes half of it on two cores, ms. */
const timeoutMs = 60_000;
/** Heap of the thread, MiB; samples lie outside it. */
const heapMegabytes = 512;

/** What the thread answers: the pictures, or the code of what was wrong with one of them. */
export type PicturesAnswer = { pictures: PrintPicture[] } | { code: 'DICOM_NO_PIXELS'; reason: string };

/** Decodes films for a printer in a thread of its own. Throws `DICOM_NO_PIXELS` for what cannot be shown as grey. */
export const printPictures = async (paths: readonly string[]): Promise<PrintPicture[]> => {
  const script = new URL('print-worker.ts', import.meta.url);
  const answer = await runInThread<PicturesAnswer>(script, paths, { timeoutMs, heapMegabytes }).catch(
    (cause: unknown) => {
      const reason = cause instanceof ThreadFailure ? cause.reason : 'broke';
      throw new AppError('DICOM_NO_PIXELS', { reason }, cause);
    },
  );
  if ('code' in answer) throw new AppError(answer.code, { reason: answer.reason });
  return answer.pictures;
};
