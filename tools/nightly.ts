// `npm run nightly`: what takes too long for every run. 100,000 mutated inputs from a seed that is printed, deep and
// cyclic structured reports, awkward planes. `--inputs N` and `--seed N` repeat a night.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runStep } from './test/run-step.ts';
import { runVitest } from './test/run-vitest.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    /** The day: every night mutates differently. */
    seed: { type: 'string', default: new Date().toISOString().slice(0, 10).replaceAll('-', '') },
  },
});
if (!/^\d{1,7}$/.test(values.inputs) || !/^\d{1,9}$/.test(values.seed)) {
  console.error('--inputs and --seed take a whole number');
  process.exit(2);
}
process.env['JIAPIAN_FUZZ_INPUTS'] = values.inputs;
process.env['JIAPIAN_FUZZ_SEED'] = values.seed;
console.log(`${values.inputs} mutated inputs, seed ${values.seed}`);
const root = path.dirname(import.meta.dirname);
const tests = [
  'apps/server/src/cli/inspect-hostile.test.ts',
  'packages/dicom/src/structured-report/read-content-tree.test.ts',
  'packages/rules/src/picture/hostile-planes.test.ts',
];
const started = performance.now();
const tally = await runStep({ name: 'long tests', run: () => runVitest(root, tests) });
console.log(`\n${Math.round((performance.now() - started) / 1000)} s`);
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 ? 1 : 0;
