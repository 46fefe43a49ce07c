import { startServer, temporaryFolder } from '@jiapian/testkit';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';

const repetitions = 5;
/** Of an installed tree with built pages, to every role ready. */
const limitMs = 5000;

export const bench: Bench = {
  title: 'Start of an installed tree, until /readyz answers 200',
  run: async (progress) => {
    const first: number[] = [];
    const later: number[] = [];
    for (let round = 0; round < repetitions; round++) {
      const folder = temporaryFolder('bench-start');
      try {
        first.push(await startOnce(folder.path));
        later.push(await startOnce(folder.path));
      } finally {
        folder.remove();
      }
      progress(`round ${round + 1}: ${first.at(-1)?.toFixed(0)} ms, ${later.at(-1)?.toFixed(0)} ms`);
    }
    const rows = [
      ['first start: database created and migrated', ...figures(first)],
      ['later start', ...figures(later)],
    ];
    const slowest = Math.max(median(first), median(later));
    return {
      tables: [{ title: `Milliseconds, ${repetitions} starts each`, columns: ['start', 'median', 'slowest'], rows }],
      targets: [{ claim: 'start to ready < 5 s', measured: `${Math.round(slowest)} ms`, isMet: slowest < limitMs }],
      measurements: { first, later },
    };
  },
};

async function startOnce(dataFolder: string): Promise<number> {
  const started = performance.now();
  const server = await startServer({ dataFolder });
  const readyAfter = performance.now() - started;
  await server.stop();
  return readyAfter;
}

function figures(values: readonly number[]): string[] {
  return [median(values), Math.max(...values)].map((value) => value.toFixed(0));
}
