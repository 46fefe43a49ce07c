import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@jiapian/testkit';
import type { Bench } from './bench.ts';
import { sampleFilms } from './memory-inputs.ts';

const limitMegabytes = 300;
const limitMs = 300_000;

interface Measured {
  grown: number;
  durationMs: number;
  outcome: string;
}

export const bench: Bench = {
  title: 'Memory of a measuring thread over the largest and the oddest inputs, each in a process of its own',
  run: async (progress) => {
    const folder = temporaryFolder('bench-memory');
    try {
      const results: (Measured & { name: string })[] = [];
      for (const { name, write } of sampleFilms) {
        const file = write(folder.path);
        const measured = await inChild(file);
        results.push({ name, ...measured });
        progress(`${name}: ${measured.grown.toFixed(0)} MB, ${measured.outcome}`);
      }
      const most = Math.max(...results.map(({ grown }) => grown));
      return {
        tables: [
          {
            title: 'Growth of the resident memory from before the thread to its highest',
            columns: ['input', 'MB', 's', 'outcome'],
            rows: results.map(({ name, grown, durationMs, outcome }) => [
              name,
              grown.toFixed(0),
              (durationMs / 1000).toFixed(1),
              outcome,
            ]),
          },
        ],
        targets: [
          {
            claim: `≤ ${limitMegabytes} MB per worker for any input`,
            measured: `${most.toFixed(0)} MB`,
            isMet: most <= limitMegabytes,
          },
        ],
        measurements: results,
      };
    } finally {
      folder.remove();
    }
  },
};

const inChild = async (file: string): Promise<Measured> => {
  const child = path.join(import.meta.dirname, 'backlog-memory-child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, file], { timeout: limitMs });
  return JSON.parse(stdout) as Measured;
};
