import type { PositionFacts } from './header-facts.ts';
import { normaliseText } from './read-words.ts';

/**
 * What a person's correction is remembered under, on one device: the facts that the device writes alike for every film
 * of a position, normalised. The study description is the order's and not the device's, so it counts only where the
 * device itself says nothing. Null when no fact is present: nothing could be recognised again.
 */
export const mappingKey = (facts: PositionFacts): string | null => {
  const own = [facts.bodyPartExamined, facts.viewPosition, facts.protocolName, facts.seriesDescription];
  const codes = [...facts.viewCodes].sort().join('+');
  const words = own.map(normaliseText);
  const isSilent = codes === '' && words.every((word) => word === '');
  const study = isSilent ? normaliseText(facts.studyDescription) : '';
  if (isSilent && study === '') return null;
  return [facts.modality, ...words, codes, study].join('|');
};
