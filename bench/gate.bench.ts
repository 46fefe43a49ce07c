import { defaultHoldPolicy, simulateHold, type HoldPolicy, type HoldRule, type PastExam } from '@jiapian/rules';
import type { Bench } from './bench.ts';

const exams = 3_000;
const rules = 50;
const rounds = 20;
const targetMs = 200;

/** A day of a very large department, none of whose exams fits before the last rule. */
export const bench: Bench = {
  title: `The hold policy of ${rules} rules over a day of ${exams} exams`,
  run: async () => {
    const policy: HoldPolicy = { ...defaultHoldPolicy, rules: Array.from({ length: rules }, (_, at) => ruleAt(at)) };
    const day = Array.from({ length: exams }, (_, at) => examAt(at));
    const times = Array.from({ length: rounds }, () => {
      const started = performance.now();
      simulateHold(policy, day, 15);
      return performance.now() - started;
    });
    const worst = Math.max(...times);
    return {
      tables: [
        {
          title: 'Policy evaluation',
          columns: ['exams', 'rules', 'median ms', 'worst ms'],
          rows: [[String(exams), String(rules), medianOf(times).toFixed(2), worst.toFixed(2)]],
        },
      ],
      targets: [
        {
          claim: `policy evaluation over ${exams} exams < ${targetMs} ms`,
          measured: `${worst.toFixed(1)} ms at worst`,
          isMet: worst < targetMs,
        },
      ],
      measurements: times,
    };
  },
};

const medianOf = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const ruleAt = (at: number): HoldRule => ({
  name: `rule ${at}`,
  mode: 'until-graded',
  holdMinutes: at,
  samplePercent: null,
  modalities: ['DX', 'CR', 'CT'],
  deviceIds: Array.from({ length: 20 }, (_, device) => `device-${at}-${device}`),
  positionCodes: ['CH01', 'CH02'],
  patientSettings: ['outpatient', 'unknown'],
  weekdays: [1, 2, 3, 4, 5],
  fromMinute: 480,
  toMinute: 1020,
  reviewersAtLeast: 1,
  reviewersAtMost: null,
});

const examAt = (at: number): PastExam => ({
  examId: `exam-${at}`,
  readyMs: at * 20_000,
  gradedMs: at % 3 === 0 ? null : at * 20_000 + 300_000,
  priorityClass: at % 20 === 0 ? 'emergency' : 'routine',
  care: 'none',
  streamMode: 'in-line',
  isMarkedEmergency: false,
  patientSetting: 'outpatient',
  modality: 'DX',
  deviceId: `device-x-${at % 10}`,
  positionCodes: ['CH01'],
  weekday: 2,
  minuteOfDay: 600,
  reviewersPresent: 2,
  draw: (at % 100) / 100,
  deviceHoldMinutes: null,
});
