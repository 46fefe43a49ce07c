/** How urgent an order is; `unknown` when its sender does not say. */
export type OrderPriority = 'unknown' | 'routine' | 'emergency';
/** Where the patient comes from. */
export type PatientClass = 'unknown' | 'outpatient' | 'inpatient' | 'emergency';

/** Patient class of HL7 table 0004; classes that say nothing about urgency count as outpatients. [GKU] */
const patientClasses: Readonly<Record<string, PatientClass>> = {
  E: 'emergency',
  I: 'inpatient',
  B: 'inpatient',
  O: 'outpatient',
  P: 'outpatient',
  R: 'outpatient',
  C: 'outpatient',
};

/** The patient class behind a code of HL7 table 0004 (PV1-2); `unknown` for any other word. */
export const patientClassOf = (code: string): PatientClass => patientClasses[code.trim().toUpperCase()] ?? 'unknown';

/** HL7 tables 0078/0485 (S stat, A as soon as possible, T time critical) and DICOM (0040,1003). [GKU] */
const emergencyCodes = new Set(['S', 'ST', 'STAT', 'A', 'ASAP', 'T', 'HIGH', 'E', 'EMERGENCY', 'URGENT', '急', '急诊']);
/** HL7 R routine, P preoperative, C callback; DICOM ROUTINE, MEDIUM, LOW. [GKU] */
const routineCodes = new Set(['R', 'ROUTINE', 'P', 'PREOP', 'C', 'MEDIUM', 'LOW', 'PRN', '普通', '平诊']);

/** Words in the name of a ward whose exams never wait: intensive care, theatre, emergency; product default [PD]. */
export const urgentWardWords: readonly string[] = ['ICU', 'CCU', '重症', '监护', '手术', '急诊', '抢救', '复苏'];

/**
 * How urgent an order is. An emergency by its code, by the class of its patient, or by its ward is an emergency: in
 * doubt a film is let through, because a wrong hold costs a patient time. A code that no table knows says nothing.
 */
export const orderPriorityOf = (
  order: { readonly code: string; readonly patientClass: PatientClass; readonly ward: string },
  wards: readonly string[] = urgentWardWords,
): OrderPriority => {
  const code = order.code.trim().toUpperCase();
  const ward = order.ward.toUpperCase();
  if (emergencyCodes.has(code) || order.patientClass === 'emergency') return 'emergency';
  if (wards.some((word) => ward.includes(word.toUpperCase()))) return 'emergency';
  if (routineCodes.has(code)) return 'routine';
  return order.patientClass === 'unknown' ? 'unknown' : 'routine';
};
