import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { nodeEnvironment, nodeFlags } from './find-node.mjs';

/** Runs a script as if it had been started in this place: same terminal, signals passed on, its exit code returned. */
export function runInForeground(node, args, root) {
  const child = spawn(node, [...nodeFlags, ...args], { stdio: 'inherit', env: environmentWith(node, root) });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => forward(child, signal));
  const watch = endWithNpm(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** npm passes a signal to the shell between it and this process, which dies of it alone: an orphan ends as well. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 250).unref();
}

function forward(child, signal) {
  // A terminal sends Ctrl-C to the whole group: the child has it already, and twice would mean "at once".
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}

/** The chosen Node first on the path, so that whatever the script starts by the name `node` runs on it too. */
function environmentWith(node, root) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env[name] ?? ''];
  // Stripping types and compiling is three quarters of a start: the second start finds it done.
  const cache = process.env['NODE_COMPILE_CACHE'] ?? path.join(root, 'node_modules/.cache/jiapian');
  return { ...nodeEnvironment, ...process.env, [name]: folders.join(path.delimiter), NODE_COMPILE_CACHE: cache };
}
