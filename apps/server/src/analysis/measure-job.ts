import type { Measured } from '@jiapian/rules';
import type { FrameSource } from './frame-source.ts';
import type { WorkerAnswer } from './worker-pool.ts';

/** How an object's pixels are measured; undefined when nothing of ours fits the modality. */
export type MeasureKind = 'radiograph' | 'ct' | 'mr';

/** What a measuring thread is asked: one film, or every slice of a series. Threads read by path, never by pixels. */
export interface MeasureTask {
  kind: MeasureKind;
  sources: readonly FrameSource[];
}

export type MeasureAnswer = WorkerAnswer<Measured>;
