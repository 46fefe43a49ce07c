import { AppError } from '@jiapian/kernel';
import { numberOf, plainTextOf } from '../element-values.ts';
import type { Part10 } from '../read-part10.ts';
import type { WriteElement } from '../write-data-set.ts';
import { decodeFrameOf } from '../pixels/decode-frame.ts';
import { frameSamples } from '../pixels/frame-samples.ts';
import { type ImagePixel, imagePixelOf } from '../pixels/image-pixel.ts';
import { storedSamples } from '../pixels/stored-samples.ts';
import type { PixelBox } from './pixel-box.ts';

/** The pixels as they are written: uncompressed, overlays in unused bits gone, the boxes black. */
export interface CleanPixels {
  readonly rows: number;
  readonly columns: number;
  readonly numberOfFrames: number;
  /** Image Pixel module and Pixel Data. */
  readonly elements: readonly WriteElement[];
}

/** One object becomes no more than this; a longer cine run is not for the teaching file. [PD] */
const maxPixelBytes = 512 * 1024 * 1024;

/**
 * Decodes every frame, paints the boxes black and gives the samples for an uncompressed little endian file: grey as
 * stored (8, 16 or 32 bits), colour and palette as 8-bit RGB. Black is what the picture shows darkest: its smallest
 * stored value, its largest when low values are bright.
 * Throws DICOM_NO_PIXELS, DICOM_CODEC_FAILED (also for more than 512 MiB of pixels).
 */
export const cleanPixels = async (
  part10: Pick<Part10, 'dataSet' | 'transferSyntaxUid'>,
  boxesOf: (size: { rows: number; columns: number }) => readonly PixelBox[],
): Promise<CleanPixels> => {
  const pixel = imagePixelOf(part10.dataSet);
  const isColour = pixel.samplesPerPixel === 3 || pixel.photometricInterpretation === 'PALETTE COLOR';
  const boxes = boxesOf(pixel);
  const frames: Painted[] = [];
  let bytes = 0;
  for (let index = 0; index < pixel.numberOfFrames; index += 1) {
    const frame = isColour ? await colourFrame(part10, index) : await greyFrame(part10, pixel, index);
    paint(frame, pixel, boxes);
    bytes += frame.samples.byteLength;
    if (bytes > maxPixelBytes) throw new AppError('DICOM_CODEC_FAILED', { reason: 'too many pixels', maxPixelBytes });
    frames.push(frame);
  }
  const [first] = frames;
  if (first === undefined) throw new AppError('DICOM_NO_PIXELS', { reason: 'the object has no frames' });
  const hasFrames = part10.dataSet.elements.has(0x00280008);
  return {
    rows: pixel.rows,
    columns: pixel.columns,
    numberOfFrames: frames.length,
    elements: [
      ...moduleOf(pixel, first),
      ...(hasFrames ? [{ tag: 0x00280008, vr: 'IS', value: String(frames.length) }] : []),
      { tag: 0x7fe00010, vr: first.bitsAllocated > 8 ? 'OW' : 'OB', value: joined(frames, bytes) },
    ],
  };
};

interface Painted {
  samples: Uint8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;
  channels: 1 | 3;
  black: number;
  bitsAllocated: number;
  bitsStored: number;
  photometric: string;
}

const colourFrame = async (part10: Pick<Part10, 'dataSet' | 'transferSyntaxUid'>, index: number): Promise<Painted> => {
  const { samples } = await decodeFrameOf(part10, index);
  const copy = Uint8Array.from(samples);
  return { samples: copy, channels: 3, black: 0, bitsAllocated: 8, bitsStored: 8, photometric: 'RGB' };
};

const greyFrame = async (
  { dataSet, transferSyntaxUid }: Pick<Part10, 'dataSet' | 'transferSyntaxUid'>,
  pixel: ImagePixel,
  index: number,
): Promise<Painted> => {
  const raw = await frameSamples(dataSet, transferSyntaxUid, pixel, index);
  const photometric = pixel.photometricInterpretation;
  const isInverted = photometric === 'MONOCHROME1' || plainTextOf(dataSet, 0x20500020) === 'INVERSE';
  const count = pixel.rows * pixel.columns;
  if (raw.bytesPerSample === 4) {
    const samples = longSamples(raw, pixel.isSigned, count);
    const black = extreme(samples, isInverted);
    return { samples, channels: 1, black, bitsAllocated: 32, bitsStored: pixel.bitsStored, photometric };
  }
  const bits = Math.min(pixel.bitsStored, raw.bytesPerSample * 8);
  const highBit = Math.min(pixel.highBit, raw.bytesPerSample * 8 - 1);
  const { samples, min, max } = storedSamples(raw, { ...pixel, bitsStored: bits, highBit }, count);
  return {
    samples: samples.slice(0, count),
    channels: 1,
    black: isInverted ? max : min,
    bitsAllocated: samples.BYTES_PER_ELEMENT * 8,
    bitsStored: bits,
    photometric,
  };
};

