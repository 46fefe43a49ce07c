import type { Part } from '../positions/part.ts';
import { placeOfAnatomy } from './anatomy-mask.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';
import { spectrumFor } from './spectrum.ts';

/** Parts whose bones lie side by side along one way: their detail has a direction without any movement [PD]. */
const oneWayParts: ReadonlySet<Part> = new Set(['hand', 'finger', 'foot', 'toe', 'wrist', 'forearm', 'lower-leg']);

/**
 * Movement during the exposure: how many times, as log₂, detail of one direction is weaker than that across it, noise
 * taken out. A smear of length L leaves waves along it 1 ÷ (πfL)² of their power from f = 1 ÷ L on, in all of the film.
 * `down` speaks of waves that run down the picture (smeared downwards), `across` of those across; one of them is positive.
 */
export const motionBlur: RadiographMetric = {
  metric: 'motion-blur',
  unit: '1',
  method: 'log₂ of the power of waves across ÷ down less the noise, most of five bands of 0.03–0.27 cycles per pixel',
  version: 1,
  measure: (film): RadiographAnswer | string => {
    const { part } = film.facts;
    if (part === undefined) return 'part-unknown';
    if (oneWayParts.has(part)) return 'detail-runs-one-way';
    const spectrum = spectrumFor(film);
    if (spectrum === undefined) return 'anatomy-too-small';
    const ratios = spectrum.coarseAcrossToDown;
    if (!ratios.every(Number.isFinite)) return 'no-structure';
    const place = placeOfAnatomy(film);
    return {
      figures: [
        { value: Math.max(...ratios), where: 'down', place },
        { value: -Math.min(...ratios), where: 'across', place },
      ],
    };
  },
};
