import { type Frame, type GrayscaleFrame, reduceFrame } from '@jiapian/dicom/pixels';
import { encodePng } from './png.ts';

/** Longer edge, in pixels; the lists show it at half this size on a dense screen. */
export const thumbnailEdge = 96;

/** A small windowed picture of a frame, for lists; never for judging. */
export const thumbnailOf = (frame: Frame): Uint8Array => {
  const small = shrunk(frame);
  return small.kind === 'colour'
    ? encodePng(fitted(small, small.samples, 3), ...sizeOf(small), 3)
    : encodePng(fitted(small, displayed(small), 1), ...sizeOf(small), 1);
};

const shrunk = (frame: Frame): Frame => {
  const edge = Math.max(frame.rows, frame.columns);
  const factor = ([8, 4, 2] as const).find((one) => edge / one >= thumbnailEdge);
  return factor === undefined ? frame : shrunk(reduceFrame(frame, factor));
};

const scaleOf = ({ rows, columns }: Frame): number => Math.min(1, thumbnailEdge / Math.max(rows, columns));

const sizeOf = (frame: Frame): [columns: number, rows: number] => {
  const scale = scaleOf(frame);
  return [Math.max(1, Math.round(frame.columns * scale)), Math.max(1, Math.round(frame.rows * scale))];
};

/** Nearest neighbour: the frame is at most twice as large already, and averaged. */
const fitted = (frame: Frame, samples: Uint8Array, channels: 1 | 3): Uint8Array => {
  const [columns, rows] = sizeOf(frame);
  const target = new Uint8Array(columns * rows * channels);
  for (let row = 0; row < rows; row += 1) {
    const from = Math.min(frame.rows - 1, Math.floor(((row + 0.5) * frame.rows) / rows)) * frame.columns;
    for (let column = 0; column < columns; column += 1) {
      const at = from + Math.min(frame.columns - 1, Math.floor(((column + 0.5) * frame.columns) / columns));
      for (let channel = 0; channel < channels; channel += 1)
        target[(row * columns + column) * channels + channel] = samples[at * channels + channel] ?? 0;
    }
  }
  return target;
};

/** Grey values 0…255 through the image's first window, else through the range that holds nearly all samples. */
const displayed = (frame: GrayscaleFrame): Uint8Array => {
  const { low, high } = rangeOf(frame);
  const span = Math.max(high - low, Number.EPSILON);
  return Uint8Array.from(frame.samples, (stored) => {
    const grey = Math.max(0, Math.min(1, (stored * frame.rescaleSlope + frame.rescaleIntercept - low) / span));
    return Math.round(255 * (frame.isInverted ? 1 - grey : grey));
  });
};

/** Share of samples beyond each end of the display range; a collimator edge or a marker must not set it. */
const tailShare = 0.01;

const rangeOf = (frame: GrayscaleFrame): { low: number; high: number } => {
  const [window] = frame.windows;
  if (window !== undefined) return { low: window.center - window.width / 2, high: window.center + window.width / 2 };
  const sorted = Float64Array.from(
    frame.samples,
    (stored) => stored * frame.rescaleSlope + frame.rescaleIntercept,
  ).sort();
  const tail = Math.floor(sorted.length * tailShare);
  return { low: sorted[tail] ?? 0, high: sorted[sorted.length - 1 - tail] ?? 0 };
};
