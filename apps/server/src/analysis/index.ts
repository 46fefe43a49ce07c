export { createAnalysisRoom } from './analysis-room.ts';
export type { Frames } from './frames.ts';
export { frameReply } from './frame-reply.ts';
export { createWorkerPool, type WorkerAnswer, type WorkerPool } from './worker-pool.ts';
export { createMeasurePool, type MeasurePool } from './measure-pool.ts';
export { inspectObject } from './inspect-object.ts';
export { encodePng } from './png.ts';
