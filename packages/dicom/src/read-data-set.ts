import type { Element, Encoding } from './element-header.ts';
import {
  itemTag,
  pixelDataTag,
  readElementHeader,
  undefinedLength,
  itemDelimitationTag,
  sequenceDelimitationTag,
} from './element-header.ts';

/** Nested sequences deeper than this are taken for garbage; structured reports stay below 20. */
const maxSequenceDepth = 64;

/** The top-level elements of a data set, by tag `0xGGGGEEEE`; values stay in the block and are read on demand. */
export interface DataSet {
  bytes: Uint8Array;
  encoding: Encoding;
  elements: ReadonlyMap<number, Element>;
  /** Did reading end at pixel data, at the given end, or at a clean element border (not inside a value)? */
  isComplete: boolean;
  /** Where reading stopped. */
  endOffset: number;
  /** What was wrong with the bytes, in words; reading stopped there. */
  problem: string | undefined;
}

/**
 * Reads the elements of a data set from `offset` to the end of the block, tolerantly: garbage ends the
 * reading with a `problem`, a cut value ends it with `isComplete: false`; nothing is thrown and nothing copied.
 * Pixel data (7FE0,0010) is the last element read.
 */
export const readDataSet = (bytes: Uint8Array, offset: number, encoding: Encoding, end = bytes.length): DataSet => {
  const elements = new Map<number, Element>();
  const stopped = readElements(bytes, offset, end, encoding, elements);
  return { bytes, encoding, elements, ...stopped };
};

const readElements = (
  bytes: Uint8Array,
  start: number,
  end: number,
  encoding: Encoding,
  elements: Map<number, Element>,
): { isComplete: boolean; endOffset: number; problem: string | undefined } => {
  let at = start;
  let previousTag = -1;
  while (at < end) {
    const header = readElementHeader(bytes, at, end, encoding);
    if (header === undefined) return stop(false, at, undefined);
    const { tag, vr, offset, length } = header;
    if (tag === itemDelimitationTag) return stop(true, offset, undefined);
    // Zero padding after the last element is common; tags otherwise rise.
    if (tag === 0) return stop(true, at, undefined);
    if (tag < previousTag && tag >>> 16 === 0xfffe) return stop(true, at, 'an item tag stands outside a sequence');
    previousTag = tag;
    const isUndefined = length === undefinedLength;
    if (tag === pixelDataTag) {
      const present = isUndefined ? end - offset : Math.min(length, end - offset);
      const isCut = !isUndefined && offset + length > end;
      elements.set(tag, { tag, vr, offset, length: present, isUndefinedLength: isUndefined, isCut });
      return stop(true, offset, undefined);
    }
    if (isUndefined) {
      const itemEncoding = encodingOfItems(vr, encoding);
      const skipped = skipSequence(bytes, offset, end, itemEncoding, 1);
      const element = { tag, vr, offset, length: skipped.valueEnd - offset, isUndefinedLength: true };
      elements.set(tag, { ...element, isCut: !skipped.isClosed });
      if (!skipped.isClosed) return stop(false, skipped.next, skipped.problem);
      at = skipped.next;
      continue;
    }
    const isCut = offset + length > end;
    if (!elements.has(tag)) {
      elements.set(tag, { tag, vr, offset, length: isCut ? end - offset : length, isUndefinedLength: false, isCut });
    }
    if (isCut) return stop(false, at, undefined);
    at = offset + length;
  }
  return stop(true, at, undefined);
};

const stop = (isComplete: boolean, endOffset: number, problem: string | undefined) => ({
  isComplete: isComplete && problem === undefined,
  endOffset,
  problem,
});

/** Items inside an UN of undefined length are implicit little endian whatever surrounds them (CP-246). */
const encodingOfItems = (vr: string, encoding: Encoding): Encoding =>
  vr === 'UN' && encoding.isExplicit ? { isExplicit: false, isLittleEndian: true } : encoding;

interface Skipped {
  /** End of the value, before the delimiter. */
  valueEnd: number;
  /** First byte after the delimiter. */
  next: number;
  isClosed: boolean;
  problem: string | undefined;
}

/** Walks the items of a sequence of undefined length to its delimiter. */
const skipSequence = (bytes: Uint8Array, start: number, end: number, encoding: Encoding, depth: number): Skipped => {
  const open = (at: number, problem?: string): Skipped => ({ valueEnd: at, next: at, isClosed: false, problem });
  if (depth > maxSequenceDepth) return open(start, 'sequences are nested too deep');
  let at = start;
  while (at < end) {
    const header = readElementHeader(bytes, at, end, encoding);
    if (header === undefined) return open(at);
    const { tag, offset, length } = header;
    if (tag === sequenceDelimitationTag) return { valueEnd: at, next: offset, isClosed: true, problem: undefined };
    if (tag !== itemTag) return open(at, 'a sequence holds something that is not an item');
    if (length !== undefinedLength) {
      if (offset + length > end) return open(end);
      at = offset + length;
      continue;
    }
    const item = skipItem(bytes, offset, end, encoding, depth);
    if (!item.isClosed) return item;
    at = item.next;
  }
  return open(at);
};

const skipItem = (bytes: Uint8Array, start: number, end: number, encoding: Encoding, depth: number): Skipped => {
  const open = (at: number): Skipped => ({ valueEnd: at, next: at, isClosed: false, problem: undefined });
  let at = start;
  while (at < end) {
    const header = readElementHeader(bytes, at, end, encoding);
    if (header === undefined) return open(at);
    const { tag, vr, offset, length } = header;
    if (tag === itemDelimitationTag) return { valueEnd: at, next: offset, isClosed: true, problem: undefined };
    if (length === undefinedLength) {
      const inner = skipSequence(bytes, offset, end, encodingOfItems(vr, encoding), depth + 1);
      if (!inner.isClosed) return inner;
      at = inner.next;
    } else {
      if (offset + length > end) return open(end);
      at = offset + length;
    }
  }
  return open(at);
};

/**
 * The items of a sequence element, each as a data set of its own (item tags excluded); empty for an
 * element that is absent or holds no items. Reading stops after `limit` items.
 */
export const itemsOf = (dataSet: DataSet, tag: number, limit = Infinity): DataSet[] => {
  const element = dataSet.elements.get(tag);
  return element === undefined ? [] : itemsOfElement(dataSet, element, limit);
};

/** As `itemsOf`, for an element already at hand. */
export const itemsOfElement = ({ bytes, encoding }: DataSet, element: Element, limit = Infinity): DataSet[] => {
  const items: DataSet[] = [];
  const itemEncoding = encodingOfItems(element.vr, encoding);
  const end = element.offset + element.length;
  let at = element.offset;
  while (at < end && items.length < limit) {
    const header = readElementHeader(bytes, at, end, itemEncoding);
    if (header === undefined || header.tag !== itemTag) break;
    const isOpen = header.length === undefinedLength;
    const itemEnd = isOpen ? end : Math.min(end, header.offset + header.length);
    const item = readDataSet(bytes, header.offset, itemEncoding, itemEnd);
    items.push(item);
    at = isOpen ? item.endOffset : itemEnd;
  }
  return items;
};
