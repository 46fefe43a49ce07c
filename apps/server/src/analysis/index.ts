export { createAnalysisRoom } from './analysis-room.ts';
export { createMeasurePool, type MeasurePool } from './measure-pool.ts';
export { inspectObject, type Inspected } from './inspect-object.ts';
