import { createHash } from 'node:crypto';
import { jsonItems, jsonText, type DicomJson, type JsonAttribute } from '@jiapian/dicom';
import type { WorklistKeys, WorklistRow } from './worklist.repository.ts';

/** The keys of a worklist query (PS3.4 table K.6-1). */
export const worklistKeysOf = (identifier: DicomJson): WorklistKeys => {
  const [step = {}] = jsonItems(identifier, '00400100');
  const plain = (tag: string, from: DicomJson = identifier): string => universal(jsonText(from, tag));
  const [fromDay, toDay] = rangeOf(plain('00400002', step));
  const [fromTime, toTime] = rangeOf(plain('00400003', step));
  return {
    accessionNumber: plain('00080050'),
    patientId: plain('00100020'),
    patientName: plain('00100010'),
    requestedProcedureId: plain('00401001'),
    studyInstanceUid: plain('0020000D'),
    modality: plain('00080060', step),
    stationAeTitle: plain('00400001', step),
    scheduledStepId: plain('00400009', step),
    fromDay,
    toDay,
    fromTime: fromTime.padEnd(fromTime === '' ? 0 : SIX_DIGITS, '0'),
    toTime: toTime.padEnd(toTime === '' ? 0 : SIX_DIGITS, '9'),
  };
};

/** HHMMSS; a time cut short begins with zeroes and ends with nines. */
const SIX_DIGITS = 6;

/** Universal matching is an empty value, and by practice a lone asterisk. */
const universal = (value: string): string => (value === '*' ? '' : value);

/** `A-B`, `A-`, `-B` or `A`; fractions of a second are left out. */
const rangeOf = (value: string): [from: string, to: string] => {
  const [from = '', to] = value.split('-').map((part) => part.replace(/\..*$/, '').trim());
  return to === undefined ? [from, from] : [from, to];
};

const attribute = (vr: string, value: string | null): JsonAttribute =>
  value === null || value === '' ? { vr } : { vr, Value: [value] };
const name = (value: string): JsonAttribute => {
  const [Alphabetic = '', Ideographic] = value.split('=');
  const groups = { Alphabetic, ...(Ideographic === undefined ? {} : { Ideographic }) };
  return value === '' ? { vr: 'PN' } : { vr: 'PN', Value: [groups] };
};

/** DICOM (0040,1003). */
const priorities = { emergency: 'STAT', routine: 'ROUTINE', unknown: '' } as const;

/** One answer: every return key of type 1 and 2 that modalities ask for (PS3.4 table K.6-1). */
export const worklistItemOf = (row: WorklistRow): DicomJson => {
  const stepId = row.scheduled_step_id || row.order_key.slice(0, SHORT_TEXT);
  return {
    '00080050': attribute('SH', row.accession_number.slice(0, SHORT_TEXT)),
    '00080090': name(row.referring_physician),
    '00100010': name(row.patient_name),
    '00100020': attribute('LO', row.dicom_patient_id),
    '00100021': attribute('LO', row.issuer),
    '00100030': attribute('DA', row.birth_date?.replaceAll('-', '') ?? null),
    '00100040': attribute('CS', row.patient_sex),
    '0020000D': attribute('UI', studyUidOf(row)),
    '00321032': name(''),
    '00321060': attribute('LO', row.procedure_name.slice(0, LONG_TEXT)),
    '00321064': {
      vr: 'SQ',
      Value:
        row.procedure_code === ''
          ? []
          : [
              {
                '00080100': attribute('SH', row.procedure_code.slice(0, SHORT_TEXT)),
                '00080102': attribute('SH', 'L'),
                '00080104': attribute('LO', row.procedure_name.slice(0, LONG_TEXT)),
              },
            ],
    },
    '00380300': attribute('LO', row.ward.slice(0, LONG_TEXT)),
    '00400100': {
      vr: 'SQ',
      Value: [
        {
          '00080060': attribute('CS', row.modality),
          '00400001': attribute('AE', row.station_ae_title.length > SHORT_TEXT ? '' : row.station_ae_title),
          '00400002': attribute('DA', row.day),
          '00400003': attribute('TM', row.time),
          '00400006': name(''),
          '00400007': attribute('LO', row.procedure_name.slice(0, LONG_TEXT)),
          '00400009': attribute('SH', stepId),
          '00400010': attribute('SH', row.station_name.slice(0, SHORT_TEXT)),
        },
      ],
    },
    '00401001': attribute('SH', (row.requested_procedure_id || row.order_key).slice(0, SHORT_TEXT)),
    '00401002': attribute('LO', row.reason.slice(0, LONG_TEXT)),
    '00401003': attribute('SH', priorities[row.priority]),
  };
};

/** Longest SH and AE, and LO, characters (PS3.5 table 6.2-1). */
const SHORT_TEXT = 16;
const LONG_TEXT = 64;

/** An order without a study gets one that is always the same, so that two queries make one study (PS3.5 B.2). */
const studyUidOf = ({ study_instance_uid, order_key, accession_number }: WorklistRow): string => {
  if (study_instance_uid !== '') return study_instance_uid;
  const digest = createHash('sha256')
    .update(`study ${accession_number || order_key}`)
    .digest('hex');
  return `2.25.${BigInt(`0x${digest.slice(0, 32)}`)}`;
};
