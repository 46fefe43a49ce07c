import fs from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.ts';
import type { Outcome } from './run-step.ts';
import { type VitestReport, describeFailures, slowestFiles, tallyOf } from './vitest-report.ts';

const shownSlowest = 8;

/** Runs vitest and reads its JSON report; a run without a report has failed. */
export async function runVitest(root: string, selection: readonly string[]): Promise<Outcome> {
  const folder = path.join(root, '.tmp');
  fs.mkdirSync(folder, { recursive: true });
  const report = path.join(folder, `vitest-${process.pid}.json`);
  const args = ['run', ...selection, '--reporter=json', `--outputFile=${report}`, '--passWithNoTests=false'];
  const script = path.join(root, 'node_modules/vitest/vitest.mjs');
  try {
    const result = await runProgram(process.execPath, [script, ...args], { cwd: root });
    if (!fs.existsSync(report)) return { tally: { passed: 0, failed: 1, skipped: 0 }, output: result.output };
    const read = JSON.parse(fs.readFileSync(report, 'utf8')) as VitestReport;
    const tally = tallyOf(read, result.exitCode);
    const counts = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
    const remark = `${counts}; slowest: ${slowestFiles(read, shownSlowest)}`;
    return { tally, output: `${result.output}\n${describeFailures(read, root)}`, remark };
  } finally {
    fs.rmSync(report, { force: true });
  }
}
