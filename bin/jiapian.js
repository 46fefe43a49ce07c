#!/usr/bin/env node
// The command line. Any Node >= 18 may run this file; the product runs on the Node that the bootstrap finds.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from '../tools/bootstrap/find-node.mjs';
import { runInForeground } from '../tools/bootstrap/run-in-foreground.mjs';
import { Stop } from '../tools/bootstrap/stop.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const script = path.join(root, 'apps', 'server', 'src', 'cli', 'cli.ts');

try {
  process.exitCode = await runInForeground(findNode(root), [script, ...process.argv.slice(2)], root);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
