export { createAnalysisRoom } from './analysis-room.ts';
