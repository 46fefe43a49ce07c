import { isoDateTime } from '../date-time.ts';
import type { CodedConcept, Oddity } from '../fact-readers.ts';
import { childOf, childrenOf, type ContentItem } from '../structured-report/index.ts';
import { inOurUnit, type Quantity } from './dose-units.ts';

/** Reads figures of a report's node in our units; what cannot be read is named in `oddities`. */
export interface ReportReader {
  /** The first child about one of the codes. */
  figure(item: ContentItem | undefined, quantity: Quantity, ...codeValues: readonly string[]): number | undefined;
  /** Every child about one of the codes that has a number. */
  figures(item: ContentItem | undefined, quantity: Quantity, ...codeValues: readonly string[]): number[];
  oddities: Oddity[];
}

export const createReportReader = (oddities: Oddity[]): ReportReader => {
  const convert = (quantity: Quantity, child: ContentItem): number | undefined => {
    if (child.number === undefined) return undefined;
    const value = inOurUnit(quantity, child.number);
    if (value === undefined) {
      const keyword = child.concept?.codeMeaning ?? child.concept?.codeValue ?? 'MeasuredValueSequence';
      oddities.push({ keyword, reason: `has the unit "${child.number.unit}", which is none of ${quantity}` });
    }
    return value;
  };
  const figures: ReportReader['figures'] = (item, quantity, ...codeValues) =>
    item === undefined
      ? []
      : childrenOf(item, ...codeValues)
          .map((child) => convert(quantity, child))
          .filter((value) => value !== undefined);
  return { figures, figure: (...wanted) => figures(...wanted)[0], oddities };
};

/** The words of a child: its text, else the meaning of its code. */
export const wordsOf = (item: ContentItem | undefined, ...codeValues: readonly string[]): string | undefined => {
  const child = item === undefined ? undefined : childOf(item, ...codeValues);
  return child?.text ?? child?.code?.codeMeaning;
};

/** A moment as ISO date and time; undefined when it is none. */
export const momentOf = (item: ContentItem, ...codeValues: readonly string[]): string | undefined => {
  const moment = isoDateTime(childOf(item, ...codeValues)?.text ?? '');
  if (moment === undefined) return undefined;
  return moment.time === undefined ? moment.date : `${moment.date}T${moment.time}${moment.offset ?? ''}`;
};

/** Yes and No in SNOMED CT and the older SRT spelling (PS3.16 CID 230). */
const noCodes = new Set(['R-00339', '373067005']);

/** Does the report mark this? Present with anything but No counts: some devices give the reason as the value. */
export const isMarked = (item: ContentItem, codeValue: string): boolean => {
  const mark = childOf(item, codeValue);
  if (mark === undefined) return false;
  if (mark.number !== undefined) return mark.number.value !== 0;
  const isNo =
    noCodes.has(mark.code?.codeValue ?? '') || /^(no|false|n)$/i.test(mark.code?.codeMeaning ?? mark.text ?? '');
  return !isNo;
};

const sides: readonly (readonly [side: string, codes: readonly string[], words: RegExp])[] = [
  ['L', ['G-A101', '7771000', 'T-04030', '80248007'], /^left/i],
  ['R', ['G-A100', '24028007', 'T-04020', '73056007'], /^right/i],
  ['B', ['G-A102', '51440002', 'T-04080', '63762007'], /^(both|bilateral)/i],
];

/** `L`, `R` or `B` of a laterality code or a breast's code (PS3.16 CID 244, 6022). */
export const sideOf = (code: CodedConcept | undefined): string | undefined =>
  sides.find(([, codes, words]) => codes.includes(code?.codeValue ?? '') || words.test(code?.codeMeaning ?? ''))?.[0];
