import { readFileSync } from 'node:fs';
import { AppError } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { type HeaderFacts, readHeaderFacts } from './header-facts.ts';
import { readPart10 } from './read-part10.ts';
import { sampleBytes, samplePath } from './samples.fixture.ts';
import { elementsOf, encodeDataSet, type KeywordValues } from './write-data-set.ts';
import { joinChunks } from './write-part10.ts';

/** A bare explicit little-endian data set of the writer, with the identifiers every object has. */
const dataSetOf = (values: KeywordValues): Uint8Array =>
  joinChunks(encodeDataSet(elementsOf({ ...identifiers, ...values })));
const identifiers: KeywordValues = {
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1',
  SOPInstanceUID: '2.25.1',
  StudyInstanceUID: '2.25.2',
  SeriesInstanceUID: '2.25.3',
};

const refusalOf = (bytes: Uint8Array): AppError => {
  try {
    readHeaderFacts(bytes);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the bytes were not refused');
};

describe('readHeaderFacts', () => {
  /** The sample collection's own reading of these headers (expected.json). */
  const expected = JSON.parse(readFileSync(samplePath('expected.json'), 'utf8')) as {
    exposure_index_headers: Record<string, { header: Record<string, string> }>;
  };
  const factOfKeyword: Record<string, keyof HeaderFacts> = {
    Modality: 'modality',
    BodyPartExamined: 'bodyPartExamined',
    ViewPosition: 'viewPosition',
    ExposureIndex: 'exposureIndex',
    TargetExposureIndex: 'targetExposureIndex',
    DeviationIndex: 'deviationIndex',
    RelativeXRayExposure: 'relativeXRayExposure',
    Sensitivity: 'sensitivity',
    KVP: 'kvp',
    XRayTubeCurrent: 'tubeCurrentMa',
    ExposureTime: 'exposureTimeMs',
    Exposure: 'exposureMas',
    ExposureInuAs: 'exposureUas',
    ImageAndFluoroscopyAreaDoseProduct: 'doseAreaProductDgyCm2',
    DistanceSourceToDetector: 'distanceSourceToDetectorMm',
    OrganDose: 'organDoseDgy',
    EntranceDoseInmGy: 'entranceDoseMgy',
    PresentationIntentType: 'presentationIntentType',
  };

  it.each(Object.entries(expected.exposure_index_headers))('reads exposure and dose of %s', (file, { header }) => {
    const facts = readHeaderFacts(sampleBytes(`exposure-index/${file}`));
    const known = Object.entries(header).filter(([keyword]) => factOfKeyword[keyword] !== undefined);
    expect(known.length).toBeGreaterThan(5);
    for (const [keyword, text] of known) {
      const value = facts[factOfKeyword[keyword]!];
      expect([keyword, typeof value === 'number' ? value : String(value)]).toEqual([
        keyword,
        typeof value === 'number' ? Number(text) : text,
      ]);
    }
  });

  it('reads the register facts of a radiograph', () => {
    /** dcmdump of the file. */
    expect(readHeaderFacts(sampleBytes('dx/dx-chest-pa-canon-j2k-lossless.dcm'))).toMatchObject({
      kind: 'image',
      modality: 'DX',
      presentationIntentType: 'FOR PRESENTATION',
      bodyPartExamined: 'CHEST',
      viewPosition: 'PA',
      imageLaterality: 'R',
      seriesDate: '2015-01-31',
      rows: 2128,
      columns: 2000,
      numberOfFrames: 1,
      bitsStored: 12,
      photometricInterpretation: 'MONOCHROME1',
      presentationLutShape: 'INVERSE',
      pixelSpacing: { rowMm: 0.16, columnMm: 0.16, source: 'PixelSpacing' },
      windows: [{ center: 2048, width: 4096, explanation: undefined }],
      kvp: 125,
      manufacturer: 'Canon Inc.',
    });
  });

  it('reads the same facts in every transfer syntax', () => {
    const factsIn = (suffix: string) => {
      const { transferSyntaxUid, photometricInterpretation, ...facts } = readHeaderFacts(
        sampleBytes(`transfer-syntax/ct-1.2.840.10008.${suffix}.dcm`),
      );
      expect(transferSyntaxUid).toBe(`1.2.840.10008.${suffix}`);
      expect(photometricInterpretation).toBe('MONOCHROME2');
      return facts;
    };
    const implicit = factsIn('1.2');
    expect(implicit).toMatchObject({ modality: 'CT', rows: 512, kvp: 120, manufacturer: 'GE MEDICAL SYSTEMS' });
    for (const suffix of ['1.2.1', '1.2.2', '1.2.4.70', '1.2.5']) {
      const facts = factsIn(suffix);
      expect({ ...facts, sopInstanceUid: '' }).toEqual({ ...implicit, sopInstanceUid: '' });
    }
  });

  it('takes spacing, orientation and position of an enhanced image from its functional groups', () => {
    /** dcmdump of the file. */
    expect(readHeaderFacts(sampleBytes('pixel-format/liver_1frame.dcm'))).toMatchObject({
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      imagePositionPatientMm: [-235.2, -226.8, -128.69],
      pixelSpacing: { rowMm: 0.810547, columnMm: 0.810547, source: 'PixelSpacing' },
      sliceThicknessMm: 1,
    });
  });

  it('tells a dose report and a key object from an image', () => {
    expect(readHeaderFacts(sampleBytes('rdsr/CT-RDSR-GEPixelMed.dcm'))).toMatchObject({
      kind: 'structured-report',
      hasPixelData: false,
      numberOfFrames: undefined,
    });
    expect(readHeaderFacts(sampleBytes('kos-pr-sr/kos-quality-issue.dcm')).kind).toBe('key-object-selection');
  });

  it('needs no meta information when the caller knows syntax and offset', () => {
    const bytes = sampleBytes('dx/cr-hip-fuji-jpeg-lossless.dcm').subarray(0, 65536);
    const { transferSyntaxUid, dataSetOffset } = readPart10(bytes);
    expect(readHeaderFacts(bytes, { transferSyntaxUid, dataSetOffset })).toEqual(readHeaderFacts(bytes));
  });

  it('says that a longer block is needed', () => {
    const bytes = sampleBytes('phantom-mr-acr/Siemens/0.dcm');
    expect(readHeaderFacts(bytes.subarray(0, 65536)).isComplete).toBe(false);
    expect(readHeaderFacts(bytes).isComplete).toBe(true);
  });

  it('leaves odd values undefined and says which and why', () => {
    const facts = readHeaderFacts(
      dataSetOf({ PatientBirthDate: '***', PatientSex: 'X', PatientAge: '45Y', KVP: 'auto', StudyDate: '20230229' }),
    );
    expect(facts).toMatchObject({
      patientBirthDate: undefined,
      patientSex: undefined,
      patientAge: '045Y',
      kvp: undefined,
      studyDate: undefined,
    });
    expect(facts.oddities).toEqual(
      expect.arrayContaining([
        { keyword: 'PatientBirthDate', reason: 'is not a date' },
        { keyword: 'PatientSex', reason: 'is none of M, F, O' },
        { keyword: 'KVP', reason: 'is not a number' },
        { keyword: 'StudyDate', reason: 'is not a date' },
        { keyword: 'PatientID', reason: 'is missing or empty' },
      ]),
    );
  });

  it('keeps a zero and a decimal comma', () => {
    const facts = readHeaderFacts(dataSetOf({ DeviationIndex: '0', KVP: '70,5' }));
    expect(facts).toMatchObject({ deviationIndex: 0, kvp: 70.5 });
  });

  it('prefers the spacing at the patient to the one at the detector, and names it', () => {
    const imager = readHeaderFacts(dataSetOf({ ImagerPixelSpacing: [0.2, 0.2] }));
    expect(imager.pixelSpacing).toEqual({ rowMm: 0.2, columnMm: 0.2, source: 'ImagerPixelSpacing' });
    const both = readHeaderFacts(dataSetOf({ ImagerPixelSpacing: [0.2, 0.2], PixelSpacing: [0.16, 0.17] }));
    expect(both.pixelSpacing).toEqual({ rowMm: 0.16, columnMm: 0.17, source: 'PixelSpacing' });
    expect(readHeaderFacts(dataSetOf({ PixelSpacing: [0, 0] })).pixelSpacing).toBeUndefined();
  });

  it('refuses an object without identifiers and names them', () => {
    const refusal = refusalOf(sampleBytes('malformed/GH626.dcm'));
    expect(refusal.code).toBe('DICOM_UNREADABLE');
    expect(refusal.facts['missing']).toEqual(['StudyInstanceUID', 'SeriesInstanceUID']);
  });

  it('refuses a file cut before its identifiers, and says that it is cut', () => {
    const refusal = refusalOf(sampleBytes('malformed/trunc-in-header.dcm'));
    expect(refusal.code).toBe('DICOM_UNREADABLE');
    expect(refusal.facts).toMatchObject({ reason: 'the data set ends before its identifiers', isComplete: false });
  });

  it('refuses an identifier that would leave its folder', () => {
    expect(refusalOf(dataSetOf({ SOPInstanceUID: '../../etc' })).facts['missing']).toEqual(['SOPInstanceUID']);
    expect(refusalOf(dataSetOf({ StudyInstanceUID: '1.2..3' })).facts['missing']).toEqual(['StudyInstanceUID']);
  });

  it('has no patient data in a refusal', () => {
    const facts = JSON.stringify(refusalOf(dataSetOf({ PatientName: 'Zhang^San', StudyInstanceUID: '' })).facts);
    expect(facts).not.toContain('Zhang');
  });
});
