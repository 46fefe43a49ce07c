import type { GreyPlane } from '../picture/grey-plane.ts';
import type { Part } from '../positions/part.ts';
import type { View } from '../positions/view.ts';

/** A decoded radiograph, stored values row by row; the grey frame of the dicom package fits as it is. */
export interface RadiographFrame extends GreyPlane {
  readonly samples: Uint8Array | Uint16Array | Int16Array;
  /** Significant bits of a sample. */
  readonly bitsStored: number;
  readonly isSigned: boolean;
  /** Low values are bright: MONOCHROME1 or Presentation LUT Shape INVERSE. */
  readonly isInverted: boolean;
  /** Smallest and largest sample, when known; they spare a pass. */
  readonly minStored?: number | undefined;
  readonly maxStored?: number | undefined;
  /** Window settings in modality units, the one to show first. */
  readonly windows?: readonly { readonly center: number; readonly width: number }[] | undefined;
  /** Lookup tables for the display, when the image has some. */
  readonly voiLuts?: readonly unknown[] | undefined;
}

/** What the measurements of a radiograph take from its header; what is absent stays unknown. */
export interface RadiographFacts {
  readonly part?: Part | undefined;
  readonly view?: View | undefined;
  /** Linear detector values, dark where much radiation came or the other way round, not yet made for the eye. */
  readonly isForProcessing?: boolean | undefined;
  /** Size of a pixel on the detector or in the patient, as the header says. */
  readonly pixelSpacingMm?: { readonly row: number; readonly column: number } | undefined;
  /** Edges of the collimated field in columns and rows of the picture (0018,1702–1708). */
  readonly collimator?: CollimatorEdges | undefined;
}

/** First and last exposed column and row, as a device writes them. */
export interface CollimatorEdges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
