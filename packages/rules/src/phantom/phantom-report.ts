import type { Measurement, NotMeasured } from '../metrics/measurement.ts';
import type { GreyPlane } from '../picture/grey-plane.ts';
import type { PhantomKind } from './phantom-kind.ts';

/** One picture of a phantom with what its header says; the header facts of the dicom package fit. */
export interface PhantomImage {
  readonly plane: GreyPlane;
  readonly facts: PhantomFacts;
}

/** What the analyses take from a header; every one may be absent. */
export interface PhantomFacts {
  readonly modality?: string | undefined;
  readonly seriesInstanceUid?: string | undefined;
  readonly imagePositionPatientMm?: readonly number[] | undefined;
  readonly imageOrientationPatient?: readonly number[] | undefined;
  readonly sliceThicknessMm?: number | undefined;
  readonly instanceNumber?: number | undefined;
  readonly magneticFieldStrengthT?: number | undefined;
  /** `ROW` or `COL` (0018,1312). */
  readonly inPlanePhaseEncodingDirection?: string | undefined;
  /** Hz per pixel (0018,0095). */
  readonly pixelBandwidthHz?: number | undefined;
  readonly numberOfAverages?: number | undefined;
  readonly repetitionTimeMs?: number | undefined;
  /** Source to picture (3002,0026) and source to axis of a portal image, mm. */
  readonly sourceToImageMm?: number | undefined;
  readonly sourceToAxisMm?: number | undefined;
}

/** What an analysis found: figures, and by name what it could not find. */
export interface PhantomReport {
  readonly kind: PhantomKind;
  /** 0 … 1: how much the pictures look like this phantom. */
  readonly confidence: number;
  readonly results: readonly Measurement[];
  readonly notMeasured: readonly NotMeasured[];
}

/** Why nothing was analysed: a word of the phantom page. */
export interface PhantomRefusal {
  readonly refused: PhantomRefusalReason;
}

/** The words of a refusal. */
export type PhantomRefusalReason =
  'no-images' | 'not-recognised' | 'wrong-modality' | 'no-pixel-spacing' | 'unreadable-values';

/** Gathers figures and reasons in the order they were taken. */
export class ResultList {
  readonly results: Measurement[] = [];
  readonly notMeasured: NotMeasured[] = [];

  /** Enters a figure; one that is no number is entered as not measured, with the reason given. */
  add(figure: Omit<Measurement, 'version'> & { version?: number }, otherwise = 'not-found'): void {
    const { metric, where } = figure;
    if (Number.isFinite(figure.value)) this.results.push({ version: 1, ...figure });
    else this.miss(metric, otherwise, where);
  }

  /** Enters what could not be measured. */
  miss(metric: string, reason: string, where?: string): void {
    this.notMeasured.push(where === undefined ? { metric, reason } : { metric, reason, where });
  }
}
