import { anatomyShare } from './anatomy-mask.ts';
import { entropy, localContrast } from './contrast.ts';
import { laplacianVariance, tenengrad } from './gradients.ts';
import { immerkaerNoise, noise } from './noise.ts';
import type { RadiographMetric } from './radiograph-metric.ts';

/** Every metric of radiographs, in the order of the list: adding one is its file, its line here and its page. */
export const radiographMetrics: readonly RadiographMetric[] = [
  anatomyShare,
  noise,
  immerkaerNoise,
  laplacianVariance,
  tenengrad,
  localContrast,
  entropy,
];
