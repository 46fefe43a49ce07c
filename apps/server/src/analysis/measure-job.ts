import type { DoseReport } from '@jiapian/dicom';
import type { AnnotationFacts, HeaderCheck, Measured } from '@jiapian/rules';
import type { FrameSource } from './frame-source.ts';
import type { WorkerAnswer } from './worker-pool.ts';

/** Which set of pixel measurements fits an object. */
export type MeasureKind = 'radiograph' | 'ct' | 'mr';

/** What a measuring thread is asked: one object, or every image of a series. Threads read by path, never by pixels. */
export interface MeasureTask {
  /** The pixels alone, the header alone, or both. */
  scope: 'pixels' | 'header' | 'whole';
  sources: readonly FrameSource[];
}

/** What a thread found; without the header's part when only pixels were asked for. */
export interface Analysed extends Measured {
  header: AnalysedHeader | null;
}

export interface AnalysedHeader {
  modality: string;
  checks: readonly HeaderCheck[];
  /** What is compared with the order; null for an object that is no image. */
  annotation: AnnotationFacts | null;
  dose: DoseReport | null;
  patientWeightKg: number | null;
  ageYears: number | null;
  /** Region, protocol and descriptions, joined: what a reference level is looked up by. */
  regionWords: string;
}

export type MeasureAnswer = WorkerAnswer<Analysed>;
