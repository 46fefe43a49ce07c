import { AppError } from '@jiapian/kernel';
import { characterSetFor, type CharacterSet } from './character-sets.ts';
import { conformedText, reversedUnits, SWAPPED_UNIT_BYTES } from './conform-values.ts';
import { dictionaryEntry } from './dictionary.ts';
import { itemTag, pixelDataTag, sequenceDelimitationTag, undefinedLength, type Element } from './element-header.ts';
import { numberOf, plainTextOf } from './element-values.ts';
import { itemsOfElement, readDataSet, type DataSet } from './read-data-set.ts';
import { encodeDataSet, LOCAL_TEXT_VRS, LONG_VRS, type WriteElement } from './write-data-set.ts';
import { joinChunks } from './write-part10.ts';
import type { WriteCharacterSet } from './write-text.ts';

/** The pixels of a copy: the samples as they are, or one code stream a frame. */
export type CopyPixels =
  | { readonly kind: 'samples'; readonly frames: readonly Uint8Array[] }
  | { readonly kind: 'streams'; readonly frames: readonly Uint8Array[] };

/** How the copy of a data set is written. */
export interface Conforming {
  /** Explicit or Implicit VR, always little endian. */
  readonly isExplicit: boolean;
  /** Every text of the copy is in this repertoire; null leaves text as it stands. */
  readonly characterSet: WriteCharacterSet | null;
  /** Top-level elements in the place of the object's own, in the character set of the copy. */
  readonly set: readonly WriteElement[];
  /** In the place of the object's own pixel data. */
  readonly pixels?: CopyPixels;
}

const SPECIFIC_CHARACTER_SET = 0x00080005;
const PIXEL_REPRESENTATION = 0x00280103;
const TRAILING_PADDING = 0xfffcfffc;
const LONGEST_SHORT_VALUE = 0xffff;
const ZERO_PADDED_VRS = new Set(['UI', 'OB', 'UN']);

/**
 * A whole data set as the bytes of a copy in another encoding or character set, chunk by chunk; pixel values pass by
 * reference. Values of odd length get the byte that PS3.5 §7.1.1 asks for; group lengths (retired) are left out. Private
 * elements that do not say what they are stay as they stand, byte for byte.
 *
 * Throws `DICOM_COPY_IMPOSSIBLE` for a data set that is cut or broken, `DICOM_TEXT_UNENCODABLE` with the tag for text
 * that cannot be read, or that the wanted character set does not hold.
 */
export const conformDataSet = (dataSet: DataSet, wanted: Conforming): Uint8Array[] => {
  if (!dataSet.isComplete) throw impossible(dataSet.problem ?? 'cut');
  const context: Context = {
    isExplicit: wanted.isExplicit,
    characterSet: wanted.characterSet,
    decodeBy: characterSetFor(plainTextOf(dataSet, SPECIFIC_CHARACTER_SET)),
    openNumbers: numberOf(dataSet, PIXEL_REPRESENTATION, 'US') === 1 ? 'SS' : 'US',
  };
  const pieces = piecesOf(dataSet, context);
  for (const element of wantedElements(dataSet, wanted)) pieces.set(element.tag, [joinChunks(write(element, wanted))]);
  const pixels = dataSet.elements.get(pixelDataTag);
  const head = [...pieces].filter(([tag]) => tag < pixelDataTag).toSorted(([one], [other]) => one - other);
  const chunks = [joinChunks(head.flatMap(([, piece]) => piece))];
  if (pixels === undefined)
    return [...chunks, ...[...pieces].filter(([tag]) => tag > pixelDataTag).flatMap(([, piece]) => piece)];
  return [...chunks, ...pixelsOf(dataSet, pixels, wanted, context)];
};

interface Context {
  readonly isExplicit: boolean;
  readonly characterSet: WriteCharacterSet | null;
  readonly decodeBy: CharacterSet;
  /** What "US or SS" of the standard is in this object. */
  readonly openNumbers: string;
}

const impossible = (reason: string): AppError => new AppError('DICOM_COPY_IMPOSSIBLE', { reason });

const wantedElements = (dataSet: DataSet, { set, characterSet }: Conforming): WriteElement[] => {
  if (characterSet === null) return [...set];
  const isAscii = characterSet === 'ISO_IR 6';
  if (isAscii && !dataSet.elements.has(SPECIFIC_CHARACTER_SET)) return [...set];
  return [...set, { tag: SPECIFIC_CHARACTER_SET, vr: 'CS', value: characterSet }];
};

const write = (element: WriteElement, { isExplicit, characterSet }: Conforming): Uint8Array[] =>
  encodeDataSet([element], { implicit: !isExplicit, characterSet: characterSet ?? 'ISO_IR 192' });

/** Every element but the pixel data, as the copy has it. */
const piecesOf = (dataSet: DataSet, context: Context): Map<number, Uint8Array[]> => {
  const pieces = new Map<number, Uint8Array[]>();
  for (const element of dataSet.elements.values()) {
    if (element.tag === pixelDataTag || (element.tag & 0xffff) === 0 || element.tag === TRAILING_PADDING) continue;
    if (element.isCut) throw impossible('cut');
    pieces.set(element.tag, elementOf(dataSet, element, context));
  }
  return pieces;
};

