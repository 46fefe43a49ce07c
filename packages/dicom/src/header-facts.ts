import { AppError } from '@jiapian/kernel';
import { characterSetFor } from './character-sets.ts';
import type { DataSet } from './read-data-set.ts';
import { isoDateTime, isoOffset } from './date-time.ts';
import { pixelDataTag } from './element-header.ts';
import { plainTextOf } from './element-values.ts';
import type { FactSource, Oddity } from './fact-readers.ts';
import { withFunctionalGroups } from './functional-groups.ts';
import { type ElementFacts, headerFactTable } from './header-fact-table.ts';
import { personNameGroups } from './person-name.ts';
import { type PixelSpacing, pixelSpacingOf } from './pixel-spacing.ts';
import { readDataSetOf, readPart10 } from './read-part10.ts';
import { kindOfSopClass, type ObjectKind } from './storage-sop-classes.ts';
import { type WindowPreset, windowsOf } from './window-presets.ts';

/** What the register needs to know of one object; an absent or unreadable value is undefined. */
export type HeaderFacts = Omit<
  ElementFacts,
  'sopClassUid' | 'sopInstanceUid' | 'studyInstanceUid' | 'seriesInstanceUid' | 'numberOfFrames'
> & {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  transferSyntaxUid: string;
  kind: ObjectKind;
  /** 1 for a single-frame image, undefined for an object without pixels. */
  numberOfFrames: number | undefined;
  hasPixelData: boolean;
  specificCharacterSet: string | undefined;
  /** `+08:00`. */
  timezoneOffsetFromUtc: string | undefined;
  patientNameAlphabetic: string | undefined;
  patientNameIdeographic: string | undefined;
  patientNamePhonetic: string | undefined;
  pixelSpacing: PixelSpacing | undefined;
  windows: WindowPreset[];
  /** The block reached the pixel data or the end; false: read the head again from a longer block. */
  isComplete: boolean;
  oddities: Oddity[];
};

/**
 * Reads the facts of a DICOM file, or of its first block. The two options save the second look at the meta
 * information when the caller has read it.
 *
 * Throws INTAKE_NOT_DICOM and DICOM_UNREADABLE as `readPart10`, and DICOM_UNREADABLE when SOP Class, SOP
 * Instance, Study or Series Instance UID cannot be had (`facts.missing` names the keywords; with
 * `facts.isComplete` false a longer block may hold them).
 */
export const readHeaderFacts = (
  bytes: Uint8Array,
  known: { transferSyntaxUid?: string; dataSetOffset?: number } = {},
): HeaderFacts => {
  if (known.transferSyntaxUid !== undefined && known.dataSetOffset !== undefined) {
    const dataSet = readDataSetOf(bytes, known.dataSetOffset, known.transferSyntaxUid);
    return headerFactsOf(dataSet, known.transferSyntaxUid);
  }
  const part10 = readPart10(bytes);
  return headerFactsOf(part10.dataSet, part10.transferSyntaxUid, {
    sopClassUid: part10.mediaStorageSopClassUid,
    sopInstanceUid: part10.mediaStorageSopInstanceUid,
  });
};

/** What stands in for UIDs that a data set lacks. */
export interface KnownIdentifiers {
  sopClassUid?: string | undefined;
  sopInstanceUid?: string | undefined;
  studyInstanceUid?: string | undefined;
  seriesInstanceUid?: string | undefined;
}

