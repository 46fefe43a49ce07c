import type { FrameHead } from '@jiapian/contract';
import type { Frame, GrayscaleFrame } from '@jiapian/dicom/pixels';

/** The head of a frame as the viewer gets it; `full` is the frame before reduction. */
export const frameHeadOf = (frame: Frame, full: Frame, numberOfFrames: number): FrameHead => ({
  rows: frame.rows,
  columns: frame.columns,
  fullRows: full.rows,
  fullColumns: full.columns,
  kind: frame.kind,
  sampleType: sampleTypeOf(frame.samples),
  isInverted: frame.isInverted,
  ...greyOf(frame, full),
  pixelSpacingMm: full.pixelSpacing === undefined ? null : [full.pixelSpacing.rowMm, full.pixelSpacing.columnMm],
  pixelSpacingSource: full.pixelSpacing?.source ?? null,
  numberOfFrames,
});

const sampleTypeOf = (samples: Frame['samples']): FrameHead['sampleType'] => {
  if (samples instanceof Uint8Array) return 'uint8';
  return samples instanceof Int16Array ? 'int16' : 'uint16';
};

type GreyHead = Pick<FrameHead, 'rescaleSlope' | 'rescaleIntercept' | 'minStored' | 'maxStored' | 'windows'>;

const maxColourSample = 255;

const greyOf = (frame: Frame, full: Frame): GreyHead => {
  if (frame.kind === 'colour' || full.kind === 'colour')
    return { rescaleSlope: 1, rescaleIntercept: 0, minStored: 0, maxStored: maxColourSample, windows: [] };
  return {
    rescaleSlope: frame.rescaleSlope,
    rescaleIntercept: frame.rescaleIntercept,
    // Of the full frame: the brightness of a picture must not change when the full one replaces the reduced one.
    minStored: full.minStored,
    maxStored: full.maxStored,
    windows: windowsOf(frame),
  };
};

/** A VOI LUT without a window still tells the range of values that it was made for. */
const windowsOf = ({ windows, voiLuts }: GrayscaleFrame): FrameHead['windows'] => {
  const named = windows.map(({ center, width, explanation }) => ({ center, width, explanation: explanation ?? '' }));
  if (named.length > 0) return named;
  return voiLuts.map(({ firstMapped, entries, explanation }) => ({
    center: firstMapped + entries.length / 2,
    width: entries.length,
    explanation: explanation ?? 'VOI LUT',
  }));
};
