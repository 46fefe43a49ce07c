import type { GreyPlane } from '../picture/grey-plane.ts';

/** One MR slice as it comes out of the decoder, with what its header says of it. Header facts of the dicom package fit. */
export interface MrSlice {
  readonly plane: GreyPlane;
  readonly facts: MrSliceFacts;
}

/** What the MR measurements take from a header; every one may be absent. */
export interface MrSliceFacts {
  readonly imagePositionPatientMm?: readonly number[] | undefined;
  readonly imageOrientationPatient?: readonly number[] | undefined;
  readonly sliceThicknessMm?: number | undefined;
  readonly sliceLocationMm?: number | undefined;
  /** `ROW` or `COL` (0018,1312): along which the phase was encoded. */
  readonly inPlanePhaseEncodingDirection?: string | undefined;
  readonly imageType?: readonly string[] | undefined;
}
