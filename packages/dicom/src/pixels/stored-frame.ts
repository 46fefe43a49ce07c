import { AppError } from '@jiapian/kernel';
import type { DataSet } from '../read-data-set.ts';
import { pixelDataTag } from '../element-header.ts';
import { encapsulatedFrame } from './encapsulated-frames.ts';
import { bitsPerFrame, isEncapsulated } from './frame-samples.ts';
import { imagePixelOf } from './image-pixel.ts';

/**
 * The bytes of frame `frameIndex` (from 0) as they are stored: the code stream of a compressed frame, else the
 * samples in the byte order of the data set. A view into the block where that is possible. One-bit frames that
 * do not begin at a byte border begin with the byte that holds their first sample.
 *
 * Throws DICOM_NO_PIXELS, DICOM_FRAME_NOT_FOUND, DICOM_CODEC_FAILED.
 */
export const storedFrame = (dataSet: DataSet, frameIndex: number): { bytes: Uint8Array; isEncapsulated: boolean } => {
  const element = dataSet.elements.get(pixelDataTag);
  if (element === undefined || element.length === 0) {
    throw new AppError('DICOM_NO_PIXELS', { reason: 'the object has no pixel data' });
  }
  const pixel = imagePixelOf(dataSet);
  if (!Number.isInteger(frameIndex) || frameIndex < 0 || frameIndex >= pixel.numberOfFrames) {
    throw new AppError('DICOM_FRAME_NOT_FOUND', { frameIndex, numberOfFrames: pixel.numberOfFrames });
  }
  if (isEncapsulated(dataSet, element)) {
    return { bytes: encapsulatedFrame(dataSet, element, frameIndex, pixel.numberOfFrames), isEncapsulated: true };
  }
  const bits = bitsPerFrame(pixel);
  const start = element.offset + Math.floor((bits * frameIndex) / 8);
  const end = element.offset + Math.ceil((bits * (frameIndex + 1)) / 8);
  if (end > element.offset + element.length) {
    throw new AppError('DICOM_NO_PIXELS', { reason: 'the pixel data end before the frame does', frameIndex });
  }
  return { bytes: dataSet.bytes.subarray(start, end), isEncapsulated: false };
};
