import { patientClassOf, type PatientClass } from '@jiapian/rules';
import { AppError } from '@jiapian/kernel';
import type { Hl7Message } from '../platform/hl7-message.ts';
import { hl7Name, patientIdOf } from './hl7-values.ts';
import { wardOf } from './order-from-hl7.ts';

/** What an ADT message says about a person's stay. */
export interface PatientStay {
  dicomPatientId: string;
  patientName: string;
  patientClass: PatientClass;
  ward: string;
}

/** Two numbers of one person: `merged` is not used any more. */
export interface MergedPatient {
  keptPatientId: string;
  mergedPatientId: string;
}

/** ADT events after which ward and class of a person may be others (HL7 table 0003). */
export const stayEvents = new Set(['A01', 'A02', 'A04', 'A05', 'A06', 'A07', 'A08', 'A31']);
/** ADT events that join two numbers of one person. */
export const mergeEvents = new Set(['A18', 'A34', 'A36', 'A40', 'A47']);

/** Throws `HL7_FIELD_MISSING` when the patient's number is missing. */
export const stayFromHl7 = (message: Hl7Message): PatientStay => {
  const pid = message.first('PID');
  const { dicomPatientId } = pid === undefined ? { dicomPatientId: '' } : patientIdOf(pid);
  if (pid === undefined || dicomPatientId === '') {
    throw new AppError('HL7_FIELD_MISSING', { reason: 'no patient number', field: 'PID.3' });
  }
  const pv1 = message.first('PV1');
  return {
    dicomPatientId,
    patientName: hl7Name(pid, 5),
    patientClass: patientClassOf(pv1?.value(2) ?? ''),
    ward: wardOf(pv1),
  };
};

/** Throws `HL7_FIELD_MISSING` when one of the two numbers is missing. */
export const mergeFromHl7 = (message: Hl7Message): MergedPatient => {
  const pid = message.first('PID');
  const mrg = message.first('MRG');
  const keptPatientId = pid === undefined ? '' : patientIdOf(pid).dicomPatientId;
  const mergedPatientId = mrg === undefined ? '' : patientIdOf(mrg, 1).dicomPatientId;
  if (keptPatientId === '' || mergedPatientId === '') {
    throw new AppError('HL7_FIELD_MISSING', { reason: 'a number of the two is missing', field: 'PID.3, MRG.1' });
  }
  return { keptPatientId, mergedPatientId };
};
