import { describe, expect, it } from 'vitest';
import { mayClose, mustOpen, type DepartmentNow } from './gate-opening.ts';
import { decideHold, type ExamAtGate } from './hold-policy.ts';
import { defaultHoldPolicy, type HoldPolicy, type HoldRule } from './hold-rule.ts';
import { simulateHold } from './simulate-hold.ts';

const minutes = (count: number) => count * 60_000;
const routine: ExamAtGate = {
  priorityClass: 'routine',
  care: 'none',
  streamMode: 'in-line',
  isMarkedEmergency: false,
  patientSetting: 'unknown',
  modality: 'DX',
  deviceId: 'dr-1',
  positionCodes: ['CH01'],
  weekday: 2,
  minuteOfDay: 600,
  reviewersPresent: 1,
  draw: 0.5,
  deviceHoldMinutes: null,
};
const rule = (over: Partial<HoldRule>): HoldRule => ({
  name: 'rule',
  mode: 'review-afterwards',
  holdMinutes: null,
  samplePercent: null,
  modalities: [],
  deviceIds: [],
  positionCodes: [],
  patientSettings: [],
  weekdays: [],
  fromMinute: null,
  toMinute: null,
  reviewersAtLeast: null,
  reviewersAtMost: null,
  ...over,
});
const withRules = (...rules: HoldRule[]): HoldPolicy => ({ ...defaultHoldPolicy, rules });
const decide = (exam: Partial<ExamAtGate>, policy = defaultHoldPolicy, isOpen = false) =>
  decideHold(policy, { ...routine, ...exam }, { isOpen, hospitalHoldMinutes: 15 });

describe('decideHold', () => {
  it('holds a routine exam for the hospital’s time unless the device or the rule has its own', () => {
    expect(decide({})).toEqual({ kind: 'hold', mode: 'until-graded', holdMs: minutes(15), rule: '' });
    expect(decide({ deviceHoldMinutes: 40 })).toMatchObject({ holdMs: minutes(40) });
    expect(decide({ deviceHoldMinutes: 0 })).toMatchObject({ holdMs: 0 });
    const own = withRules(rule({ mode: 'until-clear', holdMinutes: 3 }));
    expect(decide({ deviceHoldMinutes: 40 }, own)).toMatchObject({ mode: 'until-clear', holdMs: minutes(3) });
  });

  it.each([
    ['an emergency device', { priorityClass: 'emergency' }, 'emergency'],
    ['an exam that a person or an order marks', { isMarkedEmergency: true }, 'emergency'],
    ['a patient of the emergency room', { patientSetting: 'emergency' }, 'emergency'],
    [
      'a device nobody has named, marked as an emergency',
      { priorityClass: null, isMarkedEmergency: true },
      'emergency',
    ],
    ['intensive care', { care: 'icu' }, 'icu'],
    ['the operating theatre', { care: 'intraoperative' }, 'intraoperative'],
    ['a device nobody has named', { priorityClass: null }, 'unnamed-device'],
    ['a copy beside the stream', { streamMode: 'beside' }, 'copy'],
    ['a fetched exam', { streamMode: 'fetch', priorityClass: 'emergency' }, 'copy'],
  ] as const)('never holds %s, whatever the rules say', (_, exam, because) => {
    const strict = withRules(rule({ mode: 'until-graded', holdMinutes: 60 }));
    expect(decide(exam, strict)).toEqual({ kind: 'pass', because, rule: '' });
  });

  it('holds nothing while the gate is open', () => {
    expect(decide({}, defaultHoldPolicy, true)).toEqual({ kind: 'pass', because: 'gate-open', rule: '' });
  });

  it('lets the first rule that fits decide', () => {
    const policy = withRules(
      rule({ name: 'ct', modalities: ['CT'] }),
      rule({ name: 'dx', modalities: ['DX', 'CR'], mode: 'until-graded', holdMinutes: 5 }),
      rule({ name: 'all' }),
    );
    expect(decide({ modality: 'CT' }, policy)).toEqual({ kind: 'pass', because: 'review-afterwards', rule: 'ct' });
    expect(decide({}, policy)).toMatchObject({ rule: 'dx', holdMs: minutes(5) });
    expect(decide({ modality: 'MR' }, policy)).toMatchObject({ rule: 'all' });
  });

  it.each([
    ['device', { deviceIds: ['dr-1'] }, { deviceId: 'dr-2' }],
    ['a known device', { deviceIds: ['dr-1'] }, { deviceId: null }],
    ['position', { positionCodes: ['CH01'] }, { positionCodes: ['CH02'] }],
    ['a known position', { positionCodes: ['CH01'] }, { positionCodes: [] }],
    ['patient', { patientSettings: ['outpatient'] }, { patientSetting: 'inpatient' }],
    ['weekday', { weekdays: [1, 2] }, { weekday: 3 }],
    ['staffing, at least', { reviewersAtLeast: 1 }, { reviewersPresent: 0 }],
    ['staffing, at most', { reviewersAtMost: 1 }, { reviewersPresent: 2 }],
  ] as const)('asks for the %s', (_, condition, other) => {
    const policy = withRules(rule(condition as Partial<HoldRule>));
    expect(decide({ patientSetting: 'outpatient' }, policy)).toMatchObject({ kind: 'pass' });
    expect(decide(other, policy)).toMatchObject({ kind: 'hold' });
  });

  it.each([
    [479, 480, 1020, false],
    [480, 480, 1020, true],
    [1019, 480, 1020, true],
    [1020, 480, 1020, false],
    [1319, 1320, 420, false],
    [1320, 1320, 420, true],
    [0, 1320, 420, true],
    [419, 1320, 420, true],
    [420, 1320, 420, false],
    [500, 0, 0, true],
  ])('takes minute %i as inside %i–%i: %s', (minuteOfDay, fromMinute, toMinute, isInside) => {
    const policy = withRules(rule({ fromMinute, toMinute }));
    expect(decide({ minuteOfDay }, policy).kind).toBe(isInside ? 'pass' : 'hold');
  });

  it.each([
    [0, 0, 'pass'],
    [30, 0.29, 'hold'],
    [30, 0.3, 'pass'],
    [100, 0.999, 'hold'],
  ] as const)('holds a sample of %i %% of what is drawn: %d → %s', (samplePercent, draw, kind) => {
    expect(decide({ draw }, withRules(rule({ mode: 'sampled', samplePercent }))).kind).toBe(kind);
  });
});

