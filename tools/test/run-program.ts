import { spawn } from 'node:child_process';

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** No step of the tests takes this long; one that does hangs. */
const limitMs = 30 * 60 * 1000;

/** Runs a program to its end and keeps what it said. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<ProgramResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramResult>();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  const stdout: Buffer[] = [];
  const both: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    both.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => both.push(chunk));
  child.on('error', reject);
  child.on('close', (code, signal) => {
    const ending = code === null ? `\nended by ${signal} (the limit of a step is ${limitMs / 60_000} minutes)` : '';
    const output = Buffer.concat(both).toString() + ending;
    resolve({ exitCode: code ?? 1, stdout: Buffer.concat(stdout).toString(), output });
  });
  return promise;
}
