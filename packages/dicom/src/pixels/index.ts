export { decodeFrame, decodeFrameOf } from './decode-frame.ts';
export type { ColourFrame, Frame, GrayscaleFrame, LookupTable } from './frame.ts';
export { recodePixels, writableSyntaxes, type RecodedPixels } from './recode-pixels.ts';
export { reduceFrame, type ReductionFactor } from './reduce-frame.ts';
export { storedFrame } from './stored-frame.ts';
