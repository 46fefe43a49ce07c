import { AppError } from '@jiapian/kernel';
import type { DataSet } from '../read-data-set.ts';
import { type Element, itemTag, pixelDataTag, readTag } from '../element-header.ts';
import { transferSyntaxFor } from '../transfer-syntaxes.ts';
import { encapsulatedFrame } from './encapsulated-frames.ts';
import type { ImagePixel } from './image-pixel.ts';
import { decodeStream } from './native-codecs.ts';
import { decodeRle } from './rle.ts';
import { oneBitSamples, type RawSamples } from './stored-samples.ts';
import { streamHeaderOf } from './stream-codec.ts';

/** The uncompressed samples of one frame; planar only where the file itself is uncompressed. */
export interface FrameSamples extends RawSamples {
  isRgb: boolean;
  isPlanar: boolean;
}

/**
 * The samples of frame `frameIndex` (from 0), decompressed where needed.
 *
 * Throws DICOM_NO_PIXELS (no pixel data, or fewer than the frame needs), DICOM_FRAME_NOT_FOUND,
 * DICOM_CODEC_FAILED.
 */
export const frameSamples = async (
  dataSet: DataSet,
  transferSyntaxUid: string,
  pixel: ImagePixel,
  frameIndex: number,
): Promise<FrameSamples> => {
  const element = dataSet.elements.get(pixelDataTag);
  if (element === undefined || element.length === 0) {
    throw new AppError('DICOM_NO_PIXELS', { reason: 'the object has no pixel data' });
  }
  if (!Number.isInteger(frameIndex) || frameIndex < 0 || frameIndex >= pixel.numberOfFrames) {
    throw new AppError('DICOM_FRAME_NOT_FOUND', { frameIndex, numberOfFrames: pixel.numberOfFrames });
  }
  if (!isEncapsulated(dataSet, element)) return nativeFrame(dataSet, element, pixel, frameIndex);
  const stream = encapsulatedFrame(dataSet, element, frameIndex, pixel.numberOfFrames);
  const { codec, name } = transferSyntaxFor(transferSyntaxUid);
  if (codec === 'rle') {
    const bytes = decodeRle(stream, pixel);
    return { bytes, bytesPerSample: pixel.bitsAllocated / 8, isLittleEndian: true, isRgb: false, isPlanar: false };
  }
  const header = streamHeaderOf(stream);
  if (header === undefined) {
    if (codec === 'native') return nativeSamples(stream, 0, pixel, true);
    const reason = codec === 'unsupported' ? `no decoder for ${name}` : `the stream is not ${name}`;
    throw new AppError('DICOM_CODEC_FAILED', { reason, transferSyntaxUid, frameIndex });
  }
  return { ...(await decodeStream(stream, header, pixel)), isLittleEndian: true, isPlanar: false };
};

/** A compressed syntax with plain pixel data, and the reverse, exist: the element itself is asked. */
export const isEncapsulated = ({ bytes }: DataSet, { isUndefinedLength, offset }: Element): boolean =>
  isUndefinedLength || (readTag(bytes, offset, true) === itemTag && readTag(bytes, offset + 4, true) === 0);

const nativeFrame = (dataSet: DataSet, element: Element, pixel: ImagePixel, frameIndex: number): FrameSamples => {
  const bits = bitsPerFrame(pixel);
  const { buffer, byteOffset } = dataSet.bytes;
  const pixelBytes = new Uint8Array(buffer, byteOffset + element.offset, element.length);
  const neededBytes = Math.ceil((bits * (frameIndex + 1)) / 8);
  if (pixelBytes.length < neededBytes) {
    throw new AppError('DICOM_NO_PIXELS', {
      reason: 'the pixel data end before the frame does',
      frameIndex,
      expectedBytes: neededBytes,
      presentBytes: pixelBytes.length,
    });
  }
  return nativeSamples(pixelBytes, bits * frameIndex, pixel, dataSet.encoding.isLittleEndian);
};

const nativeSamples = (bytes: Uint8Array, firstBit: number, pixel: ImagePixel, isLittleEndian: boolean) => {
  const common = { isRgb: false, isPlanar: pixel.isPlanar };
  const count = pixel.rows * pixel.columns * pixel.samplesPerPixel;
  if (pixel.bitsAllocated === 1) {
    return { ...common, bytes: oneBitSamples(bytes, firstBit, count), bytesPerSample: 1, isLittleEndian: true };
  }
  const frame = bytes.subarray(firstBit / 8, (firstBit + bitsPerFrame(pixel)) / 8);
  return { ...common, bytes: frame, bytesPerSample: pixel.bitsAllocated / 8, isLittleEndian };
};

export const bitsPerFrame = (pixel: ImagePixel): number => {
  const pixels = pixel.rows * pixel.columns;
  if (pixel.photometricInterpretation === 'YBR_FULL_422' && pixel.samplesPerPixel === 3) return pixels * 16;
  return pixels * pixel.samplesPerPixel * pixel.bitsAllocated;
};
