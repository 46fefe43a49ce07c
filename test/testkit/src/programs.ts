import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to the environment; `undefined` takes a variable out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Finished {
  readonly exitCode: number;
  /** stdout and stderr as they came. */
  readonly output: string;
}

export interface Running {
  readonly pid: number;
  /** What the program said so far on stdout and stderr. */
  readonly output: () => string;
  /** The exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly hasExited: () => boolean;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** SIGTERM, then SIGKILL for what does not end within ten seconds. */
  readonly stop: () => Promise<void>;
}

const patienceMs = 10_000;
const runningNow = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of runningNow) child.kill('SIGKILL');
});

/** The full path of a program, or an error that says which package brings it. */
export function findProgram(name: string, debianPackage: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
  if (found === undefined) throw new Error(`${name} is not installed: apt-get install ${debianPackage}`);
  return found;
}

/** Starts a program; it does not outlive this process. */
export function startProgram(file: string, args: readonly string[], options: ProgramOptions = {}): Running {
  const child = spawn(file, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  runningNow.add(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const { promise: exited, resolve, reject } = Promise.withResolvers<number | null>();
  exited.catch(() => undefined);
  child.on('error', reject);
  child.on('close', (code) => {
    runningNow.delete(child);
    resolve(code);
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (hasExited()) return;
    const last = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(last);
  };
  if (child.pid === undefined) throw new Error(`${file} could not be started`);
  return { pid: child.pid, output: () => output, exited, hasExited, signal: (name) => void child.kill(name), stop };
}

/** Runs a program to its end. */
export async function runToEnd(file: string, args: readonly string[], options: ProgramOptions = {}): Promise<Finished> {
  const running = startProgram(file, args, options);
  const exitCode = (await running.exited) ?? 1;
  return { exitCode, output: running.output() };
}
