import { readFile } from 'node:fs/promises';
import { decodeFrame, type GrayscaleFrame } from '@jiapian/dicom/pixels';
import { AppError } from '@jiapian/kernel';

/** A film as a printer takes it: 8 bits, row by row, 0 is black. */
export interface PrintPicture {
  rows: number;
  columns: number;
  samples: Uint8Array;
  pixelSpacingMm: number | null;
}

const WHITE = 255;

/** Decodes the first frame of a stored file through its first window. Throws `DICOM_NO_PIXELS` for a colour image too. */
export const printPictureOf = async (path: string): Promise<PrintPicture> => {
  const frame = await decodeFrame(await readFile(path), 0);
  if (frame.kind !== 'grayscale') throw new AppError('DICOM_NO_PIXELS', { reason: 'not a grey image' });
  return {
    rows: frame.rows,
    columns: frame.columns,
    samples: displayed(frame),
    pixelSpacingMm: frame.pixelSpacing?.columnMm ?? null,
  };
};

/** Grey values through the image's first window, else through everything between its smallest and largest sample. */
const displayed = (frame: GrayscaleFrame): Uint8Array => {
  const { rescaleSlope: slope, rescaleIntercept: intercept } = frame;
  const [window] = frame.windows;
  const low = window === undefined ? frame.minStored * slope + intercept : window.center - window.width / 2;
  const high = window === undefined ? frame.maxStored * slope + intercept : window.center + window.width / 2;
  const span = Math.max(high - low, Number.EPSILON);
  const target = new Uint8Array(frame.samples.length);
  for (const [index, stored] of frame.samples.entries()) {
    const grey = Math.max(0, Math.min(1, (stored * slope + intercept - low) / span));
    target[index] = Math.round(WHITE * (frame.isInverted ? 1 - grey : grey));
  }
  return target;
};
