export { checkExposure } from './check-exposure.ts';
export { deviationIndexOf } from './deviation-index.ts';
export type { ExposureFacts } from './exposure-facts.ts';
export { measureExposure } from './measure-exposure.ts';
