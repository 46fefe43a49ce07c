import type { HoldMode, HoldPolicy, HoldRule, PatientSetting } from './hold-rule.ts';

/** What a device is for; null while nobody has named it. */
export type PriorityClass = 'routine' | 'emergency' | null;
/** Where its patients lie, when that alone forbids waiting. */
export type CareSetting = 'none' | 'icu' | 'intraoperative';
/** How a device stands in the stream: through us, beside us (we get a copy), or fetched from the PACS. */
export type StreamMode = 'in-line' | 'beside' | 'fetch';

/** What the policy asks about an exam that has become ready. */
export interface ExamAtGate {
  readonly priorityClass: PriorityClass;
  readonly care: CareSetting;
  readonly streamMode: StreamMode;
  readonly isMarkedEmergency: boolean;
  readonly patientSetting: PatientSetting;
  readonly modality: string;
  readonly deviceId: string | null;
  readonly positionCodes: readonly string[];
  /** The hospital's day of the week, 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Minutes since midnight of the hospital's day. */
  readonly minuteOfDay: number;
  /** Reviewers seen at work lately. */
  readonly reviewersPresent: number;
  /** A number from 0 up to 1 that belongs to this exam, for sampled holds. */
  readonly draw: number;
  /** The device's own hold time; null for the rule's or the hospital's. */
  readonly deviceHoldMinutes: number | null;
}

/** Why an exam is not held. */
export const passReasons = [
  'emergency',
  'icu',
  'intraoperative',
  'unnamed-device',
  'copy',
  'gate-open',
  'review-afterwards',
  'not-sampled',
] as const;
/** One reason why an exam is not held. */
export type PassReason = (typeof passReasons)[number];

/** Held for a time in ms, or let through and why; `rule` is the name of the deciding rule, empty when none decided. */
export type HoldDecision =
  | { readonly kind: 'hold'; readonly mode: HoldMode; readonly holdMs: number; readonly rule: string }
  | { readonly kind: 'pass'; readonly because: PassReason; readonly rule: string };

/** How long a routine exam waits for its grades: 15 min after it is ready, product default [PD], unverified. */
export const defaultHoldMinutes = 15;

const millisecondsPerMinute = 60_000;
const minutesPerDay = 1440;

/**
 * Whether a ready exam is held at the gate, and how. What no rule can change stands first: a copy has left already;
 * an emergency, intensive care and the operating theatre never wait; a device that nobody has named is not held,
 * because it may be an emergency room's; an open gate holds nothing. After that the first rule that fits decides.
 * `hospitalHoldMinutes` counts when neither rule nor device names a time.
 */
export const decideHold = (
  policy: HoldPolicy,
  exam: ExamAtGate,
  gate: { readonly isOpen: boolean; readonly hospitalHoldMinutes: number },
): HoldDecision => {
  const fixed = fixedPass(exam, gate.isOpen);
  if (fixed !== null) return { kind: 'pass', because: fixed, rule: '' };
  const rule = policy.rules.find((one) => fits(one, exam));
  const { mode, holdMinutes, samplePercent } = rule ?? policy.otherwise;
  const name = rule?.name ?? '';
  if (mode === 'review-afterwards') return { kind: 'pass', because: 'review-afterwards', rule: name };
  if (mode === 'sampled' && exam.draw * 100 >= (samplePercent ?? 0)) {
    return { kind: 'pass', because: 'not-sampled', rule: name };
  }
  const minutes = holdMinutes ?? exam.deviceHoldMinutes ?? gate.hospitalHoldMinutes;
  return { kind: 'hold', mode, holdMs: minutes * millisecondsPerMinute, rule: name };
};

const fixedPass = (exam: ExamAtGate, isGateOpen: boolean): PassReason | null => {
  if (exam.streamMode !== 'in-line') return 'copy';
  if (exam.priorityClass === 'emergency' || exam.isMarkedEmergency || exam.patientSetting === 'emergency') {
    return 'emergency';
  }
  if (exam.care !== 'none') return exam.care;
  if (exam.priorityClass === null) return 'unnamed-device';
  return isGateOpen ? 'gate-open' : null;
};

/** An empty list asks nothing; every condition that is named must hold. */
const fits = (rule: HoldRule, exam: ExamAtGate): boolean =>
  isAmong(rule.modalities, exam.modality) &&
  isAmong(rule.deviceIds, exam.deviceId) &&
  isAmong(rule.patientSettings, exam.patientSetting) &&
  isAmong(rule.weekdays, exam.weekday) &&
  (rule.positionCodes.length === 0 || exam.positionCodes.some((code) => rule.positionCodes.includes(code))) &&
  isWithinHours(rule, exam.minuteOfDay) &&
  (rule.reviewersAtLeast === null || exam.reviewersPresent >= rule.reviewersAtLeast) &&
  (rule.reviewersAtMost === null || exam.reviewersPresent <= rule.reviewersAtMost);

const isAmong = <Value>(wanted: readonly Value[], value: Value | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));

/** From the first minute, up to the last one without it; a span may run over midnight. */
const isWithinHours = (rule: HoldRule, minute: number): boolean => {
  if (rule.fromMinute === null || rule.toMinute === null) return true;
  const span = (rule.toMinute - rule.fromMinute + minutesPerDay) % minutesPerDay;
  return span === 0 || (minute - rule.fromMinute + minutesPerDay) % minutesPerDay < span;
};

/** An exam that leaves by itself within so many minutes is shown as urgent; product default [PD], unverified. */
export const dueSoonMinutes = 5;

/** Whether the hold time of an exam is up; the last moment of it is outside. Moments in ms since 1970 UTC. */
export const isHoldOver = (holdUntilMs: number, nowMs: number): boolean => nowMs >= holdUntilMs;
