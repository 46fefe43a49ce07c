import type { KeywordValues } from '@jiapian/dicom';
import { demoDepartment, demoInstitution } from '../devices.ts';
import { personNameOf } from '../staff.ts';
import type { ExamOrder } from './order.ts';
import type { Patient } from './patient.ts';
import { ageText, timeText, type Moment } from './time.ts';

export interface ObjectIdentity {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly accessionNumber: string;
  readonly studyId: string;
  readonly seriesNumber: number;
  readonly instanceNumber: number;
  readonly studyAt: Moment;
  readonly seriesAt: Moment;
  readonly acquiredAt: Moment;
}

/** Patient, study, series and equipment attributes that every object of the department carries. */
export function examHeader(order: ExamOrder, patient: Patient, id: ObjectIdentity): KeywordValues {
  const { device, procedure } = order;
  return {
    SpecificCharacterSet: device.characterSet,
    SOPClassUID: id.sopClassUid,
    SOPInstanceUID: id.sopInstanceUid,
    StudyDate: id.studyAt.date,
    SeriesDate: id.seriesAt.date,
    AcquisitionDate: id.acquiredAt.date,
    ContentDate: id.acquiredAt.date,
    StudyTime: timeText(id.studyAt.secondOfDay),
    SeriesTime: timeText(id.seriesAt.secondOfDay),
    AcquisitionTime: timeText(id.acquiredAt.secondOfDay),
    ContentTime: timeText(id.acquiredAt.secondOfDay),
    AccessionNumber: id.accessionNumber,
    Modality: device.modality,
    Manufacturer: device.manufacturer,
    InstitutionName: demoInstitution,
    InstitutionalDepartmentName: demoDepartment,
    ReferringPhysicianName: 'Xu^Linchuang=徐^临床',
    StationName: device.stationName,
    StudyDescription: procedure.chinese,
    OperatorsName: personNameOf(order.operator),
    ManufacturerModelName: device.model,
    DeviceSerialNumber: device.serialNumber,
    SoftwareVersions: device.softwareVersion,
    PatientName: patient.name,
    PatientID: patient.patientId,
    PatientBirthDate: patient.birthDate,
    PatientSex: patient.sex,
    PatientAge: ageText(patient.birthDate, id.studyAt.date),
    PatientSize: patient.heightM,
    PatientWeight: patient.weightKg,
    StudyInstanceUID: id.studyInstanceUid,
    SeriesInstanceUID: id.seriesInstanceUid,
    StudyID: id.studyId,
    SeriesNumber: id.seriesNumber,
    InstanceNumber: id.instanceNumber,
    PerformedProcedureStepStartDate: id.studyAt.date,
    PerformedProcedureStepStartTime: timeText(id.studyAt.secondOfDay),
    PerformedProcedureStepID: `P${id.studyId}`,
    RequestAttributesSequence: {
      RequestedProcedureID: `R${id.studyId}`,
      ScheduledProcedureStepID: `S${id.studyId}`,
      RequestedProcedureDescription: procedure.chinese,
      ScheduledProcedureStepDescription: procedure.chinese,
    },
  };
}

export const codeItem = (code: string, meaning: string): KeywordValues => ({
  CodeValue: code,
  CodingSchemeDesignator: 'SCT',
  CodeMeaning: meaning,
});
