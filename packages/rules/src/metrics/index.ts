export type { RadiographFacts, RadiographFrame } from './radiograph-frame.ts';
export type { RadiographAnswer, RadiographFigure, RadiographMetric } from './radiograph-metric.ts';
export { measureRadiograph } from './measure-radiograph.ts';
export { radiographMetrics } from './radiograph-metrics.ts';
export { radiographRules } from './radiograph-limits.ts';
export { DUPLICATE_FROM, filmSignature, signatureLikeness } from './film-signature.ts';
