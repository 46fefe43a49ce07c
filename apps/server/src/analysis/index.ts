export { createAnalysisRoom } from './analysis-room.ts';
export { createMeasurePool, type MeasurePool } from './measure-pool.ts';
export { inspectObject } from './inspect-object.ts';
