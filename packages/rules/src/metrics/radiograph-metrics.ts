import { anatomyShare } from './anatomy-mask.ts';
import { chestAsymmetry, chestTilt, lungMargin } from './chest.ts';
import { clipping } from './clipping.ts';
import { exposedShare, fieldExcess, fieldSize, fieldTilt } from './collimation.ts';
import { entropy, localContrast } from './contrast.ts';
import { doubleExposure } from './double-exposure.ts';
import { dynamicRange, exposureState } from './exposure-state.ts';
import { fieldCut } from './field-cut.ts';
import { foreignObjects } from './foreign-objects.ts';
import { gridLines, gridPeriod } from './grid-lines.ts';
import { laplacianVariance, tenengrad } from './gradients.ts';
import { deadLines, stitchStep } from './line-faults.ts';
import { motionBlur } from './motion-blur.ts';
import { immerkaerNoise, noise } from './noise.ts';
import { cpbd, edgeBlur } from './sharpness.ts';
import { sideMarker } from './side-marker.ts';
import { detailDirection, spectralSlope } from './spectral-slope.ts';
import type { RadiographMetric } from './radiograph-metric.ts';

/** Every metric of radiographs, in the order of the list: adding one is its file, its line here and its page. */
export const radiographMetrics: readonly RadiographMetric[] = [
  anatomyShare,
  exposedShare,
  fieldTilt,
  fieldSize,
  fieldExcess,
  clipping,
  exposureState,
  dynamicRange,
  noise,
  immerkaerNoise,
  laplacianVariance,
  tenengrad,
  cpbd,
  edgeBlur,
  spectralSlope,
  detailDirection,
  motionBlur,
  localContrast,
  entropy,
  sideMarker,
  foreignObjects,
  gridLines,
  gridPeriod,
  deadLines,
  stitchStep,
  doubleExposure,
  fieldCut,
  lungMargin,
  chestTilt,
  chestAsymmetry,
];
