import { elementsOf, encodeDataSet, type KeywordValues } from './write-data-set.ts';

/** Key Object Selection Document Storage. */
export const KEY_OBJECT_SELECTION_SOP_CLASS = '1.2.840.10008.5.1.4.1.1.88.59';

/** A code with its scheme and the meaning that the scheme gives it. */
export interface NoteCode {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/**
 * Titles of a rejection note: quality, patient safety, a wrong worklist entry (PS3.16 CID 7010), and dcm4chee's own
 * title that takes a note back (private scheme 99DCM4CHEE).
 */
export const rejectionTitles = {
  quality: { value: '113001', scheme: 'DCM', meaning: 'Rejected for Quality Reasons' },
  safety: { value: '113037', scheme: 'DCM', meaning: 'Rejected for Patient Safety Reasons' },
  worklist: { value: '113038', scheme: 'DCM', meaning: 'Incorrect Modality Worklist Entry' },
  revoke: { value: 'REVOKE_REJECTION', scheme: '99DCM4CHEE', meaning: 'Restore rejected Instances' },
} as const satisfies Record<string, NoteCode>;
/** One title of a rejection note. */
export type RejectionTitle = keyof typeof rejectionTitles;

/** One object that the note speaks of. */
export interface NotedInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** Whether it is an image; anything else is referred to as a composite object. */
  readonly isImage: boolean;
}

/** What a rejection note says. Dates are YYYYMMDD, times HHMMSS, as the objects have them; empty when unknown. */
export interface RejectionNote {
  readonly title: RejectionTitle;
  /** Code of CID 7011; only with the title for quality. */
  readonly reason: NoteCode | null;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly madeAt: { readonly date: string; readonly time: string };
  readonly patient: {
    readonly name: string;
    readonly id: string;
    readonly issuer: string;
    readonly birthDate: string;
    /** M, F, O or empty. */
    readonly sex: string;
  };
  readonly study: {
    readonly instanceUid: string;
    readonly date: string;
    readonly time: string;
    readonly accessionNumber: string;
    readonly id: string;
  };
  /** Name of the person who rejected; empty when a machine did. */
  readonly observer: string;
  readonly institution: string;
  /** Free words, at most 64 kB. */
  readonly description: string;
  readonly language: 'zh-CN' | 'en';
  readonly softwareVersion: string;
  readonly series: readonly { readonly instanceUid: string; readonly instances: readonly NotedInstance[] }[];
}

/** Series number of a rejection note: far from the device's own. [PD] */
const NOTE_SERIES_NUMBER = 9113;

/**
 * A rejection note as a Key Object Selection document (PS3.3 A.35.4, PS3.16 TID 2010), data set without preamble or
 * meta group, Explicit VR Little Endian, text in UTF-8. Every rejected instance is named: nothing is implied by a
 * series or study. Throws `DICOM_VALUE_UNWRITABLE` for a value that its element cannot hold.
 */
export const buildRejectionNote = (note: RejectionNote): Uint8Array[] =>
  encodeDataSet(elementsOf({ ...identification(note), ...evidence(note), ...documentOf(note) }), {
    characterSet: 'ISO_IR 192',
  });

const identification = ({ patient, study, madeAt, ...note }: RejectionNote): KeywordValues => ({
  SpecificCharacterSet: 'ISO_IR 192',
  InstanceCreationDate: madeAt.date,
  InstanceCreationTime: madeAt.time,
  SOPClassUID: KEY_OBJECT_SELECTION_SOP_CLASS,
  SOPInstanceUID: note.sopInstanceUid,
  PatientName: patient.name,
  PatientID: patient.id,
  ...(patient.issuer !== '' && { IssuerOfPatientID: patient.issuer }),
  PatientBirthDate: patient.birthDate,
  PatientSex: patient.sex,
  StudyInstanceUID: study.instanceUid,
  StudyDate: study.date,
  StudyTime: study.time,
  AccessionNumber: study.accessionNumber,
  StudyID: study.id,
  ReferringPhysicianName: '',
  Modality: 'KO',
  SeriesInstanceUID: note.seriesInstanceUid,
  SeriesNumber: NOTE_SERIES_NUMBER,
  ReferencedPerformedProcedureStepSequence: [],
  Manufacturer: 'Jiapian',
  ...(note.institution !== '' && { InstitutionName: note.institution }),
  SoftwareVersions: note.softwareVersion,
  InstanceNumber: 1,
  ContentDate: madeAt.date,
  ContentTime: madeAt.time,
});

