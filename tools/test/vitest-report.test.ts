import { expect, it } from 'vitest';
import { describeFailures, slowestFiles, tallyOf } from './vitest-report.ts';

const file = (status: string, ...tests: string[]) => ({
  name: '/r/a.test.ts',
  status,
  message: 'cannot load',
  startTime: 1_000,
  endTime: 3_000,
  assertionResults: tests.map((each) => ({ status: each, fullName: `is ${each}`, failureMessages: ['because'] })),
});

it('counts tests, and neither passed nor failed as skipped', () => {
  const report = { testResults: [file('passed', 'passed', 'pending', 'todo'), file('failed', 'passed', 'failed')] };
  expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

it('counts a file that did not load as one failure', () => {
  expect(tallyOf({ testResults: [file('failed')] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('counts a run that ended badly with every test passed as one failure', () => {
  expect(tallyOf({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it('names the slowest files first', () => {
  const quick = { ...file('passed'), name: '/r/quick.test.ts', endTime: 1_400 };
  expect(slowestFiles({ testResults: [quick, file('passed')] }, 1)).toBe('a 2 s');
  expect(slowestFiles({ testResults: [quick, file('passed')] }, 2)).toBe('a 2 s, quick 0 s');
});

it('names the failed test and what it said', () => {
  expect(describeFailures({ testResults: [file('failed', 'failed')] }, '/r')).toBe('a.test.ts: is failed\n  because');
});
