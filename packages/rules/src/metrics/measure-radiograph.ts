import { openFilm } from './film.ts';
import type { Measured, Measurement, NotMeasured } from './measurement.ts';
import type { RadiographFacts, RadiographFrame } from './radiograph-frame.ts';
import type { RadiographMetric } from './radiograph-metric.ts';
import { radiographMetrics } from './radiograph-metrics.ts';

/**
 * Every measurement of a radiograph that its pixels allow: one pass over the film, then each metric on what the pass
 * gathered. The same film gives the same bits on every machine. A film that cannot be measured at all, and a metric that
 * does not apply, is named with its reason; nothing is thrown.
 */
export const measureRadiograph = (
  frame: RadiographFrame,
  facts: RadiographFacts = {},
  metrics: readonly RadiographMetric[] = radiographMetrics,
): Measured => {
  const film = openFilm(frame, facts);
  if (typeof film === 'string') {
    return { measurements: [], notMeasured: metrics.map(({ metric }) => ({ metric, reason: film })) };
  }
  const measurements: Measurement[] = [];
  const notMeasured: NotMeasured[] = [];
  for (const { metric, unit, method, version, measure } of metrics) {
    const answer = measure(film);
    if (typeof answer === 'string') {
      notMeasured.push({ metric, reason: answer });
      continue;
    }
    for (const figure of answer.figures) {
      if (Number.isFinite(figure.value)) measurements.push({ metric, unit, method, version, ...figure });
      else notMeasured.push({ metric, reason: 'no-finite-figure', ...whereOf(figure) });
    }
    for (const missing of answer.missing ?? []) notMeasured.push({ metric, ...missing });
  }
  return { measurements, notMeasured };
};

const whereOf = ({ where }: { readonly where?: string }): { where?: string } => (where === undefined ? {} : { where });
