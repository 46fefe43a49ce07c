import { allTexts, type PositionEvidence, type PositionFacts } from './header-facts.ts';
import { normaliseText, readWords } from './read-words.ts';
import { views, viewsOfViewCode, viewsOfViewPosition, viewWords, type View } from './view.ts';

/** What the facts say about the view. */
export interface ViewReading {
  /** The views that every fact allows; none when the facts exclude each other. */
  readonly views: readonly View[];
  readonly isNamed: boolean;
  readonly evidence: readonly PositionEvidence[];
}

/** Which views the coded facts and the descriptions allow together; 正位 allows AP and PA. */
export const readView = (facts: PositionFacts): ViewReading => {
  const named: { fact: PositionEvidence['fact']; views: readonly View[] }[] = [
    { fact: 'viewPosition' as const, views: viewsOfViewPosition[facts.viewPosition.trim().toUpperCase()] ?? [] },
    ...facts.viewCodes.map((code) => ({ fact: 'viewCodes' as const, views: viewsOfViewCode(code) ?? [] })),
    ...allTexts.map((fact) => ({ fact, views: viewsOfText(facts[fact]) })),
  ].filter((entry) => entry.views.length > 0);
  return {
    views: named.length === 0 ? [] : views.filter((view) => named.every((entry) => entry.views.includes(view))),
    isNamed: named.length > 0,
    evidence: named.map((entry) => ({ fact: entry.fact, says: 'view', value: entry.views.join('|') })),
  };
};

/** The views that a description names, all of them together. */
export const viewsOfText = (text: string): View[] => [...new Set(readWords(normaliseText(text), viewWords).flat())];