const elementOf = (dataSet: DataSet, element: Element, context: Context): Uint8Array[] => {
  const { tag, offset, length, isUndefinedLength } = element;
  const vr = vrOf(element, context);
  if (vr === 'SQ' || isUndefinedLength) return framed(tag, 'SQ', sequence(dataSet, element, context), context);
  const value = dataSet.bytes.subarray(offset, offset + length);
  const textVr = vr === 'UN' ? (dictionaryEntry(tag)?.vr ?? vr) : vr;
  if (context.characterSet !== null && LOCAL_TEXT_VRS.has(textVr)) {
    return framed(
      tag,
      vr,
      [conformedText(value, tag, textVr === 'PN', context.decodeBy, context.characterSet)],
      context,
    );
  }
  const isTurned = !dataSet.encoding.isLittleEndian && SWAPPED_UNIT_BYTES[vr] !== undefined;
  return framed(tag, vr, [isTurned ? reversedUnits(value, SWAPPED_UNIT_BYTES[vr] ?? 1) : value], context);
};

const vrOf = ({ tag, vr }: Element, { openNumbers }: Context): string => {
  const known = vr === '' ? (dictionaryEntry(tag)?.vr ?? 'UN') : vr;
  return known === 'xs' ? openNumbers : known;
};

const sequence = (dataSet: DataSet, element: Element, context: Context): Uint8Array[] =>
  itemsOfElement(dataSet, element).flatMap((item) => {
    const own = plainTextOf(item, SPECIFIC_CHARACTER_SET);
    const inner = own === undefined ? context : { ...context, decodeBy: characterSetFor(own) };
    const pieces = piecesOf(item, inner);
    if (own !== undefined && context.characterSet !== null) pieces.delete(SPECIFIC_CHARACTER_SET);
    const bytes = joinChunks([...pieces.values()].flat());
    return [tagAndLength(itemTag, bytes.length), bytes];
  });

const pixelsOf = (dataSet: DataSet, element: Element, wanted: Conforming, context: Context): Uint8Array[] => {
  const { bytes, encoding } = dataSet;
  const { offset, length, isUndefinedLength, isCut } = element;
  if (wanted.pixels?.kind === 'streams') return encapsulated(wanted.pixels.frames, context);
  if (wanted.pixels?.kind === 'samples') return framed(pixelDataTag, 'OW', wanted.pixels.frames, context);
  // The rest of the block is the code streams, their delimiter and what follows.
  if (isUndefinedLength) return [...openHeader(context), bytes.subarray(offset)];
  if (isCut) throw impossible('cut');
  const vr = element.vr === '' ? 'OW' : element.vr;
  const value = bytes.subarray(offset, offset + length);
  const turned = encoding.isLittleEndian || vr !== 'OW' ? value : reversedUnits(value, 2);
  const behind = piecesOf(readDataSet(bytes, offset + length, encoding), context);
  return [...framed(pixelDataTag, vr, [turned], context), ...[...behind.values()].flat()];
};

/** An empty offset table, then one fragment a frame (PS3.5 annex A.4). */
const encapsulated = (frames: readonly Uint8Array[], context: Context): Uint8Array[] => [
  ...openHeader(context),
  tagAndLength(itemTag, 0),
  ...frames.flatMap((frame) => [
    tagAndLength(itemTag, frame.length + (frame.length % 2)),
    frame,
    new Uint8Array(frame.length % 2),
  ]),
  tagAndLength(sequenceDelimitationTag, 0),
];

const openHeader = (context: Context): Uint8Array[] => [headerOf(pixelDataTag, 'OB', undefinedLength, context)];

const framed = (tag: number, vr: string, chunks: readonly Uint8Array[], context: Context): Uint8Array[] => {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const isOdd = length % 2 !== 0;
  const padding = isOdd ? [Uint8Array.of(ZERO_PADDED_VRS.has(vr) || vr.startsWith('O') ? 0 : 0x20)] : [];
  return [headerOf(tag, vr, length + padding.length, context), ...chunks, ...padding];
};

const headerOf = (tag: number, vr: string, length: number, { isExplicit }: Context): Uint8Array => {
  if (!isExplicit) return tagAndLength(tag, length);
  // A value too long for its VR is written as UN (PS3.5 §6.2.2, note 3).
  const written = !LONG_VRS.has(vr) && length > LONGEST_SHORT_VALUE ? 'UN' : vr;
  const isLong = LONG_VRS.has(written);
  const header = Buffer.alloc(isLong ? 12 : 8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  header.write(written, 4, 'latin1');
  if (isLong) header.writeUInt32LE(length, 8);
  else header.writeUInt16LE(length, 6);
  return header;
};

const tagAndLength = (tag: number, length: number): Uint8Array => {
  const header = Buffer.alloc(8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  header.writeUInt32LE(length, 4);
  return header;
};
