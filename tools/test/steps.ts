import path from 'node:path';
import { ensureWebBuilt } from '../bootstrap/build-web.mjs';
import { runTidy } from '../tidy/run-tidy.ts';
import { checkDirection } from './check-direction.ts';
import { checkTypes } from './check-types.ts';
import { runProgram } from './run-program.ts';
import { type Step, verdictOf } from './run-step.ts';
import { runVitest } from './run-vitest.ts';
import { ensureSystemPackages } from './system-packages.ts';

export const parts = ['checks', 'unit', 'browser'] as const;
export type Part = (typeof parts)[number];

/** The steps in order: what fails fastest first. */
export function stepsOf(root: string, only: Part | undefined): readonly Step[] {
  const steps: Record<Part, readonly Step[]> = {
    checks: checks(root),
    unit: [systemPackages(), { name: 'tests', run: () => runVitest(root, ['--exclude', 'test/e2e/**']) }],
    browser: [
      ...(only === 'browser' ? [systemPackages(), pages(root)] : []),
      { name: 'browser tests', run: () => runVitest(root, ['test/e2e/']) },
    ],
  };
  return parts.filter((part) => only === undefined || only === part).flatMap((part) => steps[part]);
}

function checks(root: string): readonly Step[] {
  return [
    { name: 'format', run: () => tool(root, 'prettier/bin/prettier.cjs', ['--check', '.']) },
    { name: 'types', run: () => checkTypes(root) },
    { name: 'lint', run: () => tool(root, 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']) },
    { name: 'direction', run: () => checkDirection(root) },
    { name: 'unused code', run: () => tool(root, 'knip/bin/knip.js', ['--no-progress']) },
    { name: 'tidy', run: async () => runTidy(root) },
    pages(root),
  ];
}

async function tool(root: string, script: string, args: readonly string[]) {
  const result = await runProgram(process.execPath, [path.join(root, 'node_modules', script), ...args], { cwd: root });
  return verdictOf(result.exitCode === 0, result.output);
}

function pages(root: string): Step {
  return {
    name: 'pages built',
    run: async () => {
      await ensureWebBuilt(root, process.execPath);
      return verdictOf(true, '');
    },
  };
}

function systemPackages(): Step {
  return { name: 'system packages', run: ensureSystemPackages };
}
