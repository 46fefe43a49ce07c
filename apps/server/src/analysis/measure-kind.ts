import type { HeaderFacts } from '@jiapian/dicom';
import { reviewUnitOf } from '@jiapian/rules';
import type { MeasureKind } from './measure-job.ts';

/** Which set of pixel measurements fits an object, or why none does. */
export const measureKindOf = (facts: HeaderFacts): { kind: MeasureKind } | { reason: string } => {
  if (facts.kind !== 'image') return { reason: 'not-an-image' };
  if (!facts.hasPixelData) return { reason: 'no-pixel-data' };
  const { modality = '' } = facts;
  if (modality === 'CT' && facts.imageType?.includes('SECONDARY') !== true) return { kind: 'ct' };
  if (modality === 'MR') return { kind: 'mr' };
  if (reviewUnitOf(modality) === 'image') return { kind: 'radiograph' };
  return { reason: modality === 'CT' ? 'secondary-capture' : 'modality-not-measured' };
};
