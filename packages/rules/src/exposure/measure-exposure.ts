import { reviewUnitOf } from '../modality.ts';
import type { Measured, Measurement, NotMeasured } from '../metrics/measurement.ts';
import { deviationIndexOf } from './deviation-index.ts';
import type { ExposureFacts } from './exposure-facts.ts';

/**
 * Exposure index, its target and the deviation of a radiograph, the deviation recomputed and never copied. Metrics:
 * `exposure-index`, `target-exposure-index`, `deviation-index` (unit 1). Not measured: `exposure-index-missing`,
 * `target-exposure-index-missing`, `not-positive`.
 */
export const measureExposure = (facts: ExposureFacts): Measured => {
  if (reviewUnitOf(facts.modality ?? '') !== 'image') return { measurements: [], notMeasured: [] };
  const { exposureIndex, targetExposureIndex } = facts;
  const measurements: Measurement[] = [];
  const notMeasured: NotMeasured[] = [];
  const copy = (metric: string, value: number | undefined): void => {
    if (value === undefined) notMeasured.push({ metric, reason: `${metric}-missing` });
    else if (!(value > 0)) notMeasured.push({ metric, reason: 'not-positive' });
    else measurements.push({ metric, value, unit: '1', method: 'header', version: 1 });
  };
  copy('exposure-index', exposureIndex);
  copy('target-exposure-index', targetExposureIndex);
  const deviation = deviationIndexOf(exposureIndex, targetExposureIndex);
  if (deviation === undefined) notMeasured.push({ metric: 'deviation-index', reason: whyNoDeviation(facts) });
  else measurements.push({ metric: 'deviation-index', value: deviation, unit: '1', method: 'iec-62494-1', version: 1 });
  return { measurements, notMeasured };
};

const whyNoDeviation = ({ exposureIndex, targetExposureIndex }: ExposureFacts): string => {
  if (exposureIndex === undefined) return 'exposure-index-missing';
  return targetExposureIndex === undefined ? 'target-exposure-index-missing' : 'not-positive';
};
