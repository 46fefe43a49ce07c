import { parentPort } from 'node:worker_threads';
import { AppError } from '@jiapian/kernel';
import { printPictureOf, type PrintPicture } from './print-picture.ts';
import type { PicturesAnswer } from './print-pictures.ts';

const answerFor = async (paths: readonly string[]): Promise<PicturesAnswer> => {
  const pictures: PrintPicture[] = [];
  try {
    for (const path of paths) pictures.push(await printPictureOf(path));
    return { pictures };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: 'DICOM_NO_PIXELS', reason: String(error.facts['reason'] ?? error.code) };
  }
};

/** Runs in a worker thread, for one sheet. */
parentPort?.once('message', (paths: readonly string[]) => {
  void answerFor(paths).then((answer) => parentPort?.postMessage(answer));
});
