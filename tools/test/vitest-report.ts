import path from 'node:path';
import type { Tally } from './tally.ts';

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

const shownMessageLines = 5;

/** Counts tests; a file that failed without a failed test (it did not load) counts as one, and so does a run that ended badly. */
export function tallyOf(report: VitestReport, exitCode: number): Tally {
  const count = (status: (name: string) => boolean) =>
    report.testResults.flatMap((file) => file.assertionResults).filter((test) => status(test.status)).length;
  const unloaded = report.testResults.filter((file) => isUnloaded(file)).length;
  const passed = count((status) => status === 'passed');
  const failed = count((status) => status === 'failed') + unloaded;
  const skipped = count((status) => status !== 'passed' && status !== 'failed');
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}

/** The files that took longest, with their seconds: where to look when the suite grows slow. */
export function slowestFiles(report: VitestReport, count: number): string {
  return report.testResults
    .map(({ name, startTime, endTime }) => ({ name: path.basename(name, '.test.ts'), tookMs: endTime - startTime }))
    .toSorted((a, b) => b.tookMs - a.tookMs)
    .slice(0, count)
    .map(({ name, tookMs }) => `${name} ${Math.round(tookMs / 1000)} s`)
    .join(', ');
}

/** Each failed test with the first lines of what it said. */
export function describeFailures(report: VitestReport, root: string): string {
  return report.testResults
    .flatMap((file) => {
      const name = path.relative(root, file.name);
      if (isUnloaded(file)) return [`${name}: ${firstLines(file.message ?? 'did not load')}`];
      return file.assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => `${name}: ${test.fullName}\n  ${firstLines(test.failureMessages?.join('\n') ?? '')}`);
    })
    .join('\n');
}

function isUnloaded(file: VitestReport['testResults'][number]): boolean {
  return file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
}

function firstLines(message: string): string {
  const lines = message.split('\n').filter((line) => !/^\s+at .*(node_modules|node:)/.test(line));
  return lines.slice(0, shownMessageLines).join('\n  ');
}
