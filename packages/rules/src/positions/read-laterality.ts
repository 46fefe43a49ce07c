import { allTexts, type PositionEvidence, type PositionFacts } from './header-facts.ts';
import { normaliseText, readWords, type Word } from './read-words.ts';

/** Left, right, or both sides on one film. */
export type Laterality = 'L' | 'R' | 'B';

/** What the facts say about the side. */
export interface LateralityReading {
  readonly laterality: Laterality | null;
  /** One fact says left, another right. */
  readonly isContradictory: boolean;
  readonly evidence: readonly PositionEvidence[];
}

// Directions of the beam name a side of the body, too, and are taken out first.
const sideWords: readonly Word<Laterality | null>[] = [
  [/[左右][前后]斜位?|[左右]侧位/g, null],
  [/双侧?|左右|两侧|\bBILAT(?:ERAL)?\b|\bBOTH\b/g, 'B'],
  [/左|\b(?:LEFT|LT|L)\b/g, 'L'],
  [/右|\b(?:RIGHT|RT|R)\b/g, 'R'],
];

/** Which side the facts name; a study of both sides agrees with a film of one. */
export const readLaterality = (facts: PositionFacts): LateralityReading => {
  const coded = facts.imageLaterality.trim().toUpperCase();
  const evidence: PositionEvidence[] = [
    ...(isLaterality(coded) ? [{ fact: 'imageLaterality' as const, says: 'laterality' as const, value: coded }] : []),
    ...allTexts.flatMap((fact) =>
      sidesOfText(facts[fact]).map((value) => ({ fact, says: 'laterality' as const, value })),
    ),
  ];
  const sides = new Set(evidence.map(({ value }) => value));
  const isContradictory = sides.has('L') && sides.has('R');
  const laterality = (['L', 'R', 'B'] as const).find((side) => sides.has(side)) ?? null;
  return { laterality: isContradictory ? null : laterality, isContradictory, evidence };
};

const isLaterality = (value: string): value is Laterality => ['L', 'R', 'B'].includes(value);

const sidesOfText = (text: string): Laterality[] =>
  readWords(normaliseText(text), sideWords).filter((side) => side !== null);
