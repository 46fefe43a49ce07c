import { reviewUnitOf } from '../modality.ts';
import type { PositionEvidence, PositionFacts } from './header-facts.ts';
import { parts, type Part } from './part.ts';
import { positionLibrary } from './position-library.ts';
import type { Position } from './position.ts';
import { postures, type Qualifier } from './qualifier.ts';
import { readLaterality, type Laterality } from './read-laterality.ts';
import { readPart, type PartReading } from './read-part.ts';
import { readQualifiers, type QualifierReading } from './read-qualifiers.ts';
import { readView } from './read-view.ts';
import { frontal, isOneView, type View } from './view.ts';

/** Why a header tells no position: nothing said, facts against each other, several left open, or none of ours. */
export type NoPositionReason =
  | 'not-a-radiograph'
  | 'no-part'
  | 'parts-disagree'
  | 'several-parts'
  | 'no-view'
  | 'views-disagree'
  | 'several-views'
  | 'ambiguous'
  | 'not-in-library';

/** What a header tells about the position of its film. */
export interface DerivedPosition {
  readonly positionCode: string | null;
  /** Null for a part in the midline, and when no fact names a side or two facts contradict each other. */
  readonly laterality: Laterality | null;
  readonly isLateralityContradictory: boolean;
  /** `exact` part and view are named; `likely` a habit filled in what the words leave open. */
  readonly confidence: 'exact' | 'likely' | 'unknown';
  /** Why there is no position; null when there is one. */
  readonly reason: NoPositionReason | null;
  /** Codes a person may choose from first when there is no position. */
  readonly candidates: readonly string[];
  readonly because: readonly PositionEvidence[];
}

/**
 * Which position a film shows, from its header alone.
 *
 * All facts must agree, the coded ones and the Chinese or English descriptions; where they leave two positions open or
 * contradict each other the answer is none, with the reason. One habit is followed: a chest 正位 that no fact calls AP,
 * mobile or supine is the PA position (`likely`). CT, MR and other non-radiographs have no position of this library.
 */
export const derivePosition = (facts: PositionFacts): DerivedPosition => {
  if (reviewUnitOf(facts.modality) !== 'image') return { ...none('not-a-radiograph'), ...noSide, because: [] };
  const part = readPart(facts);
  const view = readView(facts);
  const qualifier = readQualifiers(facts);
  const [only, ...others] = part.parts;
  const one = others.length === 0 ? only : undefined;
  const side = one !== undefined && parts[one].isPaired ? readLaterality(facts) : null;
  const evidence = [...part.evidence, ...view.evidence, ...qualifier.evidence];
  return {
    ...(one === undefined ? none(whyNoPart(part)) : choosePosition(one, view.isNamed ? view.views : null, qualifier)),
    ...(side === null ? noSide : { laterality: side.laterality, isLateralityContradictory: side.isContradictory }),
    because: side === null ? evidence : [...evidence, ...side.evidence],
  };
};

const noSide = { laterality: null, isLateralityContradictory: false } as const;

const whyNoPart = (reading: PartReading): NoPositionReason => {
  if (!reading.isNamed) return 'no-part';
  return reading.parts.length === 0 ? 'parts-disagree' : 'several-parts';
};

type Choice = Pick<DerivedPosition, 'positionCode' | 'confidence' | 'reason' | 'candidates'>;

const none = (reason: NoPositionReason, candidates: readonly Position[] = []): Choice => ({
  positionCode: null,
  confidence: 'unknown',
  reason,
  candidates: candidates.map(({ code }) => code),
});

const chosen = (position: Position, confidence: 'exact' | 'likely'): Choice => ({
  positionCode: position.code,
  confidence,
  reason: null,
  candidates: [],
});

const choosePosition = (part: Part, namedViews: readonly View[] | null, reading: QualifierReading): Choice => {
  const ofPart = positionLibrary.filter((position) => position.part === part);
  const qualifiers = reading.qualifiers.filter((qualifier) => isTelling(qualifier, ofPart));
  // A chest film at the bedside or lying down is AP whatever else is left unsaid.
  const isBedside = part === 'chest' && reading.qualifiers.some((word) => word === 'mobile' || word === 'supine');
  const allowed = isBedside ? (namedViews ?? frontal).filter((view) => view !== 'pa') : namedViews;

  const plain = ofPart.filter((position) => position.qualifier === undefined);
  const special = ofPart.filter(({ qualifier }) => qualifier !== undefined && qualifiers.includes(qualifier));
  const isKnown = qualifiers.every((word) => ofPart.some(({ qualifier }) => qualifier === word));
  const possible = qualifiers.length === 0 ? plain : reading.isUncertain ? [...plain, ...special] : special;

  if (qualifiers.length > 0 && !isKnown) return none('not-in-library', ofPart);
  if (allowed === null) {
    const [only, ...others] = special;
    const isDecided = only !== undefined && others.length === 0 && !reading.isUncertain;
    return isDecided ? chosen(only, 'exact') : none('no-view', qualifiers.length > 0 ? possible : ofPart);
  }
  if (allowed.length === 0) return none('views-disagree', ofPart);
  if (!isOneView(allowed)) return none('several-views', byView(ofPart, allowed));
  return chooseByView(byView(possible, allowed), byView(ofPart, allowed), allowed, ofPart);
};

const byView = (positions: readonly Position[], allowed: readonly View[]): Position[] =>
  positions.filter((position) => allowed.includes(position.view));

/** Postures tell positions apart only where the library has them; every other qualifier always does. */
const isTelling = (qualifier: Qualifier, ofPart: readonly Position[]): boolean =>
  !postures.includes(qualifier) || ofPart.some((position) => position.qualifier === qualifier);

const chooseByView = (
  matching: readonly Position[],
  withAnyQualifier: readonly Position[],
  allowed: readonly View[],
  ofPart: readonly Position[],
): Choice => {
  const [only, ...others] = matching;
  if (only === undefined) {
    return withAnyQualifier.length > 0 ? none('ambiguous', withAnyQualifier) : none('not-in-library', ofPart);
  }
  if (others.length === 0) return chosen(only, 'exact');
  const isChestFrontal = only.part === 'chest' && allowed.every((view) => frontal.includes(view));
  const customary = isChestFrontal ? matching.find((position) => position.view === 'pa') : undefined;
  return customary === undefined ? none('ambiguous', matching) : chosen(customary, 'likely');
};