const longSamples = (
  { bytes, isLittleEndian }: { bytes: Uint8Array; isLittleEndian: boolean },
  isSigned: boolean,
  count: number,
): Uint32Array | Int32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = isSigned ? new Int32Array(count) : new Uint32Array(count);
  for (let index = 0; index < count; index += 1)
    samples[index] = isSigned ? view.getInt32(index * 4, isLittleEndian) : view.getUint32(index * 4, isLittleEndian);
  return samples;
};

const extreme = (samples: Uint32Array | Int32Array, isLargest: boolean): number => {
  let found = samples[0] ?? 0;
  for (const sample of samples) if (isLargest ? sample > found : sample < found) found = sample;
  return found;
};

const paint = ({ samples, channels, black }: Painted, { columns }: ImagePixel, boxes: readonly PixelBox[]): void => {
  for (const box of boxes)
    for (let row = box.fromRow; row < box.toRow; row += 1)
      samples.fill(black, (row * columns + box.fromColumn) * channels, (row * columns + box.toColumn) * channels);
};

const moduleOf = (pixel: ImagePixel, frame: Painted): WriteElement[] => [
  { tag: 0x00280002, vr: 'US', value: frame.channels },
  { tag: 0x00280004, vr: 'CS', value: frame.photometric },
  ...(frame.channels === 3 ? [{ tag: 0x00280006, vr: 'US', value: 0 }] : []),
  { tag: 0x00280010, vr: 'US', value: pixel.rows },
  { tag: 0x00280011, vr: 'US', value: pixel.columns },
  { tag: 0x00280100, vr: 'US', value: frame.bitsAllocated },
  { tag: 0x00280101, vr: 'US', value: frame.bitsStored },
  { tag: 0x00280102, vr: 'US', value: frame.bitsStored - 1 },
  { tag: 0x00280103, vr: 'US', value: frame.channels === 1 && pixel.isSigned ? 1 : 0 },
];

/** Elements that `cleanPixels` writes, or that its change of the pixels makes wrong. [PS3.3 C.7.6.3] */
export const pixelElements: ReadonlySet<number> = new Set([
  0x00280002, 0x00280004, 0x00280006, 0x00280008, 0x00280010, 0x00280011, 0x00280100, 0x00280101, 0x00280102,
  0x00280103, 0x00280106, 0x00280107, 0x00281101, 0x00281102, 0x00281103, 0x00281104, 0x00281111, 0x00281112,
  0x00281113, 0x00281199, 0x00281201, 0x00281202, 0x00281203, 0x00281204, 0x00281211, 0x00281212, 0x00281213,
  0x00281214, 0x00281221, 0x00281222, 0x00281223, 0x00280301, 0x00280303,
]);

const joined = (frames: readonly Painted[], bytes: number): Uint8Array => {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const { samples } of frames) {
    whole.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), at);
    at += samples.byteLength;
  }
  return whole;
};

/** Did the picture go through a lossy compression before (PS3.3 C.7.6.1.1.5)? The answer stays with it. */
export const wasLossy = ({ dataSet, transferSyntaxUid }: Pick<Part10, 'dataSet' | 'transferSyntaxUid'>): boolean =>
  plainTextOf(dataSet, 0x00282110) === '01' ||
  lossySyntaxes.has(transferSyntaxUid) ||
  (numberOf(dataSet, 0x00282112, 'DS') ?? 0) > 1;

/** JPEG baseline and extended, JPEG-LS near-lossless, JPEG 2000 and HTJ2K. [PS3.5 annex A] */
const lossySyntaxes = new Set([
  '1.2.840.10008.1.2.4.50',
  '1.2.840.10008.1.2.4.51',
  '1.2.840.10008.1.2.4.81',
  '1.2.840.10008.1.2.4.91',
  '1.2.840.10008.1.2.4.203',
]);
