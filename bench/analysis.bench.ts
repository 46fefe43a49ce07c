import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodePart10, joinChunks } from '@jiapian/dicom';
import { fullSize, simulateExam } from '@jiapian/simulator';
import { temporaryFolder } from '@jiapian/testkit';
import { createMeasurePool } from '../apps/server/src/analysis/index.ts';
import { readObjectHead } from '../apps/server/src/analysis/read-head.ts';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';

const films = 16;
const limitMs = 500;
const limitMegabytes = 300;
const backlogFilms = 10_000;
const bytesPerMegabyte = 1024 * 1024;
const msPerHour = 3_600_000;

export const bench: Bench = {
  title: 'Measuring thread: header, decoding and every figure of full-size radiographs',
  run: async (progress) => {
    const folder = temporaryFolder('bench-analysis');
    const pool = createMeasurePool({ workers: 1 });
    try {
      const paths = Array.from({ length: films }, (_, at) => filmAt(folder.path, at));
      const before = process.memoryUsage.rss();
      // The first film starts the thread.
      await measure(pool, paths[0]!);
      const times: number[] = [];
      let peak = 0;
      for (const film of paths) {
        times.push(await measure(pool, film));
        peak = Math.max(peak, process.memoryUsage.rss());
        progress(`${path.basename(film)}: ${times.at(-1)?.toFixed(0)} ms`);
      }
      const middle = median(times);
      const grownMegabytes = (peak - before) / bytesPerMegabyte;
      const hours = (middle * backlogFilms) / msPerHour;
      const rows = [
        [middle.toFixed(0), Math.max(...times).toFixed(0), grownMegabytes.toFixed(0), `${hours.toFixed(1)} h`],
      ];
      return {
        tables: [
          {
            title: `${films} films of 7.5 megapixels, one thread`,
            columns: ['median, ms', 'slowest, ms', 'memory grown by, MB', `backlog of ${backlogFilms} films`],
            rows,
          },
        ],
        targets: [
          { claim: 'a film ≤ 0.5 s on one core', measured: `${Math.round(middle)} ms`, isMet: middle <= limitMs },
          {
            claim: `≤ ${limitMegabytes} MB per worker`,
            measured: `${Math.round(grownMegabytes)} MB`,
            isMet: grownMegabytes <= limitMegabytes,
          },
        ],
        measurements: { times, grownMegabytes },
      };
    } finally {
      await pool.close();
      folder.remove();
    }
  },
};

const measure = async (pool: ReturnType<typeof createMeasurePool>, file: string): Promise<number> => {
  const startedAt = performance.now();
  const { source } = readObjectHead(file);
  const { measurements } = await pool.run({ scope: 'whole', sources: [source] }, 'review');
  return measurements.length > 0 ? performance.now() - startedAt : Number.NaN;
};

const filmAt = (folder: string, at: number): string => {
  const exam = simulateExam(`bench ${at}`, { procedure: 'chest-pa', defectRate: 0, size: fullSize });
  const [instance] = exam.instances;
  const { dataSet, ...meta } = instance!;
  const file = path.join(folder, `film-${at}.dcm`);
  writeFileSync(file, joinChunks(encodePart10(meta, dataSet)));
  return file;
};
