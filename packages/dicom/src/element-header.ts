import { vrOfBytes } from './value-representations.ts';

/** How the bytes of a data set are written. */
export interface Encoding {
  isExplicit: boolean;
  isLittleEndian: boolean;
}

/** One data element: tag as `0xGGGGEEEE`, VR (`''` when the encoding does not say), where its value lies. */
export interface Element {
  tag: number;
  vr: string;
  /** First byte of the value. */
  offset: number;
  /** Bytes of the value as present in the block, delimiters excluded. */
  length: number;
  /** The header said "undefined length": a sequence or encapsulated pixel data. */
  isUndefinedLength: boolean;
  /** The value runs beyond the end of the block. */
  isCut: boolean;
}

/** The length that means: read on to the delimiter (PS3.5 section 7.5). */
export const undefinedLength = 0xffffffff;
/** Item (FFFE,E000). */
export const itemTag = 0xfffee000;
/** Item Delimitation Item (FFFE,E00D). */
export const itemDelimitationTag = 0xfffee00d;
/** Sequence Delimitation Item (FFFE,E0DD). */
export const sequenceDelimitationTag = 0xfffee0dd;
/** Pixel Data (7FE0,0010). */
export const pixelDataTag = 0x7fe00010;

/** Two bytes as an unsigned number; the caller knows they are there. */
export const readUint16 = (bytes: Uint8Array, at: number, isLittleEndian: boolean): number =>
  isLittleEndian ? bytes[at]! | (bytes[at + 1]! << 8) : (bytes[at]! << 8) | bytes[at + 1]!;

/** Four bytes as an unsigned number; the caller knows they are there. */
export const readUint32 = (bytes: Uint8Array, at: number, isLittleEndian: boolean): number =>
  isLittleEndian
    ? (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
    : ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

/** A tag as `0xGGGGEEEE`; the caller knows its four bytes are there. */
export const readTag = (bytes: Uint8Array, at: number, isLittleEndian: boolean): number =>
  ((readUint16(bytes, at, isLittleEndian) << 16) | readUint16(bytes, at + 2, isLittleEndian)) >>> 0;

const isUpperCase = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/** Tag, VR, value offset and declared length at `at`; undefined when the block ends inside the header. */
export const readElementHeader = (
  bytes: Uint8Array,
  at: number,
  end: number,
  { isExplicit, isLittleEndian }: Encoding,
): { tag: number; vr: string; offset: number; length: number } | undefined => {
  if (at + 8 > end) return undefined;
  const tag = readTag(bytes, at, isLittleEndian);
  const isDelimiter = tag >>> 16 === 0xfffe;
  const first = bytes[at + 4]!;
  const second = bytes[at + 5]!;
  // Some writers put implicit elements into an explicit data set: a VR is two capital letters or it is none.
  if (!isExplicit || isDelimiter || !isUpperCase(first) || !isUpperCase(second)) {
    return { tag, vr: '', offset: at + 8, length: readUint32(bytes, at + 4, isLittleEndian) };
  }
  const known = vrOfBytes(first, second);
  const short = { tag, vr: known?.vr ?? 'UN', offset: at + 8, length: readUint16(bytes, at + 6, isLittleEndian) };
  if (known !== undefined && !known.isLong) return short;
  if (at + 12 > end) return known === undefined ? short : undefined;
  const length = readUint32(bytes, at + 8, isLittleEndian);
  // A VR of a later standard has a 32-bit length (PS3.5 section 7.1.2), a misspelt one most likely 16 bits.
  if (known === undefined && (short.length !== 0 || at + 12 + length > end)) return short;
  return { tag, vr: short.vr, offset: at + 12, length };
};
