import type { CodedConcept } from '../fact-readers.ts';

/** A number of a report with its unit as written (UCUM code value), undefined when the report left it empty. */
export interface MeasuredNumber {
  value: number;
  unit: string;
}

/** One node of a structured report (PS3.3 C.17.3): what it is about, what it says, and what hangs below it. */
export interface ContentItem {
  /** `CONTAINS`, `HAS CONCEPT MOD`, …; empty for the root. */
  relationship: string;
  /** `CONTAINER`, `NUM`, `CODE`, `TEXT`, `UIDREF`, `DATETIME`, …; `REFERENCE` for a node given by reference. */
  valueType: string;
  concept: CodedConcept | undefined;
  /** Of TEXT, PNAME, DATE, TIME, DATETIME (as written) and UIDREF. */
  text: string | undefined;
  code: CodedConcept | undefined;
  number: MeasuredNumber | undefined;
  /** The object that an IMAGE, COMPOSITE or WAVEFORM node points to. */
  sopInstanceUid: string | undefined;
  /** Position of the node meant by a by-reference relationship, from the root; it is never followed, so no cycle can hold a reader. */
  referencedPosition: readonly number[] | undefined;
  children: ContentItem[];
}

/** Does the item speak of this concept? Codes of DCM are compared by value alone: some writers leave the scheme out. */
export const isConcept = (item: ContentItem, ...codeValues: readonly string[]): boolean =>
  item.concept?.codeValue !== undefined && codeValues.includes(item.concept.codeValue);

/** The first child about one of the concepts. */
export const childOf = (item: ContentItem, ...codeValues: readonly string[]): ContentItem | undefined =>
  item.children.find((child) => isConcept(child, ...codeValues));

/** Every child about one of the concepts. */
export const childrenOf = (item: ContentItem, ...codeValues: readonly string[]): ContentItem[] =>
  item.children.filter((child) => isConcept(child, ...codeValues));

/** Every descendant about one of the concepts, in the order of the report. The item itself is left out. */
export const descendantsOf = (item: ContentItem, ...codeValues: readonly string[]): ContentItem[] => {
  const found: ContentItem[] = [];
  const waiting = item.children.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isConcept(next, ...codeValues)) found.push(next);
    waiting.push(...next.children.toReversed());
  }
  return found;
};
