import { allTexts, type PositionEvidence, type PositionFactName, type PositionFacts } from './header-facts.ts';
import { narrowerPart, partsOfBodyPartTerm, partWords, type Part } from './part.ts';
import { qualifierWords } from './qualifier.ts';
import { normaliseText, readWords } from './read-words.ts';

/** What the facts say about the body part. */
export interface PartReading {
  /** One part when all facts agree, several when none of them narrows it down, none when they exclude each other. */
  readonly parts: readonly Part[];
  readonly isNamed: boolean;
  readonly evidence: readonly PositionEvidence[];
}

/** Which body part the facts speak of; a knee and its patella agree, a chest and a hand do not. */
export const readPart = (facts: PositionFacts): PartReading => {
  const named = namedParts(facts);
  const parts = named.map(({ parts: set }) => set).reduce<readonly Part[] | null>(agreeingParts, null) ?? [];
  const evidence = named.map(({ fact, parts: set }) => ({ fact, says: 'part' as const, value: set.join('|') }));
  return { parts, isNamed: named.length > 0, evidence };
};

interface NamedParts {
  readonly fact: PositionFactName;
  readonly parts: readonly Part[];
}

const namedParts = (facts: PositionFacts): NamedParts[] => {
  const texts = allTexts.map((fact) => ({ fact, parts: partsOfText(facts[fact]) }));
  const term = partsOfBodyPartTerm(facts.bodyPartExamined);
  const bodyPart = term.length > 0 ? term : partsOfText(facts.bodyPartExamined);
  // Every mammography unit images breasts; some leave the body part empty.
  const modality: Part[] = facts.modality === 'MG' ? ['breast'] : [];
  const named: NamedParts[] = [
    { fact: 'modality', parts: modality },
    { fact: 'bodyPartExamined', parts: bodyPart },
    ...texts,
  ];
  return named.filter(({ parts }) => parts.length > 0);
};

const partsOfText = (text: string): Part[] => {
  const normalised = normaliseText(text);
  const implied = readWords(normalised, qualifierWords).flatMap(({ part }) => (part === undefined ? [] : [part]));
  const found = [...new Set([...readWords(normalised, partWords), ...implied])];
  return found.filter((part) => !found.some((other) => other !== part && narrowerPart(part, other) === other));
};

const agreeingParts = (agreed: readonly Part[] | null, named: readonly Part[]): readonly Part[] => {
  if (agreed === null) return named;
  const pairs = agreed.flatMap((one) => named.map((other) => narrowerPart(one, other)));
  return [...new Set(pairs.filter((part) => part !== null))];
};
