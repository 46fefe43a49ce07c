import { type DicomJson, type HeaderFacts, type JsonAttribute, type JsonValue, personNameGroups } from '@jiapian/dicom';

export type QidoLevel = 'study' | 'series' | 'instance';

/** A found study, series or instance with what the header of its first (or own) object says. */
export interface QidoRow {
  /** What a correction says otherwise than the device; null when nothing was corrected. */
  corrected: Partial<HeaderFacts> | null;
  facts: Partial<HeaderFacts>;
  studyInstanceUid: string;
  seriesInstanceUid: string | null;
  sopInstanceUid: string | null;
  modalities: string[] | null;
  seriesCount: number;
  studyInstanceCount: number;
  seriesInstanceCount: number | null;
}

export interface QidoAttribute {
  tag: string;
  keyword: string;
  vr: string;
  level: QidoLevel;
  /** In the answer without being asked for (PS3.18 tables 10.6.3-3 to 10.6.3-5). */
  isUsual: boolean;
  values(row: QidoRow): (string | number | undefined | null)[];
}

const attribute = (
  level: QidoLevel,
  [tag, keyword, vr]: readonly [string, string, string],
  values: QidoAttribute['values'],
  isUsual = true,
): QidoAttribute => ({ tag, keyword, vr, level, isUsual, values });

const dicomDate = (iso: string | undefined): string | undefined => iso?.replaceAll('-', '');
const dicomTime = (iso: string | undefined): string | undefined => iso?.replaceAll(':', '');

/** Every attribute that is answered; those of a level come with the levels below it. */
export const qidoAttributes: readonly QidoAttribute[] = [
  attribute('study', ['00080005', 'SpecificCharacterSet', 'CS'], () => ['ISO_IR 192']),
  attribute('study', ['00080020', 'StudyDate', 'DA'], ({ facts }) => [dicomDate(facts.studyDate)]),
  attribute('study', ['00080030', 'StudyTime', 'TM'], ({ facts }) => [dicomTime(facts.studyTime)]),
  attribute('study', ['00080050', 'AccessionNumber', 'SH'], ({ facts }) => [facts.accessionNumber]),
  attribute('study', ['00080056', 'InstanceAvailability', 'CS'], () => ['ONLINE']),
  attribute('study', ['00080061', 'ModalitiesInStudy', 'CS'], ({ modalities }) => modalities ?? []),
  attribute('study', ['00080090', 'ReferringPhysicianName', 'PN'], ({ facts }) => [facts.referringPhysicianName]),
  attribute('study', ['00081030', 'StudyDescription', 'LO'], ({ facts }) => [facts.studyDescription]),
  attribute('study', ['00100010', 'PatientName', 'PN'], ({ facts }) => [facts.patientName]),
  attribute('study', ['00100020', 'PatientID', 'LO'], ({ facts }) => [facts.patientId]),
  attribute('study', ['00100021', 'IssuerOfPatientID', 'LO'], ({ facts }) => [facts.issuerOfPatientId], false),
  attribute('study', ['00100030', 'PatientBirthDate', 'DA'], ({ facts }) => [dicomDate(facts.patientBirthDate)]),
  attribute('study', ['00100040', 'PatientSex', 'CS'], ({ facts }) => [facts.patientSex]),
  attribute('study', ['00101010', 'PatientAge', 'AS'], ({ facts }) => [facts.patientAge], false),
  attribute('study', ['0020000D', 'StudyInstanceUID', 'UI'], ({ studyInstanceUid }) => [studyInstanceUid]),
  attribute('study', ['00200010', 'StudyID', 'SH'], ({ facts }) => [facts.studyId]),
  attribute('study', ['00201206', 'NumberOfStudyRelatedSeries', 'IS'], ({ seriesCount }) => [seriesCount]),
  attribute('study', ['00201208', 'NumberOfStudyRelatedInstances', 'IS'], (row) => [row.studyInstanceCount]),
  attribute('series', ['00080060', 'Modality', 'CS'], ({ facts }) => [facts.modality]),
  attribute('series', ['0008103E', 'SeriesDescription', 'LO'], ({ facts }) => [facts.seriesDescription]),
  attribute('series', ['00080021', 'SeriesDate', 'DA'], ({ facts }) => [dicomDate(facts.seriesDate)], false),
  attribute('series', ['00080031', 'SeriesTime', 'TM'], ({ facts }) => [dicomTime(facts.seriesTime)], false),
  attribute('series', ['00080070', 'Manufacturer', 'LO'], ({ facts }) => [facts.manufacturer], false),
  attribute('series', ['00081010', 'StationName', 'SH'], ({ facts }) => [facts.stationName], false),
  attribute('series', ['00081090', 'ManufacturerModelName', 'LO'], ({ facts }) => [facts.manufacturerModelName], false),
  attribute('series', ['00180015', 'BodyPartExamined', 'CS'], ({ facts }) => [facts.bodyPartExamined], false),
  attribute('series', ['00181030', 'ProtocolName', 'LO'], ({ facts }) => [facts.protocolName], false),
  attribute('series', ['0020000E', 'SeriesInstanceUID', 'UI'], ({ seriesInstanceUid }) => [seriesInstanceUid]),
  attribute('series', ['00200011', 'SeriesNumber', 'IS'], ({ facts }) => [facts.seriesNumber]),
  attribute('series', ['00201209', 'NumberOfSeriesRelatedInstances', 'IS'], (row) => [row.seriesInstanceCount]),
  attribute('instance', ['00080016', 'SOPClassUID', 'UI'], ({ facts }) => [facts.sopClassUid]),
  attribute('instance', ['00080018', 'SOPInstanceUID', 'UI'], ({ sopInstanceUid }) => [sopInstanceUid]),
  attribute('instance', ['00200013', 'InstanceNumber', 'IS'], ({ facts }) => [facts.instanceNumber]),
  attribute('instance', ['00280008', 'NumberOfFrames', 'IS'], ({ facts }) => [facts.numberOfFrames]),
  attribute('instance', ['00280010', 'Rows', 'US'], ({ facts }) => [facts.rows]),
  attribute('instance', ['00280011', 'Columns', 'US'], ({ facts }) => [facts.columns]),
  attribute('instance', ['00280100', 'BitsAllocated', 'US'], ({ facts }) => [facts.bitsAllocated]),
];

