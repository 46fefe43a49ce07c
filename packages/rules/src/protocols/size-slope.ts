import { baselineOf } from '../findings/baseline.ts';
import type { ParameterColumn } from './parameter-column.ts';
import type { ParameterFacts } from './parameter-facts.ts';
import type { PatientSize } from './patient-class.ts';

/**
 * What mAs is multiplied by per cm is exp of this, where a device's own films do not tell: half of the attenuation of
 * soft tissue, which doubles the mAs per 4.5 cm [GKU].
 */
export const usualSlopePerCm = 0.077;
/** A slope beyond full attenuation, or against the size, is chance [GKU]. */
const slopeRange = [0, 0.154] as const;

/**
 * How a figure follows the patient's size on this device: the change of its logarithm per cm of diameter, by the median
 * slope of all pairs; the usual slope before there are enough films with a size.
 */
export const sizeSlopeOf = (
  { read }: Pick<ParameterColumn, 'read'>,
  films: readonly { readonly facts: ParameterFacts; readonly patient: PatientSize }[],
): number => {
  const points = films.flatMap(({ facts, patient }) => {
    const value = read?.(facts, patient.weightKg);
    if (typeof value !== 'number' || !(value > 0) || patient.diameterCm === null) return [];
    return [{ value: Math.log(value), size: patient.diameterCm }];
  });
  const slope = baselineOf(points)?.bySize?.slope ?? usualSlopePerCm;
  return Math.min(slopeRange[1], Math.max(slopeRange[0], slope));
};
