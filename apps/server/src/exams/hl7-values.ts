import type { Hl7Segment } from '../platform/hl7-message.ts';

/** A time of HL7 (`YYYYMMDDHHMM[SS[.S]][+/-ZZZZ]`) as ISO 8601, local when it has no offset; null when it is none. */
export const hl7Moment = (text: string): string | null => {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})?(\d{2})?(?:\.\d+)?)?([+-]\d{4})?$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // A day that no calendar has, such as month 20, is no time; the 30th of February rolls over and is none either.
  const moment = new Date(`${iso}Z`);
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 19) !== iso) return null;
  return zone === undefined ? iso : `${iso}${zone.slice(0, 3)}:${zone.slice(3)}`;
};

/** A day of HL7; null when it is none. */
export const hl7Day = (text: string): string | null => hl7Moment(text.slice(0, 8))?.slice(0, 10) ?? null;

/** An extended person name (XPN, XCN from component `first`) as DICOM writes it, trailing carets left out. */
export const hl7Name = (segment: Hl7Segment, field: number, first = 1): string => {
  // DICOM's order is family, given, middle, prefix, suffix; HL7's has the suffix before the prefix.
  const at = [first, first + 1, first + 2, first + 4, first + 3];
  return at
    .map((component) => segment.value(field, component).replace(/[\^=\\]/g, ' '))
    .join('^')
    .replace(/[\s^]+$/, '');
};

/** Which repetition of PID-3 is the hospital's own number: the one typed MR or PI, else the first that has no other type. */
export const patientIdOf = (pid: Hl7Segment, field = 3): { dicomPatientId: string; issuer: string } => {
  const all = Array.from({ length: pid.repetitions(field) }, (_, index) => index + 1);
  const typed = (types: readonly string[]) => all.find((one) => types.includes(pid.value(field, 5, one)));
  const chosen = typed(['MR', 'PI', 'PT', 'PN']) ?? typed(['']) ?? all[0] ?? 1;
  return { dicomPatientId: pid.value(field, 1, chosen), issuer: pid.value(field, 4, chosen) };
};
