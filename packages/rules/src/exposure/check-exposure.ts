import type { HeaderCheck } from '../annotation/header-check.ts';
import { reviewUnitOf } from '../modality.ts';
import { deviationIndexOf } from './deviation-index.ts';
import type { ExposureFacts } from './exposure-facts.ts';

/** The stated deviation may be rounded to one decimal; the border is inside [PD]. */
const deviationTolerance = 0.1;
/** mA × ms against mAs: consoles round both to whole numbers [PD]. */
const masTolerance = { share: 0.25, mas: 1 };
/** What a tube of the modality can do, kV [GKU]; outside, the value was typed or scaled wrongly. */
const voltageRangesKv: Readonly<Record<string, readonly [number, number]>> = {
  MG: [20, 49],
  CT: [70, 150],
  IO: [50, 100],
  PX: [50, 100],
};
const radiographyRangeKv = [35, 150] as const;
/** Shortest and longest source–detector distance in use, mm [GKU]; 11.5 is a distance in another unit. */
const distanceRangeMm = [300, 4000] as const;

/** Which exposure values of a radiograph or CT image are missing, impossible, or contradict one another. */
export const checkExposure = (facts: ExposureFacts): HeaderCheck[] => {
  const modality = facts.modality ?? '';
  const isRadiograph = reviewUnitOf(modality) === 'image';
  if (facts.qualityControlImage === 'YES' || (!isRadiograph && modality !== 'CT')) return [];
  return [
    ...checkVoltage(facts.kvp, voltageRangesKv[modality] ?? radiographyRangeKv),
    ...checkMas(facts),
    ...(isRadiograph ? [...checkIndices(facts), ...checkDistance(facts), ...checkDoseArea(facts)] : []),
  ];
};

const checkVoltage = (kvp: number | undefined, [low, high]: readonly [number, number]): HeaderCheck[] => {
  if (kvp === undefined) return [{ check: 'tube-voltage-missing', keyword: 'KVP' }];
  if (kvp >= low && kvp <= high) return [];
  return [{ check: 'tube-voltage-impossible', keyword: 'KVP', value: kvp, expected: `${low}–${high}`, unit: 'kV' }];
};

const microPerMilli = 1000;

const checkMas = (facts: ExposureFacts): HeaderCheck[] => {
  const mas = facts.exposureUas === undefined ? facts.exposureMas : facts.exposureUas / microPerMilli;
  const timeMs = facts.exposureTimeUs === undefined ? facts.exposureTimeMs : facts.exposureTimeUs / microPerMilli;
  const { tubeCurrentMa } = facts;
  if (mas === undefined && (tubeCurrentMa === undefined || timeMs === undefined))
    return [{ check: 'exposure-missing', keyword: 'Exposure' }];
  // A CT states the charge of a slice and the time of a rotation: the two are no product.
  if (facts.modality === 'CT' || mas === undefined || tubeCurrentMa === undefined || timeMs === undefined) return [];
  const product = (tubeCurrentMa * timeMs) / microPerMilli;
  const allowed = Math.max(masTolerance.mas, masTolerance.share * Math.max(product, mas));
  if (Math.abs(product - mas) <= allowed) return [];
  return [{ check: 'exposure-disagrees', keyword: 'Exposure', value: mas, expected: product, unit: 'mAs' }];
};

const checkIndices = (facts: ExposureFacts): HeaderCheck[] => {
  const { exposureIndex, targetExposureIndex, deviationIndex } = facts;
  if (exposureIndex === undefined) return [{ check: 'exposure-index-missing', keyword: 'ExposureIndex' }];
  if (!(exposureIndex > 0))
    return [{ check: 'exposure-index-impossible', keyword: 'ExposureIndex', value: exposureIndex }];
  if (targetExposureIndex === undefined)
    return [{ check: 'target-exposure-index-missing', keyword: 'TargetExposureIndex' }];
  const recomputed = deviationIndexOf(exposureIndex, targetExposureIndex);
  if (recomputed === undefined || deviationIndex === undefined) return [];
  if (Math.abs(recomputed - deviationIndex) <= deviationTolerance) return [];
  return [
    { check: 'deviation-index-disagrees', keyword: 'DeviationIndex', value: deviationIndex, expected: recomputed },
  ];
};

const checkDistance = ({ distanceSourceToDetectorMm: distance }: ExposureFacts): HeaderCheck[] => {
  if (distance === undefined) return [{ check: 'distance-missing', keyword: 'DistanceSourceToDetector' }];
  const [low, high] = distanceRangeMm;
  if (distance >= low && distance <= high) return [];
  const expected = `${low}–${high}`;
  return [{ check: 'distance-impossible', keyword: 'DistanceSourceToDetector', value: distance, expected, unit: 'mm' }];
};

const checkDoseArea = ({ modality, doseAreaProductDgyCm2: product }: ExposureFacts): HeaderCheck[] => {
  const keyword = 'ImageAndFluoroscopyAreaDoseProduct';
  // Mammography states glandular and entrance dose in its place.
  if (modality === 'MG') return [];
  if (product === undefined) return [{ check: 'dose-area-product-missing', keyword }];
  return product > 0 ? [] : [{ check: 'dose-area-product-impossible', keyword, value: product, unit: 'dGy.cm2' }];
};
