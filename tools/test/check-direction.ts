import path from 'node:path';
import { runProgram } from './run-program.ts';
import { type Outcome, verdictOf } from './run-step.ts';

/**
 * dependency-cruiser without a parser that fits the installed TypeScript reads no module and finds nothing wrong, so
 * the count is part of the check. The tree had 60 modules on its first day and only grows.
 */
const leastModules = 60;

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string; readonly severity: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

/** Who imports whom, against the rules of `.dependency-cruiser.cjs`. */
export async function checkDirection(root: string): Promise<Outcome> {
  const { violations, moduleCount } = await cruise(root, root, ['packages', 'apps', 'test']);
  const tooFew = `only ${moduleCount} modules were read, at least ${leastModules} exist: the parser does not fit`;
  const problems = moduleCount < leastModules ? [...violations, tooFew] : violations;
  return verdictOf(problems.length === 0, problems.join('\n'), `${moduleCount} modules`);
}

/** Reads the modules below the folders of a tree, by the rules and the tools of this repository. */
export async function cruise(
  root: string,
  tree: string,
  folders: readonly string[],
): Promise<{ violations: readonly string[]; moduleCount: number }> {
  const script = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const args = [script, '--config', config, '--output-type', 'json', ...folders];
  const result = await runProgram(process.execPath, args, { cwd: tree });
  if (!result.stdout.startsWith('{')) throw new Error(result.output);
  const { summary } = JSON.parse(result.stdout) as Cruise;
  const violations = summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map(({ rule, from, to, cycle }) => {
      const reached = cycle?.map((step) => step.name) ?? [to];
      return `${rule.name}: ${[from, ...reached].join(' → ')}`;
    });
  return { violations, moduleCount: summary.totalCruised };
}