const evidence = ({ study, series }: RejectionNote): KeywordValues => ({
  CurrentRequestedProcedureEvidenceSequence: {
    StudyInstanceUID: study.instanceUid,
    ReferencedSeriesSequence: series.map(({ instanceUid, instances }) => ({
      SeriesInstanceUID: instanceUid,
      ReferencedSOPSequence: instances.map(referenceTo),
    })),
  },
});

const documentOf = (note: RejectionNote): KeywordValues => ({
  ValueType: 'CONTAINER',
  ConceptNameCodeSequence: codeItem(rejectionTitles[note.title]),
  ContinuityOfContent: 'SEPARATE',
  ContentTemplateSequence: { MappingResource: 'DCMR', TemplateIdentifier: '2010' },
  ContentSequence: [
    ...(note.reason === null ? [] : [codedContent('HAS CONCEPT MOD', titleModifier, note.reason)]),
    codedContent('HAS CONCEPT MOD', languageOfContent, languages[note.language]),
    ...observerItems(note),
    ...(note.description === ''
      ? []
      : [
          {
            RelationshipType: 'CONTAINS',
            ValueType: 'TEXT',
            ConceptNameCodeSequence: codeItem(keyObjectDescription),
            TextValue: note.description,
          },
        ]),
    ...note.series.flatMap(({ instances }) =>
      instances.map((instance) => ({
        RelationshipType: 'CONTAINS',
        ValueType: instance.isImage ? 'IMAGE' : 'COMPOSITE',
        ReferencedSOPSequence: referenceTo(instance),
      })),
    ),
  ],
});

const dcm = (value: string, meaning: string): NoteCode => ({ value, scheme: 'DCM', meaning });
const titleModifier = dcm('113011', 'Document Title Modifier');
const languageOfContent = dcm('121049', 'Language of Content Item and Descendants');
const keyObjectDescription = dcm('113012', 'Key Object Description');
const languages: Readonly<Record<RejectionNote['language'], NoteCode>> = {
  'zh-CN': { value: 'zh-CN', scheme: 'RFC5646', meaning: 'Chinese (China)' },
  en: { value: 'en', scheme: 'RFC5646', meaning: 'English' },
};

/** Who rejected (TID 1002): a person by name, or this program as a device. */
const observerItems = (note: RejectionNote): KeywordValues[] =>
  note.observer === ''
    ? [
        codedContent('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121007', 'Device')),
        {
          RelationshipType: 'HAS OBS CONTEXT',
          ValueType: 'TEXT',
          ConceptNameCodeSequence: codeItem(dcm('121013', 'Device Observer Name')),
          TextValue: 'Jiapian',
        },
      ]
    : [
        codedContent('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121006', 'Person')),
        {
          RelationshipType: 'HAS OBS CONTEXT',
          ValueType: 'PNAME',
          ConceptNameCodeSequence: codeItem(dcm('121008', 'Person Observer Name')),
          PersonName: note.observer,
        },
      ];

const codedContent = (relationship: string, name: NoteCode, value: NoteCode): KeywordValues => ({
  RelationshipType: relationship,
  ValueType: 'CODE',
  ConceptNameCodeSequence: codeItem(name),
  ConceptCodeSequence: codeItem(value),
});

const codeItem = ({ value, scheme, meaning }: NoteCode): KeywordValues => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
});

const referenceTo = ({ sopClassUid, sopInstanceUid }: NotedInstance): KeywordValues => ({
  ReferencedSOPClassUID: sopClassUid,
  ReferencedSOPInstanceUID: sopInstanceUid,
});