/** As `readHeaderFacts`, of a data set already read; `meta` stands in for UIDs the data set lacks. */
export const headerFactsOf = (
  original: DataSet,
  transferSyntaxUid: string,
  meta: KnownIdentifiers = {},
): HeaderFacts => {
  const oddities: Oddity[] = [];
  const dataSet = withFunctionalGroups(original);
  if (dataSet.problem !== undefined) oddities.push({ keyword: 'DataSet', reason: dataSet.problem });
  const specificCharacterSet = plainTextOf(dataSet, 0x00080005);
  const source: FactSource = { dataSet, characterSet: characterSetFor(specificCharacterSet), oddities };
  const read = readElementFacts(source);
  const found = {
    SOPClassUID: read.sopClassUid ?? meta.sopClassUid,
    SOPInstanceUID: read.sopInstanceUid ?? meta.sopInstanceUid,
    StudyInstanceUID: read.studyInstanceUid ?? meta.studyInstanceUid,
    SeriesInstanceUID: read.seriesInstanceUid ?? meta.seriesInstanceUid,
  };
  const uids = requiredUids(found, original);
  noteMissing(read, oddities);
  fillFromDateTime(read, dataSet, oddities);
  const names = personNameGroups(read.patientName ?? '');
  const hasPixelData = pixelTags.some((tag) => dataSet.elements.has(tag));
  const isImage = read.rows !== undefined && read.columns !== undefined;
  return {
    ...read,
    ...uids,
    transferSyntaxUid,
    kind: kindOfSopClass(uids.sopClassUid) ?? (isImage ? 'image' : 'other'),
    numberOfFrames: isImage ? Math.max(1, read.numberOfFrames ?? 1) : undefined,
    hasPixelData,
    specificCharacterSet,
    timezoneOffsetFromUtc: isoOffset(plainTextOf(dataSet, 0x00080201) ?? ''),
    patientNameAlphabetic: names.alphabetic,
    patientNameIdeographic: names.ideographic,
    patientNamePhonetic: names.phonetic,
    pixelSpacing: pixelSpacingOf(dataSet),
    windows: windowsOf(dataSet),
    isComplete: original.isComplete,
    oddities,
  };
};

const pixelTags = [pixelDataTag, 0x7fe00008, 0x7fe00009];

const factEntries = Object.entries(headerFactTable);

const readElementFacts = (source: FactSource): ElementFacts => {
  const facts: Record<string, unknown> = {};
  for (const [name, reader] of factEntries) {
    const element = source.dataSet.elements.get(reader.tag);
    facts[name] = element === undefined || element.isCut ? undefined : reader.read(source, element, reader.keyword);
  }
  return facts as ElementFacts;
};

type RequiredKeyword = 'SOPClassUID' | 'SOPInstanceUID' | 'StudyInstanceUID' | 'SeriesInstanceUID';

const requiredUids = (found: Record<RequiredKeyword, string | undefined>, { isComplete }: DataSet) => {
  const { SOPClassUID, SOPInstanceUID, StudyInstanceUID, SeriesInstanceUID } = found;
  if (!SOPClassUID || !SOPInstanceUID || !StudyInstanceUID || !SeriesInstanceUID) {
    const missing = Object.entries(found).flatMap(([keyword, value]) => (value ? [] : [keyword]));
    const reason = isComplete ? 'the data set lacks identifiers' : 'the data set ends before its identifiers';
    throw new AppError('DICOM_UNREADABLE', { reason, missing, isComplete });
  }
  return {
    sopClassUid: SOPClassUID,
    sopInstanceUid: SOPInstanceUID,
    studyInstanceUid: StudyInstanceUID,
    seriesInstanceUid: SeriesInstanceUID,
  };
};

/** Elements of type 1 and 2 in every image: their absence is worth a word, an absent type 3 element is not. */
const expectedFacts = [
  'modality',
  'patientName',
  'patientId',
  'patientBirthDate',
  'patientSex',
  'accessionNumber',
  'studyDate',
  'studyTime',
] as const;

const noteMissing = (facts: ElementFacts, oddities: Oddity[]): void => {
  for (const name of expectedFacts) {
    const { keyword } = headerFactTable[name];
    if (facts[name] === undefined && !oddities.some((oddity) => oddity.keyword === keyword)) {
      oddities.push({ keyword, reason: 'is missing or empty' });
    }
  }
};

/** Enhanced objects and newer consoles give AcquisitionDateTime in place of the pair. */
const fillFromDateTime = (facts: ElementFacts, dataSet: DataSet, oddities: Oddity[]): void => {
  const value = plainTextOf(dataSet, 0x0008002a);
  if (value === undefined) return;
  const moment = isoDateTime(value);
  if (moment === undefined) {
    oddities.push({ keyword: 'AcquisitionDateTime', reason: 'is not a date and time' });
    return;
  }
  facts.acquisitionDate ??= moment.date;
  facts.acquisitionTime ??= moment.time;
};
