import fs from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.ts';
import { type Outcome, verdictOf } from './run-step.ts';

/** Type-checks the root project and every package and app, two at a time. */
export async function checkTypes(root: string): Promise<Outcome> {
  const waiting = projectsOf(root);
  const failures: string[] = [];
  const count = waiting.length;
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const worker = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const result = await runProgram(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { cwd: root });
      if (result.exitCode !== 0) failures.push(`${project}\n${result.output}`);
    }
  };
  await Promise.all([worker(), worker()]);
  return verdictOf(failures.length === 0, failures.join('\n'), `${count} projects`);
}

function projectsOf(root: string): string[] {
  const folders = ['packages', 'apps', 'test'].flatMap((group) =>
    fs.readdirSync(path.join(root, group)).map((name) => path.join(group, name)),
  );
  return ['.', ...folders].filter((folder) => fs.existsSync(path.join(root, folder, 'tsconfig.json')));
}
