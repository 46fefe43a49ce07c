// `npm test`: every check and every test, one line each, and one last line that says how it went.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stepsOf, type Part, parts } from './test/steps.ts';
import { runStep } from './test/run-step.ts';
import { addTallies, type Tally } from './test/tally.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
if (values.only !== undefined && !isPart(values.only)) {
  console.error(`--only takes one of ${parts.join(', ')}`);
  process.exit(2);
}
const root = path.dirname(import.meta.dirname);
const started = performance.now();
let total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const step of stepsOf(root, values.only)) total = addTallies(total, await runStep(step));
console.log(`\n${Math.round((performance.now() - started) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

function isPart(name: string): name is Part {
  return (parts as readonly string[]).includes(name);
}
