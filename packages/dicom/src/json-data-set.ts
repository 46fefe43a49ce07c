import { AppError } from '@jiapian/kernel';
import type { DicomJson, JsonAttribute, JsonPersonName, JsonValue } from './dicom-json.ts';
import { dicomJsonOf } from './dicom-json.ts';
import type { DataSet } from './read-data-set.ts';
import { readDataSetOf } from './read-part10.ts';
import { chunkLength, encodeDataSet, type WriteElement, type WriteScalar } from './write-data-set.ts';

/** Implicit VR Little Endian (PS3.5 annex A.1). */
const IMPLICIT = '1.2.840.10008.1.2';

/**
 * A data set of the DICOM JSON model (PS3.18 annex F) as elements to be written, for messages of the network: MPPS,
 * worklists, queries. Bulk data are left out. Throws `DICOM_VALUE_UNWRITABLE` when encoded with a value that its VR
 * cannot hold.
 */
export const elementsOfJson = (json: DicomJson): WriteElement[] =>
  Object.entries(json).map(([tag, attribute]) => elementOf(Number.parseInt(tag, 16), attribute));

const elementOf = (tag: number, { vr, Value }: JsonAttribute): WriteElement => {
  const values = Value ?? [];
  if (vr === 'SQ') return { tag, vr, value: values.map((item) => elementsOfJson((item ?? {}) as DicomJson)) };
  if (vr === 'AT') return { tag, vr, value: values.map((text) => Number.parseInt(String(text), 16)) };
  return { tag, vr, value: values.map((value) => scalarOf(value, vr)) };
};

const scalarOf = (value: JsonValue, vr: string): WriteScalar => {
  if (value === null) return '';
  if (vr !== 'PN') return value as WriteScalar;
  const { Alphabetic = '', Ideographic = '', Phonetic = '' } = value as JsonPersonName;
  return [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
};

/** Encodes a data set of the JSON model in UTF-8; `transferSyntaxUid` is Implicit or Explicit VR Little Endian. */
export const encodeJson = (json: DicomJson, transferSyntaxUid: string): Uint8Array => {
  const declared = { '00080005': { vr: 'CS', Value: ['ISO_IR 192'] }, ...json };
  const chunks = encodeDataSet(elementsOfJson(declared), { implicit: transferSyntaxUid === IMPLICIT });
  const bytes = new Uint8Array(chunkLength(chunks));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};

/** Decodes the data set of a message. Throws `DICOM_UNREADABLE` when it is cut off or no data set. */
export const decodeJson = (bytes: Uint8Array, transferSyntaxUid: string): DicomJson =>
  bytes.length === 0 ? {} : wholeJson(readDataSetOf(bytes, 0, transferSyntaxUid));

const wholeJson = (dataSet: DataSet): DicomJson => {
  if (!dataSet.isComplete) throw new AppError('DICOM_UNREADABLE', { reason: dataSet.problem ?? 'cut off' });
  return dicomJsonOf(dataSet);
};

/** The first value of an attribute as text; empty when it is absent. A name is written as DICOM does. */
export const jsonText = (json: DicomJson, tag: string): string => {
  const value = json[tag]?.Value?.[0];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? String(scalarOf(value, 'PN')) : String(value);
};

/** All values of an attribute as text. */
export const jsonTexts = (json: DicomJson, tag: string): string[] =>
  (json[tag]?.Value ?? []).map((value) => (value === null ? '' : String(value)));

/** The first value of an attribute as a number; undefined when it is absent or none. */
export const jsonNumber = (json: DicomJson, tag: string): number | undefined => {
  const value = json[tag]?.Value?.[0];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** The items of a sequence; none when it is absent. */
export const jsonItems = (json: DicomJson, tag: string): DicomJson[] =>
  (json[tag]?.Value ?? []).filter((item): item is DicomJson => typeof item === 'object' && item !== null);
