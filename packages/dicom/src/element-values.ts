import type { DataSet } from './read-data-set.ts';
import { type Element, readTag, readUint16, readUint32 } from './element-header.ts';
import { trimmedLatin1 } from './text-bytes.ts';

/** The trimmed ISO 8859-1 text of an element; undefined when absent or empty. For codes, UIDs, numbers, dates. */
export const plainTextOf = (dataSet: DataSet, tag: number): string | undefined => {
  const element = dataSet.elements.get(tag);
  return element === undefined ? undefined : plainTextOfElement(dataSet, element) || undefined;
};

/** As `plainTextOf`, for an element already at hand; empty for an empty one. */
export const plainTextOfElement = ({ bytes }: DataSet, element: Element): string =>
  trimmedLatin1(bytes, element.offset, element.offset + element.length);

type BinaryReader = { size: number; read(view: DataView, at: number, isLittleEndian: boolean): number };

const binaryReaders: Readonly<Record<string, BinaryReader>> = {
  US: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  OW: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  SS: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  UL: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  OL: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  SL: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  FL: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  OF: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  FD: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  OD: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  UV: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  SV: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  OV: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

/** A VR whose values are binary numbers of a fixed size. */
export const isBinaryVr = (vr: string): boolean => vr in binaryReaders;

/**
 * The numbers of an element, written in binary or as DS/IS text; `NaN` stands where a value is no number.
 * `dictionaryVr` is what the standard says, for encodings that do not carry the VR.
 */
export const numbersOfElement = (dataSet: DataSet, element: Element, dictionaryVr: string): number[] => {
  const vr = element.vr === '' || element.vr === 'UN' ? dictionaryVr : element.vr;
  const binary = binaryReaders[vr];
  if (binary === undefined) {
    const text = plainTextOfElement(dataSet, element);
    return text === '' ? [] : text.split('\\').map(numberOfText);
  }
  const { bytes, encoding } = dataSet;
  const numbers: number[] = [];
  if (binary.size === 2 && element.length === 2) {
    const unsigned = readUint16(bytes, element.offset, encoding.isLittleEndian);
    return [vr === 'SS' ? (unsigned << 16) >> 16 : unsigned];
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + binary.size <= element.length; at += binary.size) {
    numbers.push(binary.read(view, element.offset + at, encoding.isLittleEndian));
  }
  return numbers;
};

/** A decimal or integer string; a decimal comma, seen from European consoles, is read as a point. */
export const numberOfText = (text: string): number => {
  const trimmed = text.trim();
  return decimal.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
};
const decimal = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/;

/** Numbers of an element by tag; empty when it is absent. */
export const numbersOf = (dataSet: DataSet, tag: number, dictionaryVr: string): number[] => {
  const element = dataSet.elements.get(tag);
  return element === undefined ? [] : numbersOfElement(dataSet, element, dictionaryVr);
};

/** The first number of an element by tag; undefined when it is absent or no number. */
export const numberOf = (dataSet: DataSet, tag: number, dictionaryVr: string): number | undefined => {
  const [first] = numbersOf(dataSet, tag, dictionaryVr);
  return first === undefined || Number.isNaN(first) ? undefined : first;
};

/** The tags held by an AT element. */
export const tagsOfElement = ({ bytes, encoding }: DataSet, element: Element): number[] => {
  const tags: number[] = [];
  for (let at = 0; at + 4 <= element.length; at += 4) {
    tags.push(readTag(bytes, element.offset + at, encoding.isLittleEndian));
  }
  return tags;
};

/** The 32-bit unsigned words of a byte range, little endian (basic offset tables). */
export const uint32Words = (bytes: Uint8Array, start: number, length: number): number[] => {
  const words: number[] = [];
  for (let at = 0; at + 4 <= length; at += 4) words.push(readUint32(bytes, start + at, true));
  return words;
};
