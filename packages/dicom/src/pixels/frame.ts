import type { PixelSpacing } from '../pixel-spacing.ts';
import type { WindowPreset } from '../window-presets.ts';

/** A stored lookup table: input `firstMapped + n` gives `entries[n]`; inputs beyond either end give that end. */
export interface LookupTable {
  firstMapped: number;
  bitsPerEntry: number;
  entries: Uint16Array;
  explanation: string | undefined;
}

interface FrameGeometry {
  /** Rows × columns samples follow row by row, the top row first. */
  rows: number;
  columns: number;
  /** Absent when the image does not say; multiplied by the factor in a reduced frame. */
  pixelSpacing: PixelSpacing | undefined;
}

/**
 * A decoded grey frame. `samples` are the stored values, free of overlay bits and sign-extended, or the
 * output of the Modality LUT when the image has one (rescale is 1 and 0 then). They may be a view into the
 * bytes that were decoded: copy before changing or transferring them.
 */
export interface GrayscaleFrame extends FrameGeometry {
  kind: 'grayscale';
  samples: Uint8Array | Uint16Array | Int16Array;
  /** Significant bits of a sample: the full range is 0…2^bitsStored−1, or half of it on either side of 0. */
  bitsStored: number;
  isSigned: boolean;
  /** Smallest and largest sample of this frame. */
  minStored: number;
  maxStored: number;
  /** Low values are bright: MONOCHROME1 or Presentation LUT Shape INVERSE. */
  isInverted: boolean;
  /** Modality value = stored × slope + intercept (HU in CT). 32-bit images carry their scaling here. */
  rescaleSlope: number;
  rescaleIntercept: number;
  rescaleType: string | undefined;
  /** Stored values (from … to, both inside) that stand for "no tissue here", outside a round field for example. */
  padding: { from: number; to: number } | undefined;
  windows: WindowPreset[];
  voiLutFunction: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
  voiLuts: LookupTable[];
}

/** A decoded colour frame: red, green, blue, 8 bits each, interleaved. */
export interface ColourFrame extends FrameGeometry {
  kind: 'colour';
  samples: Uint8Array;
  isInverted: false;
}

/** A decoded frame; `kind` tells which. */
export type Frame = GrayscaleFrame | ColourFrame;
