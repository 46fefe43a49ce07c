export { createAnalysisRoom, type AnalysisRoom } from './analysis-room.ts';
export type { DecodedFrame, Reduction } from './decode-job.ts';
export type { Frames } from './frames.ts';
