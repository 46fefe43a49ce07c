import type { ExamAtGate } from '@jiapian/rules';
import type { ExamAtGateRow } from './exam-at-gate.repository.ts';

/** The last eight hexadecimal digits of an identifier are random in every version of it. */
const RANDOM_DIGITS = 8;
const DRAWS = 16 ** RANDOM_DIGITS;

/** A number from 0 up to 1 that belongs to the exam for ever, so that a draw can be checked. */
export const drawOf = (examId: string): number => Number.parseInt(examId.slice(-RANDOM_DIGITS), 16) / DRAWS;

/** A row of the register as the policy asks for it. */
export const examAtGateOf = (row: ExamAtGateRow, reviewersPresent: number): ExamAtGate => ({
  priorityClass: row.named_at === null ? null : row.priority_class,
  care: row.care,
  streamMode: row.stream_mode,
  isMarkedEmergency: row.priority === 'emergency',
  patientSetting: row.patient_class,
  modality: row.modality,
  deviceId: row.device_id,
  positionCodes: row.position_codes,
  weekday: row.weekday,
  minuteOfDay: row.minute_of_day,
  reviewersPresent,
  draw: drawOf(row.exam_id),
  deviceHoldMinutes: row.hold_minutes,
});
