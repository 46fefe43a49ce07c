import { characterSetFor, type CharacterSet } from './character-sets.ts';
import { dictionaryEntry } from './dictionary.ts';
import { itemTag, type Element } from './element-header.ts';
import { plainTextOf, plainTextOfElement } from './element-values.ts';
import { itemsOfElement, type DataSet } from './read-data-set.ts';
import { encodeDataSet, LOCAL_TEXT_VRS, LONG_VRS } from './write-data-set.ts';
import { joinChunks } from './write-part10.ts';
import { encodeText } from './write-text.ts';

/** Specific Character Set. */
export const SPECIFIC_CHARACTER_SET = 0x00080005;
/** Tag and length; tag, VR, reserved bytes and length (PS3.5 §7.1.2). */
const SHORT_HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 12;
/** The delimiter behind a sequence of undefined length (PS3.5 §7.5). */
const DELIMITER_BYTES = 8;

/** How elements become those of a copy. */
export interface Rewriting {
  /** The UID of the copy for one of the object. */
  readonly uidOf: (uid: string) => string;
  /** Text is decoded by it and written as UTF-8; null leaves text as it stands. */
  readonly decodeBy: CharacterSet | null;
}

/** First byte after an element and its delimiter. */
export const endOfElement = ({ offset, length, isUndefinedLength }: Element): number =>
  offset + length + (isUndefinedLength ? DELIMITER_BYTES : 0);

/** An element of a little endian data set as bytes, header included, with other UIDs and text; `raw` when nothing changes. */
export const rewriteElement = (
  dataSet: DataSet,
  element: Element,
  raw: Uint8Array,
  rewriting: Rewriting,
): Uint8Array => {
  const vr = element.vr === '' ? (dictionaryEntry(element.tag)?.vr ?? 'UN') : element.vr;
  const implicit = !dataSet.encoding.isExplicit;
  if (vr === 'SQ') return rewriteItems(dataSet, element, raw, rewriting);
  if (vr === 'UI') {
    const uids = plainTextOfElement(dataSet, element).split('\\');
    const mapped = uids.map(rewriting.uidOf);
    if (mapped.every((uid, index) => uid === uids[index])) return raw;
    return joinChunks(encodeDataSet([{ tag: element.tag, vr, value: mapped }], { implicit }));
  }
  const { decodeBy } = rewriting;
  if (decodeBy === null || !LOCAL_TEXT_VRS.has(vr)) return raw;
  const { text } = decodeBy.decode(dataSet.bytes, element.offset, element.offset + element.length, vr === 'PN');
  return framed(element.tag, vr, implicit, encodeText(text, 'ISO_IR 192'));
};

const rewriteItems = (dataSet: DataSet, element: Element, raw: Uint8Array, rewriting: Rewriting): Uint8Array => {
  const items = itemsOfElement(dataSet, element).map((item) => rewriteItem(item, rewriting));
  if (items.every(({ isChanged }) => !isChanged)) return raw;
  return sequenceOf(
    element.tag,
    !dataSet.encoding.isExplicit,
    items.map(({ bytes }) => bytes),
  );
};

/** The elements of an item as bytes, text as UTF-8 where it is to be decoded. */
export const bytesOfItem = (item: DataSet, decodeBy: CharacterSet | null): Uint8Array =>
  rewriteItem(item, { uidOf: (uid) => uid, decodeBy }).bytes;

const rewriteItem = (item: DataSet, { uidOf, decodeBy }: Rewriting): { bytes: Uint8Array; isChanged: boolean } => {
  const own = plainTextOf(item, SPECIFIC_CHARACTER_SET);
  const rewriting = { uidOf, decodeBy: decodeBy === null || own === undefined ? decodeBy : characterSetFor(own) };
  let isChanged = false;
  let at: number | null = null;
  const pieces: Uint8Array[] = [];
  for (const element of item.elements.values()) {
    const raw = item.bytes.subarray(at ?? element.offset - headerBytesOf(item, element), endOfElement(element));
    at = endOfElement(element);
    if (decodeBy !== null && element.tag === SPECIFIC_CHARACTER_SET) {
      isChanged = true;
      continue;
    }
    const bytes = rewriteElement(item, element, raw, rewriting);
    isChanged ||= bytes !== raw;
    pieces.push(bytes);
  }
  return { bytes: joinChunks(pieces), isChanged };
};

const headerBytesOf = ({ encoding }: DataSet, { vr }: Element): number =>
  encoding.isExplicit && LONG_VRS.has(vr) ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES;

/** A sequence with these items, each the bytes of its elements; every length is defined. */
export const sequenceOf = (tag: number, implicit: boolean, items: readonly Uint8Array[]): Uint8Array =>
  framed(tag, 'SQ', implicit, joinChunks(items.flatMap((item) => [itemHeader(item.length), item])));

const itemHeader = (length: number): Uint8Array => {
  const header = new DataView(new ArrayBuffer(SHORT_HEADER_BYTES));
  writeTag(header, itemTag);
  header.setUint32(4, length, true);
  return new Uint8Array(header.buffer);
};

const framed = (tag: number, vr: string, implicit: boolean, value: Uint8Array): Uint8Array => {
  const padding = value.length % 2 === 0 ? new Uint8Array() : Uint8Array.of(0x20);
  const length = value.length + padding.length;
  const isLong = !implicit && LONG_VRS.has(vr);
  const header = new DataView(new ArrayBuffer(isLong ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES));
  writeTag(header, tag);
  if (implicit) header.setUint32(4, length, true);
  else {
    header.setUint8(4, vr.charCodeAt(0));
    header.setUint8(5, vr.charCodeAt(1));
    if (isLong) header.setUint32(SHORT_HEADER_BYTES, length, true);
    else header.setUint16(6, length, true);
  }
  return joinChunks([new Uint8Array(header.buffer), value, padding]);
};

const writeTag = (header: DataView, tag: number): void => {
  header.setUint16(0, tag >>> 16, true);
  header.setUint16(2, tag & 0xffff, true);
};
