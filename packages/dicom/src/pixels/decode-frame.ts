import type { DataSet } from '../read-data-set.ts';
import { numberOf, numbersOf, plainTextOf } from '../element-values.ts';
import { withFunctionalGroups } from '../functional-groups.ts';
import { pixelSpacingOf } from '../pixel-spacing.ts';
import { type Part10, readPart10 } from '../read-part10.ts';
import { windowsOf } from '../window-presets.ts';
import { colourToRgb } from './colour.ts';
import type { Frame, GrayscaleFrame } from './frame.ts';
import { frameSamples } from './frame-samples.ts';
import { type ImagePixel, imagePixelOf } from './image-pixel.ts';
import { applyLookupTable, modalityLutOf, voiLutsOf } from './lookup-tables.ts';
import { paletteToRgb } from './palette.ts';
import { extremesOf, type StoredSamples, storedSamples } from './stored-samples.ts';

/**
 * Decodes frame `frameIndex` (from 0) of a whole DICOM file. Grey samples may be a view into `part10`.
 * Calls in one thread take turns in the codec; each worker thread has its own.
 *
 * Throws INTAKE_NOT_DICOM and DICOM_UNREADABLE as `readPart10`, DICOM_NO_PIXELS, DICOM_FRAME_NOT_FOUND and
 * DICOM_CODEC_FAILED; `facts.reason` says why in words.
 */
export const decodeFrame = async (part10: Uint8Array, frameIndex: number): Promise<Frame> =>
  decodeFrameOf(readPart10(part10), frameIndex);

/** As `decodeFrame`, of a data set already read, its pixel data in the block. */
export const decodeFrameOf = async (
  part10: Pick<Part10, 'dataSet' | 'transferSyntaxUid'>,
  frameIndex: number,
): Promise<Frame> => {
  const { dataSet: whole, transferSyntaxUid } = part10;
  const described = imagePixelOf(whole);
  const raw = await frameSamples(whole, transferSyntaxUid, described, frameIndex);
  const pixel = { ...described, isPlanar: raw.isPlanar };
  const dataSet = withFunctionalGroups(whole, frameIndex);
  const geometry = { rows: pixel.rows, columns: pixel.columns, pixelSpacing: pixelSpacingOf(dataSet) };
  if (pixel.samplesPerPixel === 3) {
    return { kind: 'colour', ...geometry, samples: colourToRgb(raw, pixel, raw.isRgb), isInverted: false };
  }
  // Native 1-bit samples arrive unpacked, and a codec may return fewer bytes than were allocated.
  const stored = storedSamples(raw, withinBytes(pixel, raw.bytesPerSample), pixel.rows * pixel.columns);
  if (pixel.photometricInterpretation === 'PALETTE COLOR') {
    const samples = paletteToRgb(dataSet, stored.samples, pixel.isSigned);
    return { kind: 'colour', ...geometry, samples, isInverted: false };
  }
  return { kind: 'grayscale', ...geometry, ...grayscaleFacts(dataSet, pixel, stored) };
};

const withinBytes = (pixel: ImagePixel, bytesPerSample: number): ImagePixel => {
  const bits = bytesPerSample * 8;
  if (pixel.highBit < bits) return pixel;
  const bitsStored = Math.min(pixel.bitsStored, bits);
  return { ...pixel, bitsStored, highBit: bitsStored - 1 };
};

type GrayscaleFacts = Omit<GrayscaleFrame, 'kind' | 'rows' | 'columns' | 'pixelSpacing'>;

const grayscaleFacts = (dataSet: DataSet, pixel: ImagePixel, stored: StoredSamples): GrayscaleFacts => {
  const modalityLut = modalityLutOf(dataSet, pixel.isSigned);
  const view = viewFacts(dataSet, pixel);
  if (modalityLut !== undefined) {
    const samples = applyLookupTable(modalityLut, stored.samples);
    const { min, max } = extremesOf(samples);
    return {
      ...view,
      samples,
      bitsStored: Math.min(16, modalityLut.bitsPerEntry),
      isSigned: false,
      minStored: min,
      maxStored: max,
      rescaleSlope: 1,
      rescaleIntercept: 0,
      rescaleType: undefined,
      padding: undefined,
    };
  }
  return {
    ...view,
    samples: stored.samples,
    bitsStored: Math.min(16, pixel.bitsStored),
    isSigned: pixel.isSigned,
    minStored: stored.min,
    maxStored: stored.max,
    rescaleSlope: slopeOf(dataSet) * 2 ** stored.shift,
    rescaleIntercept: numberOf(dataSet, 0x00281052, 'DS') ?? 0,
    rescaleType: plainTextOf(dataSet, 0x00281054),
    padding: paddingOf(dataSet, pixel),
  };
};

/** A slope of 0 would make every pixel alike; senders that write it mean "none". */
const slopeOf = (dataSet: DataSet): number => {
  const slope = numberOf(dataSet, 0x00281053, 'DS');
  return slope === undefined || slope === 0 ? 1 : slope;
};

const viewFacts = (dataSet: DataSet, pixel: ImagePixel) => {
  const isInverted =
    pixel.photometricInterpretation === 'MONOCHROME1' || plainTextOf(dataSet, 0x20500020) === 'INVERSE';
  return {
    isInverted,
    windows: windowsOf(dataSet),
    voiLutFunction: voiLutFunctionOf(dataSet),
    voiLuts: voiLutsOf(dataSet, pixel.isSigned),
  };
};

const voiLutFunctionOf = (dataSet: DataSet): GrayscaleFrame['voiLutFunction'] => {
  const declared = plainTextOf(dataSet, 0x00281056);
  return declared === 'SIGMOID' || declared === 'LINEAR_EXACT' ? declared : 'LINEAR';
};

/** Pixel Padding Value and its range limit, whichever is the larger (PS3.3 C.7.5.1.1.2). */
const paddingOf = (dataSet: DataSet, pixel: ImagePixel): GrayscaleFrame['padding'] => {
  const vr = pixel.isSigned ? 'SS' : 'US';
  const [value] = numbersOf(dataSet, 0x00280120, vr);
  if (value === undefined) return undefined;
  const [limit = value] = numbersOf(dataSet, 0x00280121, vr);
  return { from: Math.min(value, limit), to: Math.max(value, limit) };
};
