import { AppError } from '@jiapian/kernel';
import { type DataSet, readDataSet } from './read-data-set.ts';
import { pixelDataTag, readElementHeader } from './element-header.ts';
import { guessTransferSyntax } from './guess-transfer-syntax.ts';
import { inflateDataSet } from './inflate-data-set.ts';
import { trimmedLatin1 } from './text-bytes.ts';
import { implicitLittleEndian, transferSyntaxFor } from './transfer-syntaxes.ts';

/** What the head of a DICOM file says about itself, and its data set as far as the block reaches. */
export interface Part10 {
  transferSyntaxUid: string;
  /** The meta information named the transfer syntax; false when it was guessed from the bytes. */
  isTransferSyntaxDeclared: boolean;
  hasPreamble: boolean;
  hasMeta: boolean;
  mediaStorageSopClassUid: string | undefined;
  mediaStorageSopInstanceUid: string | undefined;
  /** SOP Instance UID of the data set, else of the meta information. */
  sopInstanceUid: string | undefined;
  implementationClassUid: string | undefined;
  implementationVersionName: string | undefined;
  sourceAeTitle: string | undefined;
  sendingAeTitle: string | undefined;
  receivingAeTitle: string | undefined;
  /** First byte of the data set in the file (of the deflated stream when the syntax is deflated). */
  dataSetOffset: number;
  /** Reading came to pixel data or the end without a cut value; false asks for a longer block. */
  isComplete: boolean;
  dataSet: DataSet;
}

const preambleLength = 128;

/**
 * Reads a DICOM file, or the first block of one: with or without preamble, meta information, meta group
 * length or transfer syntax (guessed from the bytes then), deflated data sets included. Values are not copied.
 *
 * Throws INTAKE_NOT_DICOM when nothing in the bytes looks like a data set, DICOM_UNREADABLE when the file
 * is DICOM but its data set cannot be entered; `facts.reason` says why in words.
 */
export const readPart10 = (bytes: Uint8Array): Part10 => {
  if (bytes.length === 0) throw new AppError('INTAKE_NOT_DICOM', { reason: 'the file is empty' });
  const hasPreamble = hasMagicAt(bytes, preambleLength);
  const metaStart = hasPreamble ? preambleLength + 4 : hasMagicAt(bytes, 0) ? 4 : 0;
  const meta = readMeta(bytes, metaStart);
  const dataSetOffset = meta.end;
  if (dataSetOffset >= bytes.length) {
    if (meta.elements.size === 0 && metaStart === 0) throw notDicom();
    throw new AppError('DICOM_UNREADABLE', { reason: 'the file ends before its data set begins' });
  }
  const declared = meta.text(0x00020010);
  const hasMeta = meta.elements.size > 0;
  // Implicit little endian is what DICOM falls back to (PS3.5 section 10.1), but only for a file that says it is DICOM.
  const transferSyntaxUid =
    syntaxOf(bytes, dataSetOffset, declared) ?? (hasMeta || metaStart > 0 ? implicitLittleEndian : undefined);
  if (transferSyntaxUid === undefined) throw notDicom();
  const dataSet = readDataSetOf(bytes, dataSetOffset, transferSyntaxUid);
  return {
    transferSyntaxUid,
    isTransferSyntaxDeclared: declared === transferSyntaxUid,
    hasPreamble,
    hasMeta,
    mediaStorageSopClassUid: meta.text(0x00020002),
    mediaStorageSopInstanceUid: meta.text(0x00020003),
    sopInstanceUid: uidIn(dataSet, 0x00080018) ?? meta.text(0x00020003),
    implementationClassUid: meta.text(0x00020012),
    implementationVersionName: meta.text(0x00020013),
    sourceAeTitle: meta.text(0x00020016),
    sendingAeTitle: meta.text(0x00020017),
    receivingAeTitle: meta.text(0x00020018),
    dataSetOffset,
    isComplete: dataSet.isComplete,
    dataSet,
  };
};

/** The data set that begins at `offset` in the named transfer syntax; inflated when the syntax is deflated. */
export const readDataSetOf = (bytes: Uint8Array, offset: number, transferSyntaxUid: string): DataSet => {
  const syntax = transferSyntaxFor(transferSyntaxUid);
  if (!syntax.isDeflated) return readDataSet(bytes, offset, syntax);
  const inflated = inflateDataSet(bytes.subarray(offset));
  const dataSet = readDataSet(inflated.bytes, 0, syntax);
  return inflated.isWhole ? dataSet : { ...dataSet, isComplete: dataSet.elements.has(pixelDataTag) };
};

const notDicom = (): AppError =>
  new AppError('INTAKE_NOT_DICOM', { reason: 'the bytes do not begin like a DICOM file or data set' });

const hasMagicAt = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;

const metaEncoding = { isExplicit: true, isLittleEndian: true };

/** Group 0002, told by its tags and not by its group length, which is missing or wrong in some files. */
const readMeta = (bytes: Uint8Array, start: number) => {
  let end = start;
  const elements = new Map<number, { offset: number; length: number }>();
  while (end + 8 <= bytes.length && bytes[end] === 0x02 && bytes[end + 1] === 0x00) {
    const header = readElementHeader(bytes, end, bytes.length, metaEncoding);
    if (header === undefined || header.offset + header.length > bytes.length) break;
    elements.set(header.tag, header);
    end = header.offset + header.length;
  }
  const text = (tag: number): string | undefined => {
    const element = elements.get(tag);
    if (element === undefined) return undefined;
    return trimmedLatin1(bytes, element.offset, element.offset + element.length) || undefined;
  };
  return { end, elements, text };
};

/** The declared syntax, unless it is missing or the first element plainly contradicts it. */
const syntaxOf = (bytes: Uint8Array, offset: number, declared: string | undefined): string | undefined => {
  if (declared !== undefined && transferSyntaxFor(declared).isDeflated) return declared;
  const guessed = guessTransferSyntax(bytes, offset);
  if (declared === undefined || guessed === undefined) return declared ?? guessed;
  const saysLittle = transferSyntaxFor(declared).isLittleEndian;
  if (saysLittle !== transferSyntaxFor(guessed).isLittleEndian) return guessed;
  return declared === implicitLittleEndian ? guessed : declared;
};

const uidIn = ({ bytes, elements }: DataSet, tag: number): string | undefined => {
  const element = elements.get(tag);
  if (element === undefined) return undefined;
  return trimmedLatin1(bytes, element.offset, element.offset + element.length) || undefined;
};
