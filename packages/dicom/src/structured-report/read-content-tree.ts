import { characterSetFor } from '../character-sets.ts';
import { numberOf, numbersOf, plainTextOf } from '../element-values.ts';
import { type CodedConcept, decodedText, type FactSource, type Oddity, sourceOfItem } from '../fact-readers.ts';
import { type DataSet, itemsOf } from '../read-data-set.ts';
import type { ContentItem, MeasuredNumber } from './content-item.ts';

/** Why a tree was not read to its end; what was read stands. */
export type ContentTreeProblem = 'content-tree-too-deep' | 'content-tree-too-large';

/** A report as a value, with why it was not read to its end and what could not be taken as it stands. */
export interface ContentTree {
  root: ContentItem;
  problem: ContentTreeProblem | undefined;
  oddities: Oddity[];
}

/** Levels of a report that are read; dose reports have 5, the deepest template of PS3.16 below 20. */
export const maxContentDepth = 256;
/** Nodes of a report that are read; a fluoroscopy of an hour has about 50,000. */
export const maxContentItems = 200_000;

const contentSequence = 0x0040a730;

/**
 * The content tree of a structured report as a value. Walks without recursion: a tree of any depth or size ends with a
 * `problem` and never with a full stack. Nodes given by reference (PS3.3 C.17.3.2.5) are noted and not followed.
 */
export const readContentTree = (dataSet: DataSet): ContentTree => {
  const oddities: Oddity[] = [];
  const characterSet = characterSetFor(plainTextOf(dataSet, 0x00080005));
  const rootSource: FactSource = { dataSet, characterSet, oddities };
  const root = itemOf(rootSource);
  let problem: ContentTreeProblem | undefined;
  let count = 1;
  const waiting = [{ source: rootSource, item: root, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { source, item, depth } = next;
    if (!source.dataSet.elements.has(contentSequence)) continue;
    if (depth >= maxContentDepth) {
      problem = 'content-tree-too-deep';
      continue;
    }
    const children = itemsOf(source.dataSet, contentSequence, maxContentItems - count + 1);
    count += children.length;
    if (count > maxContentItems) {
      problem = 'content-tree-too-large';
      break;
    }
    for (const child of children) {
      const childSource = sourceOfItem(source, child);
      const childItem = itemOf(childSource);
      item.children.push(childItem);
      waiting.push({ source: childSource, item: childItem, depth: depth + 1 });
    }
  }
  return { root, problem, oddities };
};

const itemOf = (source: FactSource): ContentItem => {
  const { dataSet } = source;
  const reference = numbersOf(dataSet, 0x0040db73, 'UL').filter(Number.isFinite);
  return {
    relationship: plainTextOf(dataSet, 0x0040a010) ?? '',
    valueType: reference.length > 0 ? 'REFERENCE' : (plainTextOf(dataSet, 0x0040a040) ?? ''),
    concept: conceptIn(source, 0x0040a043),
    text: textIn(source),
    code: conceptIn(source, 0x0040a168),
    number: numberIn(dataSet),
    sopInstanceUid: referencedUid(dataSet),
    referencedPosition: reference.length > 0 ? reference : undefined,
    children: [],
  };
};

/** UID, DateTime, Date, Time, PersonName, TextValue. */
const textTags = [0x0040a124, 0x0040a120, 0x0040a121, 0x0040a122, 0x0040a123, 0x0040a160];

const textIn = (source: FactSource): string | undefined => {
  for (const tag of textTags) {
    const element = source.dataSet.elements.get(tag);
    if (element !== undefined) return decodedText(source, element, 'TextValue', tag === 0x0040a123) || undefined;
  }
  return undefined;
};

const conceptIn = (source: FactSource, tag: number): CodedConcept | undefined => {
  const [item] = itemsOf(source.dataSet, tag, 1);
  if (item === undefined) return undefined;
  const meaning = item.elements.get(0x00080104);
  return {
    codeValue: plainTextOf(item, 0x00080100) ?? plainTextOf(item, 0x00080119) ?? plainTextOf(item, 0x00080120),
    codingScheme: plainTextOf(item, 0x00080102),
    codeMeaning:
      meaning === undefined ? undefined : decodedText(sourceOfItem(source, item), meaning, 'CodeMeaning') || undefined,
  };
};

const numberIn = (dataSet: DataSet): MeasuredNumber | undefined => {
  const [measured] = itemsOf(dataSet, 0x0040a300, 1);
  if (measured === undefined) return undefined;
  const value = numberOf(measured, 0x0040a30a, 'DS') ?? numberOf(measured, 0x0040a161, 'FD');
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const [unit] = itemsOf(measured, 0x004008ea, 1);
  return { value, unit: unit === undefined ? '' : (plainTextOf(unit, 0x00080100) ?? '') };
};

const referencedUid = (dataSet: DataSet): string | undefined => {
  const [reference] = itemsOf(dataSet, 0x00081199, 1);
  return reference === undefined ? undefined : plainTextOf(reference, 0x00081155);
};
