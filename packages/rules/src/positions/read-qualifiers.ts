import { filmTexts, type PositionEvidence, type PositionFactName, type PositionFacts } from './header-facts.ts';
import { qualifierWords, type Qualifier } from './qualifier.ts';
import { normaliseText, readWords } from './read-words.ts';
import { isOneView } from './view.ts';
import { viewsOfText } from './read-view.ts';

/** What the facts say beside part and view. */
export interface QualifierReading {
  readonly qualifiers: readonly Qualifier[];
  /** Only a study of several views says so: it may be another of its films. */
  readonly isUncertain: boolean;
  readonly evidence: readonly PositionEvidence[];
}

/** What the film's own descriptions say beside part and view; the study's only when they are silent. */
export const readQualifiers = (facts: PositionFacts): QualifierReading => {
  const own = filmTexts.flatMap((fact) => qualifiersOfText(fact, facts[fact]));
  const decubitus: PositionEvidence[] = ['RLD', 'LLD'].includes(facts.viewPosition.trim().toUpperCase())
    ? [{ fact: 'viewPosition', says: 'qualifier', value: 'decubitus' }]
    : [];
  const ofFilm = [...decubitus, ...own];
  if (ofFilm.length > 0) return asReading(ofFilm, false);
  const ofStudy = qualifiersOfText('studyDescription', facts.studyDescription);
  return asReading(ofStudy, !isOneView(viewsOfText(facts.studyDescription)));
};

const asReading = (evidence: readonly PositionEvidence[], isUncertain: boolean): QualifierReading => ({
  qualifiers: [...new Set(evidence.map(({ value }) => value as Qualifier))],
  isUncertain,
  evidence,
});

const qualifiersOfText = (fact: PositionFactName, text: string): PositionEvidence[] =>
  readWords(normaliseText(text), qualifierWords)
    .flatMap(({ qualifier, also }) => (also === undefined ? [qualifier] : [qualifier, also]))
    .map((value) => ({ fact, says: 'qualifier', value }));
