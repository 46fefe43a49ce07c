import type { HeaderFacts } from '@jiapian/dicom';
import { reviewUnitOf } from '@jiapian/rules';
import type { MeasureKind } from './measure-job.ts';

/** Which set of pixel measurements fits an object, or why none does. */
export const measureKindOf = (facts: HeaderFacts): { kind: MeasureKind } | { reason: string } => {
  if (facts.kind !== 'image') return { reason: 'not-an-image' };
  if (!facts.hasPixelData) return { reason: 'no-pixel-data' };
  const { modality = '' } = facts;
  if (modality === 'CT' && !isSecondaryCapture(facts.sopClassUid)) return { kind: 'ct' };
  if (modality === 'MR') return { kind: 'mr' };
  if (reviewUnitOf(modality) === 'image') return { kind: 'radiograph' };
  return { reason: modality === 'CT' ? 'secondary-capture' : 'modality-not-measured' };
};

/** A picture of a screen has no modality values (PS3.3 A.8). */
const isSecondaryCapture = (sopClassUid: string): boolean =>
  /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.|$)/.test(sopClassUid);
