import { parentPort } from 'node:worker_threads';
import { AppError } from '@jiapian/kernel';
import { burnCaption } from './burn-caption.ts';
import { printPictureOf, type PrintPicture } from './print-picture.ts';
import type { PicturesAnswer, PictureTask } from './print-pictures.ts';

const answerFor = async (tasks: readonly PictureTask[]): Promise<PicturesAnswer> => {
  const pictures: PrintPicture[] = [];
  try {
    for (const { path, caption } of tasks) {
      const picture = await printPictureOf(path);
      pictures.push(caption === null ? picture : burnCaption(picture, caption));
    }
    return { pictures };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: 'DICOM_NO_PIXELS', reason: String(error.facts['reason'] ?? error.code) };
  }
};

/** Runs in a worker thread, for one sheet. */
parentPort?.once('message', (tasks: readonly PictureTask[]) => {
  void answerFor(tasks).then((answer) => parentPort?.postMessage(answer));
});
