import { AppError } from '@jiapian/kernel';
import type { DataSet } from '../read-data-set.ts';
import { numberOf, plainTextOf } from '../element-values.ts';

/** The Image Pixel module as far as decoding needs it (PS3.3 C.7.6.3). */
export interface ImagePixel {
  rows: number;
  columns: number;
  numberOfFrames: number;
  samplesPerPixel: number;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  isSigned: boolean;
  isPlanar: boolean;
  photometricInterpretation: string;
}

/** More samples than this in one frame is a lie in the header: the largest detectors have 30 million. */
const maxSamplesPerFrame = 1 << 28;

/** Throws DICOM_NO_PIXELS when the object describes no image, DICOM_CODEC_FAILED when it describes an impossible one. */
export const imagePixelOf = (dataSet: DataSet): ImagePixel => {
  const rows = numberOf(dataSet, 0x00280010, 'US') ?? 0;
  const columns = numberOf(dataSet, 0x00280011, 'US') ?? 0;
  if (rows === 0 || columns === 0)
    throw new AppError('DICOM_NO_PIXELS', { reason: 'the object has no rows or columns' });
  const bitsAllocated = numberOf(dataSet, 0x00280100, 'US') ?? 16;
  const bitsStored = numberOf(dataSet, 0x00280101, 'US') ?? bitsAllocated;
  const samplesPerPixel = numberOf(dataSet, 0x00280002, 'US') ?? 1;
  const pixel: ImagePixel = {
    rows,
    columns,
    numberOfFrames: Math.max(1, Math.trunc(numberOf(dataSet, 0x00280008, 'IS') ?? 1)),
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit: numberOf(dataSet, 0x00280102, 'US') ?? bitsStored - 1,
    isSigned: numberOf(dataSet, 0x00280103, 'US') === 1,
    isPlanar: numberOf(dataSet, 0x00280006, 'US') === 1,
    photometricInterpretation: plainTextOf(dataSet, 0x00280004)?.toUpperCase() ?? photometricFor(samplesPerPixel),
  };
  const impossible = impossibility(pixel);
  if (impossible !== undefined) throw new AppError('DICOM_CODEC_FAILED', { reason: impossible });
  return pixel;
};

const photometricFor = (samplesPerPixel: number): string => (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2');

const allocations = new Set([1, 8, 16, 32]);

const impossibility = (pixel: ImagePixel): string | undefined => {
  const { bitsAllocated, bitsStored, highBit, samplesPerPixel } = pixel;
  if (!allocations.has(bitsAllocated)) return `${bitsAllocated} bits allocated is not supported`;
  if (bitsStored < 1 || bitsStored > bitsAllocated) return `${bitsStored} bits cannot be stored in ${bitsAllocated}`;
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) return `high bit ${highBit} lies outside the sample`;
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return `${samplesPerPixel} samples per pixel is not supported`;
  if (pixel.rows * pixel.columns * samplesPerPixel > maxSamplesPerFrame) return 'the frame is too large';
  return undefined;
};
