import type { Tally } from './tally.ts';

/** One line of `npm test`. `output` is shown only when something failed. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

export interface Outcome {
  readonly tally: Tally;
  readonly output: string;
  /** A figure worth a place on the line of a passed step. */
  readonly remark?: string;
}

const shownLines = 160;

/** Runs a step and prints its line; a step that throws has failed, and the others go on. */
export async function runStep(step: Step): Promise<Tally> {
  const started = performance.now();
  const { tally, output, remark } = await outcomeOf(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = tally.failed > 0 ? 'FAILED' : 'ok';
  console.log(`${step.name.padEnd(18)} ${verdict.padEnd(6)} ${seconds.padStart(6)} s  ${remark ?? ''}`.trimEnd());
  if (tally.failed > 0) console.log(tailOf(output));
  return tally;
}

/** The outcome of a step that either holds or does not. */
export function verdictOf(holds: boolean, output: string, remark?: string): Outcome {
  const tally = { passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0 };
  return { tally, output, ...(remark === undefined ? {} : { remark }) };
}

async function outcomeOf(step: Step): Promise<Outcome> {
  try {
    return await step.run();
  } catch (error) {
    return verdictOf(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function tailOf(output: string): string {
  const lines = output.trimEnd().split('\n');
  const shown = lines.slice(-shownLines).map((line) => `    ${line}`);
  return [...(lines.length > shownLines ? [`    … ${lines.length - shownLines} lines before`] : []), ...shown].join(
    '\n',
  );
}
