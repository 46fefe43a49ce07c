import type { GreyPlane } from '../picture/grey-plane.ts';

/** One slice as it comes out of the decoder, with what its header says of it. Header facts of the dicom package fit. */
export interface CtSlice {
  readonly plane: GreyPlane;
  readonly facts: CtSliceFacts;
}

/** What the CT measurements take from a header; every one may be absent. */
export interface CtSliceFacts {
  readonly imagePositionPatientMm?: readonly number[] | undefined;
  readonly imageOrientationPatient?: readonly number[] | undefined;
  readonly sliceThicknessMm?: number | undefined;
  readonly sliceLocationMm?: number | undefined;
  readonly ctdiVolMgy?: number | undefined;
  readonly bodyPartExamined?: string | undefined;
  readonly imageType?: readonly string[] | undefined;
  /** Centre of the reconstructed picture, x y z in the patient (0018,9318). */
  readonly reconstructionTargetCentreMm?: readonly number[] | undefined;
  /** Isocentre of the gantry, x y z in the patient (0018,9313). */
  readonly dataCollectionCentreMm?: readonly number[] | undefined;
  /** Diameter of the phantom that CTDIvol stands for, 160 or 320 (by 0018,9346). */
  readonly ctdiPhantomMm?: number | undefined;
}