describe('the gate that opens by itself', () => {
  const rules = { absentMinutes: 60, heldMax: 10, whenDegraded: true, atLeastMinutes: 15 };
  const now: DepartmentNow = {
    nowMs: minutes(1000),
    reviewerSeenMs: minutes(990),
    leftUnread: 0,
    held: 3,
    isDegraded: false,
  };

  it.each([
    ['all is well', {}, null],
    ['as many are held as are allowed', { held: 10 }, null],
    ['one more is held', { held: 11 }, 'queue-full'],
    ['the system is degraded', { isDegraded: true }, 'degraded'],
    ['nobody is there, but nothing has left unread', { reviewerSeenMs: null }, null],
    ['somebody was there 59 minutes ago', { reviewerSeenMs: minutes(941), leftUnread: 2 }, null],
    ['nobody was there for 60 minutes', { reviewerSeenMs: minutes(940), leftUnread: 1 }, 'reviewers-absent'],
    ['nobody was ever there', { reviewerSeenMs: null, leftUnread: 1 }, 'reviewers-absent'],
  ] as const)('when %s', (_, over, reason) => {
    expect(mustOpen(rules, { ...now, ...over })).toBe(reason);
  });

  it('obeys a reason that is switched off', () => {
    const off = { absentMinutes: null, heldMax: null, whenDegraded: false, atLeastMinutes: 15 };
    expect(mustOpen(off, { ...now, reviewerSeenMs: null, leftUnread: 9, held: 999, isDegraded: true })).toBeNull();
  });

  it('closes when its reason is gone and its least time is over', () => {
    expect(mayClose(rules, minutes(985), now)).toBe(true);
    expect(mayClose(rules, minutes(985) + 1, now)).toBe(false);
    expect(mayClose(rules, minutes(900), { ...now, isDegraded: true })).toBe(false);
  });
});

describe('simulateHold', () => {
  it('says of each exam what it would have waited, and whether it would have left unread', () => {
    const past = (examId: string, gradedAfter: number | null, over: Partial<ExamAtGate> = {}) => ({
      ...routine,
      ...over,
      examId,
      readyMs: minutes(100),
      gradedMs: gradedAfter === null ? null : minutes(100 + gradedAfter),
    });
    const exams = [past('a', 4), past('b', 15), past('c', null), past('d', 2, { priorityClass: 'emergency' })];
    expect(simulateHold(defaultHoldPolicy, exams, 15)).toEqual([
      { examId: 'a', rule: '', mode: 'until-graded', heldMs: minutes(4), isUnread: false },
      { examId: 'b', rule: '', mode: 'until-graded', heldMs: minutes(15), isUnread: true },
      { examId: 'c', rule: '', mode: 'until-graded', heldMs: minutes(15), isUnread: true },
      { examId: 'd', rule: '', because: 'emergency' },
    ]);
  });
});
