import { expect, it } from 'vitest';
import { elementsOf, encodeDataSet, type WriteElement } from '../write-data-set.ts';
import { joinChunks } from '../write-part10.ts';
import { readDataSet } from '../read-data-set.ts';
import { radiationDoseSrClass, readDoseReport } from './read-dose-report.ts';

const concept = (tag: number, value: string, scheme: string, meaning: string): WriteElement => ({
  tag,
  vr: 'SQ',
  value: [
    [
      { tag: 0x00080100, vr: 'SH', value: value },
      { tag: 0x00080102, vr: 'SH', value: scheme },
      { tag: 0x00080104, vr: 'LO', value: meaning },
    ],
  ],
});
const item = (type: string, code: string, meaning: string, more: WriteElement[]): WriteElement[] => [
  { tag: 0x0040a010, vr: 'CS', value: 'CONTAINS' },
  { tag: 0x0040a040, vr: 'CS', value: type },
  concept(0x0040a043, code, 'DCM', meaning),
  ...more,
];
const coded = (code: string, meaning: string, value: [string, string, string]): WriteElement[] =>
  item('CODE', code, meaning, [concept(0x0040a168, ...value)]);

const yes: [string, string, string] = ['373066001', 'SCT', 'Yes'];
const no: [string, string, string] = ['373067005', 'SCT', 'No'];

const reportOf = (...marks: WriteElement[][]) => {
  const event = item('CONTAINER', '113706', 'Irradiation Event X-Ray Data', [
    { tag: 0x0040a730, vr: 'SQ', value: marks },
  ]);
  const bytes = joinChunks(
    encodeDataSet([
      ...elementsOf({ SOPClassUID: radiationDoseSrClass }),
      { tag: 0x0040a040, vr: 'CS', value: 'CONTAINER' },
      concept(0x0040a043, '113701', 'DCM', 'X-Ray Radiation Dose Report'),
      { tag: 0x0040a730, vr: 'SQ', value: [event] },
    ]),
  );
  return readDoseReport(readDataSet(bytes, 0, { isExplicit: true, isLittleEndian: true }), radiationDoseSrClass)!;
};

it('tells a rejected exposure and why it was rejected', () => {
  const { events } = reportOf(
    coded('130503', 'Rejected Acquisition', yes),
    coded('130504', 'Reason for Rejecting', ['111209', 'DCM', 'Positioning']),
  );
  expect(events).toMatchObject([{ rejected: true, repeated: false, rejectionReason: 'Positioning' }]);
});

it('tells a repeated exposure', () => {
  expect(reportOf(coded('128551', 'Repeated Acquisition', yes)).events).toMatchObject([
    { rejected: false, repeated: true },
  ]);
});

it('takes No for no, and silence for no', () => {
  expect(reportOf(coded('130503', 'Rejected Acquisition', no)).events).toMatchObject([{ rejected: false }]);
  expect(reportOf().events).toMatchObject([{ rejected: false, repeated: false, rejectionReason: undefined }]);
});
