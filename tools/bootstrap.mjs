#!/usr/bin/env node
// The one door of `npm start`, `demo`, `test`, `nightly`, `check` and `bench`. Runs on any Node >= 18 with nothing installed:
// this file and its folder import nothing but Node itself and keep to syntax that Node 18 knows.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './bootstrap/install.mjs';
import { findNode } from './bootstrap/find-node.mjs';
import { ensureWebBuilt } from './bootstrap/build-web.mjs';
import { runInForeground } from './bootstrap/run-in-foreground.mjs';
import { Stop } from './bootstrap/stop.mjs';

const commands = {
  start: { install: 'production', web: true, script: ['apps/server/src/main.ts'] },
  demo: { install: 'production', web: true, script: ['apps/server/src/cli/cli.ts', 'demo'] },
  test: { install: 'full', web: false, script: ['tools/test.ts'] },
  nightly: { install: 'full', web: false, script: ['tools/nightly.ts'] },
  check: { install: 'full', web: false, script: ['tools/test.ts', '--only', 'checks'] },
  bench: { install: 'full', web: true, script: ['bench/run.ts'] },
};

async function main() {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const [name, ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command) throw new Stop(`Use: node tools/bootstrap.mjs ${Object.keys(commands).join('|')}`, 2);
  await ensureInstalled(root, command.install);
  const node = findNode(root);
  if (command.web) await ensureWebBuilt(root, node);
  const [script, ...fixed] = command.script;
  return runInForeground(node, [path.join(root, script), ...fixed, ...rest], root);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = error.exitCode;
}
