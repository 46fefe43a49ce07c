import { derivePosition } from '../positions/derive-position.ts';
import type { PositionFacts } from '../positions/header-facts.ts';
import { parts } from '../positions/part.ts';
import { readPart } from '../positions/read-part.ts';
import { reviewUnitOf } from '../modality.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import type { HeaderCheck } from './header-check.ts';

/** The facts a position is told from, of a header. */
export const positionFactsFrom = (facts: AnnotationFacts): PositionFacts => ({
  modality: facts.modality ?? '',
  viewPosition: facts.viewPosition ?? '',
  viewCodes: (facts.viewCodes ?? []).map(({ codeValue }) => codeValue ?? '').filter((code) => code !== ''),
  bodyPartExamined: facts.bodyPartExamined ?? '',
  imageLaterality: facts.imageLaterality ?? facts.laterality ?? '',
  protocolName: facts.protocolName ?? '',
  studyDescription: facts.studyDescription ?? '',
  seriesDescription: facts.seriesDescription ?? '',
});

/** Is the side of a paired part named, once, and do part and view agree wherever they are written? */
export const checkSide = (facts: AnnotationFacts): HeaderCheck[] => {
  if (reviewUnitOf(facts.modality ?? '') !== 'image') return [];
  const position = positionFactsFrom(facts);
  const derived = derivePosition(position);
  const [part, ...others] = readPart(position).parts;
  const isPaired = part !== undefined && others.length === 0 && parts[part].isPaired;
  const found: HeaderCheck[] = [];
  if (derived.isLateralityContradictory)
    found.push({ check: 'side-contradictory', keyword: 'ImageLaterality', value: position.imageLaterality });
  else if (isPaired && derived.laterality === null) found.push({ check: 'side-missing', keyword: 'ImageLaterality' });
  if (isTwoSides(facts.laterality, facts.imageLaterality))
    found.push({
      check: 'side-contradictory',
      keyword: 'Laterality',
      value: facts.laterality!,
      expected: facts.imageLaterality!,
    });
  if (derived.reason === 'parts-disagree') found.push({ check: 'part-contradictory', keyword: 'BodyPartExamined' });
  if (derived.reason === 'views-disagree') found.push({ check: 'view-contradictory', keyword: 'ViewPosition' });
  return found;
};

const isTwoSides = (one: string | undefined, other: string | undefined): boolean =>
  (one === 'L' && other === 'R') || (one === 'R' && other === 'L');
