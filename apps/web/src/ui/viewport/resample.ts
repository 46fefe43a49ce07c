import type { Frame, Samples } from './frame.ts';
import { toImage, type Size, type ViewGeometry } from './view-geometry.ts';

/** Part of the screen that the image covers, in whole screen pixels. */
export interface Covered {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** 1/64 of a sample: with 16-bit samples the sum of four products still fits 31 bits. */
const WEIGHT_BITS = 6;
const WEIGHT_ONE = 1 << WEIGHT_BITS;

interface Axis {
  readonly first: number;
  readonly count: number;
  /** Offsets of the two nearest samples, already times the stride, and the weight of the second. */
  readonly near: Int32Array;
  readonly far: Int32Array;
  readonly weight: Int32Array;
}

/**
 * Bilinear samples of the visible region, one per screen pixel, into `target` (bits of 16-bit samples for grey,
 * RGBA for colour); returns which part of the screen they cover. Windowing then runs over this buffer only.
 */
export const resample = (
  frame: Frame,
  view: ViewGeometry,
  screen: Size,
  target: Uint16Array | Uint32Array,
): Covered => {
  const { head } = frame;
  const isTurned = view.quarterTurns % 2 === 1;
  const start = toImage(view, screen, { x: 0.5, y: 0.5 });
  const right = toImage(view, screen, { x: 1.5, y: 0.5 });
  const down = toImage(view, screen, { x: 0.5, y: 1.5 });
  const channels = head.kind === 'colour' ? 3 : 1;
  const alongX = { size: head.columns, full: head.fullColumns, stride: channels };
  const alongY = { size: head.rows, full: head.fullRows, stride: channels * head.columns };
  const across = isTurned
    ? axisOf(screen.width, start.y, right.y - start.y, alongY)
    : axisOf(screen.width, start.x, right.x - start.x, alongX);
  const downward = isTurned
    ? axisOf(screen.height, start.x, down.x - start.x, alongX)
    : axisOf(screen.height, start.y, down.y - start.y, alongY);
  if (target instanceof Uint16Array) sampleGrey(frame.samples, across, downward, target);
  else sampleColour(frame.samples, across, downward, target);
  return { left: across.first, top: downward.first, width: across.count, height: downward.count };
};

/** Where the screen pixels of one axis fall in the samples: `from` and `step` are in pixels of the full frame. */
const axisOf = (
  length: number,
  from: number,
  step: number,
  samples: { size: number; full: number; stride: number },
): Axis => {
  const inside = (index: number): boolean => {
    const place = from + index * step;
    return place >= 0 && place < samples.full;
  };
  let first = 0;
  while (first < length && !inside(first)) first += 1;
  let end = first;
  while (end < length && inside(end)) end += 1;
  const count = end - first;
  const near = new Int32Array(count);
  const far = new Int32Array(count);
  const weight = new Int32Array(count);
  const ratio = samples.size / samples.full;
  const last = samples.size - 1;
  for (let index = 0; index < count; index += 1) {
    const place = (from + (first + index) * step) * ratio - 0.5;
    const below = Math.floor(place);
    near[index] = Math.min(last, Math.max(0, below)) * samples.stride;
    far[index] = Math.min(last, Math.max(0, below + 1)) * samples.stride;
    weight[index] = Math.round((place - below) * WEIGHT_ONE);
  }
  return { first, count, near, far, weight };
};

const HALF = 1 << (2 * WEIGHT_BITS - 1);

// The indices below are within the arrays by construction; `!` keeps the inner loops free of branches.
const sampleGrey = (samples: Samples, across: Axis, downward: Axis, target: Uint16Array): void => {
  let out = 0;
  for (let row = 0; row < downward.count; row += 1) {
    const upper = downward.near[row]!;
    const lower = downward.far[row]!;
    const lowerPart = downward.weight[row]!;
    const upperPart = WEIGHT_ONE - lowerPart;
    for (let column = 0; column < across.count; column += 1) {
      const near = across.near[column]!;
      const far = across.far[column]!;
      const farPart = across.weight[column]!;
      const nearPart = WEIGHT_ONE - farPart;
      const above = samples[upper + near]! * nearPart + samples[upper + far]! * farPart;
      const below = samples[lower + near]! * nearPart + samples[lower + far]! * farPart;
      target[out] = (above * upperPart + below * lowerPart + HALF) >> (2 * WEIGHT_BITS);
      out += 1;
    }
  }
};

const sampleColour = (samples: Samples, across: Axis, downward: Axis, target: Uint32Array): void => {
  let out = 0;
  for (let row = 0; row < downward.count; row += 1) {
    const upper = downward.weight[row]! < WEIGHT_ONE / 2 ? downward.near[row]! : downward.far[row]!;
    for (let column = 0; column < across.count; column += 1) {
      const place = upper + (across.weight[column]! < WEIGHT_ONE / 2 ? across.near[column]! : across.far[column]!);
      target[out] = 0xff00_0000 | (samples[place + 2]! << 16) | (samples[place + 1]! << 8) | samples[place]!;
      out += 1;
    }
  }
};
