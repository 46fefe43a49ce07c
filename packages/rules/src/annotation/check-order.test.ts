import { expect, it } from 'vitest';
import type { Measurement } from '../metrics/measurement.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { checkOrder, type OrderedExam } from './check-order.ts';

const film: AnnotationFacts = {
  modality: 'DX',
  patientId: 'P1',
  patientSex: 'M',
  patientBirthDate: '1980-03-01',
  bodyPartExamined: 'KNEE',
  viewPosition: 'AP',
  imageLaterality: 'L',
};
const order: OrderedExam = {
  patientId: 'P1',
  patientSex: 'M',
  birthDate: '1980-03-01',
  bodyPart: '',
  procedureName: '左膝关节正侧位',
};
const marker = (letter: string): Measurement => ({
  metric: 'side-marker',
  where: letter,
  value: 0.9,
  unit: '1',
  method: 'test',
  version: 1,
});
const checksOf = (
  facts: Partial<AnnotationFacts>,
  ordered: Partial<OrderedExam> = {},
  ...markers: Measurement[]
): string[] => checkOrder({ ...film, ...facts }, [{ ...order, ...ordered }], markers).map(({ check }) => check);

it.each<[string, Partial<AnnotationFacts>, Partial<OrderedExam>, string[]]>([
  ['the same in both', {}, {}, []],
  ['either view of an order for two', { viewPosition: 'LL' }, {}, []],
  ['a film of another patient', { patientId: 'P2' }, {}, ['order-patient-disagrees']],
  ['another sex', { patientSex: 'F' }, {}, ['order-sex-disagrees']],
  ['another birth date', { patientBirthDate: '1980-01-03' }, {}, ['order-birth-date-disagrees']],
  ['another part', { bodyPartExamined: 'HAND' }, {}, ['order-part-disagrees']],
  ['a part within the ordered one', { bodyPartExamined: 'PATELLA' }, {}, []],
  ['another view', { viewPosition: 'LL' }, { procedureName: '左膝关节正位' }, ['order-view-disagrees']],
  ['the other side', { imageLaterality: 'R' }, {}, ['order-side-disagrees']],
  ['one side of an order for both', { imageLaterality: 'R' }, { procedureName: '双膝关节正侧位' }, []],
  ['nothing in the order', {}, { patientId: '', patientSex: '', birthDate: '', procedureName: '' }, []],
  ['nothing in the header', { patientId: '', bodyPartExamined: '', viewPosition: '', imageLaterality: '' }, {}, []],
  ['an order in English', { imageLaterality: 'R' }, { procedureName: 'LEFT KNEE AP' }, ['order-side-disagrees']],
  ['the body part of the order alone', {}, { procedureName: '', bodyPart: 'HAND' }, ['order-part-disagrees']],
  ['a test exposure', { qualityControlImage: 'YES', patientId: 'QC' }, {}, []],
])('%s', (_, facts, ordered, wanted) => {
  expect(checksOf(facts, ordered)).toEqual(wanted);
});

it('a marker speaks against the order only where the header names no side', () => {
  expect(checksOf({ imageLaterality: '' }, {}, marker('R'))).toEqual(['marker-contradicts-order']);
  expect(checksOf({ imageLaterality: '' }, {}, marker('L'))).toEqual([]);
  expect(checksOf({ imageLaterality: '' }, {}, marker('L'), marker('R'))).toEqual([]);
  expect(checksOf({}, {}, marker('R'))).toEqual([]);
});

it('a film that fits one of several orders fits', () => {
  const hand = { ...order, procedureName: '右手正斜位' };
  expect(checkOrder(film, [hand, order], [])).toEqual([]);
  expect(checkOrder(film, [hand], []).map(({ check }) => check)).toEqual([
    'order-part-disagrees',
    'order-side-disagrees',
  ]);
  expect(checkOrder(film, [], [])).toEqual([]);
});

it('tells the value of no patient', () => {
  const told = checkOrder({ ...film, patientId: 'P2', patientSex: 'F', patientBirthDate: '1970-01-01' }, [order], []);
  expect(told).toEqual([
    { check: 'order-patient-disagrees', keyword: 'PatientID' },
    { check: 'order-sex-disagrees', keyword: 'PatientSex' },
    { check: 'order-birth-date-disagrees', keyword: 'PatientBirthDate' },
  ]);
});
