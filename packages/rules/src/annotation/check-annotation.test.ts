import { describe, expect, it } from 'vitest';
import { checkExposure } from '../exposure/check-exposure.ts';
import { deviationIndexOf } from '../exposure/deviation-index.ts';
import { measureExposure } from '../exposure/measure-exposure.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { checkAnnotation } from './check-annotation.ts';

const complete: AnnotationFacts = {
  modality: 'DX',
  patientName: 'Wang^XiaoDong=王^小东',
  patientId: 'P1',
  patientSex: 'M',
  patientAge: '045Y',
  patientBirthDate: '1980-03-01',
  accessionNumber: 'A1',
  studyDate: '2025-06-01',
  institutionName: 'Hospital',
  operatorsName: 'T001',
  bodyPartExamined: 'KNEE',
  viewPosition: 'AP',
  imageLaterality: 'L',
  rows: 10,
  columns: 10,
  pixelSpacing: { rowMm: 0.1, columnMm: 0.1, source: 'ImagerPixelSpacing' },
  windows: [{}],
};
const checksOf = (more: Partial<AnnotationFacts>): string[] =>
  checkAnnotation({ ...complete, ...more }).map(({ check }) => check);

describe('annotation', () => {
  it('that is complete has nothing to say', () => {
    expect(checksOf({})).toEqual([]);
  });

  it.each<[Partial<AnnotationFacts>, string[]]>([
    [{ patientName: undefined }, ['patient-name-missing']],
    [{ patientName: '^^' }, ['patient-name-missing']],
    [{ patientName: 'UNKNOWN' }, ['patient-name-missing']],
    [{ patientSex: undefined }, ['patient-sex-missing']],
    [{ patientId: '0' }, ['patient-number-missing']],
    [{ accessionNumber: '' }, ['accession-number-missing']],
    [{ institutionName: undefined }, ['hospital-missing']],
    [{ patientAge: undefined, patientBirthDate: undefined }, ['patient-age-missing']],
    [{ patientAge: undefined }, []],
    [{ studyDate: undefined }, ['date-missing']],
    [{ pixelSpacing: undefined }, ['scale-missing']],
    [{ windows: [] }, ['window-missing']],
    [{ windows: [], presentationIntentType: 'FOR PROCESSING' }, []],
    [{ imageLaterality: undefined }, ['side-missing']],
    [{ imageLaterality: undefined, protocolName: '左膝正位' }, []],
    [{ protocolName: '右膝正位' }, ['side-contradictory']],
    [{ laterality: 'R' }, ['side-contradictory']],
    [{ bodyPartExamined: 'CHEST', viewPosition: 'PA', imageLaterality: undefined }, []],
    [{ patientAge: '044Y' }, []],
    [{ patientAge: '043Y' }, ['age-disagrees']],
    [{ patientBirthDate: '2030-01-01' }, ['birth-date-impossible']],
    [{ qualityControlImage: 'YES', patientName: undefined }, []],
  ])('%j gives %j', (more, wanted) => {
    expect(checksOf(more)).toEqual(wanted);
  });
});

describe('exposure', () => {
  const header = {
    modality: 'DX',
    kvp: 70,
    tubeCurrentMa: 200,
    exposureTimeMs: 25,
    exposureMas: 5,
    exposureIndex: 500,
    targetExposureIndex: 500,
    deviationIndex: 0,
    distanceSourceToDetectorMm: 1150,
    doseAreaProductDgyCm2: 2,
  };
  const wrong = (more: object): string[] => checkExposure({ ...header, ...more }).map(({ check }) => check);

  it('that is whole and consistent has nothing to say', () => {
    expect(wrong({})).toEqual([]);
  });

  it.each<[object, string[]]>([
    [{ kvp: undefined }, ['tube-voltage-missing']],
    [{ kvp: 0 }, ['tube-voltage-impossible']],
    [{ kvp: 35 }, []],
    [{ kvp: 151 }, ['tube-voltage-impossible']],
    [{ exposureMas: 50 }, ['exposure-disagrees']],
    [{ exposureMas: undefined, tubeCurrentMa: undefined }, ['exposure-missing']],
    [{ deviationIndex: 0.1 }, []],
    [{ deviationIndex: 0.2 }, ['deviation-index-disagrees']],
    [{ exposureIndex: 0 }, ['exposure-index-impossible']],
    [{ exposureIndex: undefined }, ['exposure-index-missing']],
    [{ targetExposureIndex: undefined }, ['target-exposure-index-missing']],
    [{ distanceSourceToDetectorMm: 11.5 }, ['distance-impossible']],
    [{ doseAreaProductDgyCm2: 0 }, ['dose-area-product-impossible']],
    [{ modality: 'US' }, []],
  ])('%j gives %j', (more, wanted) => {
    expect(wrong(more)).toEqual(wanted);
  });

  // IEC 62494-1: twice the target is +3.0, half of it −3.0, 26 % more +1.0, 21 % less −1.0.
  it.each([
    [800, 400, 3.01],
    [200, 400, -3.01],
    [504, 400, 1.0],
    [317.7, 400, -1.0],
    [400, 400, 0],
  ])('of %d against %d deviates by %d', (index, target, wanted) => {
    expect(deviationIndexOf(index, target)).toBeCloseTo(wanted, 2);
  });

  it.each([
    [0, 400],
    [-5, 400],
    [400, 0],
    [undefined, 400],
    [Number.NaN, 400],
  ])('of %s against %s has no deviation', (index, target) => {
    expect(deviationIndexOf(index, target)).toBeUndefined();
  });

  it('names why a figure is not there', () => {
    expect(measureExposure({ modality: 'DX', exposureIndex: 300 }).notMeasured).toEqual([
      { metric: 'target-exposure-index', reason: 'target-exposure-index-missing' },
      { metric: 'deviation-index', reason: 'target-exposure-index-missing' },
    ]);
  });
});
