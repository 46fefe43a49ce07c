import { AppError } from '@jiapian/kernel';
import type { CopyPixels } from '../conform-data-set.ts';
import { reversedUnits } from '../conform-values.ts';
import type { DataSet } from '../read-data-set.ts';
import { explicitLittleEndian, implicitLittleEndian, transferSyntaxFor } from '../transfer-syntaxes.ts';
import type { WriteElement } from '../write-data-set.ts';
import { frameSamples, type FrameSamples } from './frame-samples.ts';
import { imagePixelOf, type ImagePixel } from './image-pixel.ts';
import { encodeStream } from './native-codecs.ts';

const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const RLE_LOSSLESS = '1.2.840.10008.1.2.5';

/** The encodings that a copy can be written in, every one of them lossless. */
export const writableSyntaxes: readonly string[] = [
  explicitLittleEndian,
  implicitLittleEndian,
  JPEG_LOSSLESS,
  RLE_LOSSLESS,
];

/** The pixels of a copy, and the elements of the image that say how they lie. */
export interface RecodedPixels {
  pixels: CopyPixels;
  set: WriteElement[];
}

/**
 * The pixels of an object in another transfer syntax, value by value the same; null when they can pass as they are (or
 * there are none). `wanted` is one of `writableSyntaxes`.
 *
 * Throws `DICOM_CODEC_FAILED`, `DICOM_NO_PIXELS` as decoding does, `DICOM_COPY_IMPOSSIBLE` for pixels that the wanted
 * encoding cannot hold.
 */
export const recodePixels = async (
  dataSet: DataSet,
  transferSyntaxUid: string,
  wanted: string,
): Promise<RecodedPixels | null> => {
  const target = transferSyntaxFor(wanted);
  const hasPixels = (dataSet.elements.get(0x7fe00010)?.length ?? 0) > 0;
  if (!hasPixels || transferSyntaxUid === wanted) return null;
  if (!transferSyntaxFor(transferSyntaxUid).isEncapsulated && !target.isEncapsulated) return null;
  const pixel = imagePixelOf(dataSet);
  const frames: Uint8Array[] = [];
  let isRgb = false;
  for (let index = 0; index < pixel.numberOfFrames; index += 1) {
    const frame = await frameSamples(dataSet, transferSyntaxUid, pixel, index);
    if (frame.bytesPerSample !== pixel.bitsAllocated / 8 && !isWidenable(frame, pixel)) throw unholdable(wanted);
    isRgb = frame.isRgb && pixel.samplesPerPixel === 3;
    const bytes = isWidenable(frame, pixel) ? widened(frame.bytes, pixel) : inOrder(frame);
    frames.push(target.isEncapsulated ? await encoded(bytes, pixel, wanted) : bytes);
  }
  const set = pixel.samplesPerPixel === 3 ? colourElements(isRgb) : [];
  return { pixels: { kind: target.isEncapsulated ? 'streams' : 'samples', frames }, set };
};

const unholdable = (wanted: string): AppError =>
  new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'pixels', transferSyntaxUid: wanted });

/** Photometric Interpretation and Planar Configuration of what was decoded: red, green, blue, pixel by pixel. */
const colourElements = (isRgb: boolean): WriteElement[] => [
  ...(isRgb ? [{ tag: 0x00280004, vr: 'CS', value: 'RGB' }] : []),
  { tag: 0x00280006, vr: 'US', value: 0 },
];

/** A codec of 8 bits gives one byte a sample, whatever is allocated. */
const isWidenable = ({ bytesPerSample }: FrameSamples, { bitsAllocated }: ImagePixel): boolean =>
  bitsAllocated === 16 && bytesPerSample === 1;

const widened = (bytes: Uint8Array, { isSigned }: ImagePixel): Uint8Array => {
  const words = new Uint8Array(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 1) {
    words[at * 2] = bytes[at]!;
    if (isSigned && bytes[at]! >= 0x80) words[at * 2 + 1] = 0xff;
  }
  return words;
};

const inOrder = ({ bytes, bytesPerSample, isLittleEndian }: FrameSamples): Uint8Array =>
  isLittleEndian || bytesPerSample === 1 ? bytes : reversedUnits(bytes, bytesPerSample);

const encoded = (bytes: Uint8Array, pixel: ImagePixel, wanted: string): Promise<Uint8Array> => {
  const isHeld = (pixel.bitsAllocated === 8 || pixel.bitsAllocated === 16) && pixel.samplesPerPixel === 1;
  if (!isHeld) throw unholdable(wanted);
  return encodeStream(bytes, wanted === RLE_LOSSLESS ? 'rle' : 'jpeg-lossless', pixel);
};