const depth: Record<QidoLevel, number> = { study: 0, series: 1, instance: 2 };

/** One answer of a level in the DICOM JSON model; `included` are tags asked for beside the usual ones. */
export const qidoAnswerOf = (
  row: QidoRow,
  level: QidoLevel,
  included: ReadonlySet<string> | 'all',
  retrieveUrl: string,
): DicomJson => {
  const json: DicomJson = {};
  const shown = row.corrected === null ? row : { ...row, facts: { ...row.facts, ...row.corrected } };
  for (const one of qidoAttributes) {
    if (depth[one.level] > depth[level]) continue;
    // Study attributes come with a series or an instance only when asked for, but for the UIDs above it.
    const isUsual = one.isUsual && (one.level === level || one.vr === 'UI' || one.tag === '00080005');
    if (included === 'all' || included.has(one.tag) || isUsual) json[one.tag] = jsonOf(one, shown);
  }
  if (row.corrected !== null) json[ORIGINAL_ATTRIBUTES] = originalsOf(row, row.corrected);
  json['00081190'] = { vr: 'UR', Value: [retrieveUrl] };
  return json;
};

/** Original Attributes Sequence, Modified Attributes Sequence and the reason (PS3.3 C.12.1.1.9). */
const ORIGINAL_ATTRIBUTES = '04000561';
const MODIFIED_ATTRIBUTES = '04000550';
const MODIFYING_SYSTEM = '04000563';
const REASON = '04000565';

/** What the device said, beside what is answered. */
const originalsOf = (row: QidoRow, corrected: Partial<HeaderFacts>): JsonAttribute => {
  const before: DicomJson = {};
  const after = { ...row, facts: { ...row.facts, ...corrected } };
  for (const one of qidoAttributes) {
    const [was, is] = [one.values(row)[0], one.values(after)[0]];
    if (was !== is) before[one.tag] = jsonOf(one, row);
  }
  const item: DicomJson = {
    [MODIFIED_ATTRIBUTES]: { vr: 'SQ', Value: [before] },
    [MODIFYING_SYSTEM]: { vr: 'LO', Value: ['Jiapian'] },
    [REASON]: { vr: 'CS', Value: ['CORRECT'] },
  };
  return { vr: 'SQ', Value: [item] };
};

const jsonOf = ({ vr, values }: QidoAttribute, row: QidoRow): JsonAttribute => {
  const given = values(row).filter((value) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? { vr } : { vr, Value: given.map((value) => valueOf(value ?? '', vr)) };
};

const valueOf = (value: string | number, vr: string): JsonValue => {
  if (vr !== 'PN' || typeof value === 'number') return value;
  const { alphabetic, ideographic, phonetic } = personNameGroups(value);
  return {
    ...(alphabetic === undefined ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === undefined ? {} : { Ideographic: ideographic }),
    ...(phonetic === undefined ? {} : { Phonetic: phonetic }),
  };
};
