// Measures one file in a thread of its own process and prints how far the process grew, in MB.
import fs from 'node:fs';
import { createMeasurePool } from '../apps/server/src/analysis/index.ts';
import { readObjectHead } from '../apps/server/src/analysis/read-head.ts';

const kilobytesPerMegabyte = 1024;
const memory = (name: 'VmRSS' | 'VmHWM'): number => {
  const [, kilobytes] =
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / kilobytesPerMegabyte;
};

const [file = ''] = process.argv.slice(2);
const pool = createMeasurePool({ workers: 1 });
const before = memory('VmRSS');
const startedAt = performance.now();
let outcome: string;
try {
  const { source } = readObjectHead(file);
  const { measurements, notMeasured } = await pool.run({ scope: 'whole', sources: [source] }, 'review');
  const reason = notMeasured.find(({ metric }) => metric === 'pixels')?.reason;
  outcome = reason ?? `${measurements.length} figures`;
} catch (error) {
  outcome = (error as { facts?: { reason?: string } }).facts?.reason ?? String(error);
}
const durationMs = performance.now() - startedAt;
const grown = Math.max(0, memory('VmHWM') - before);
await pool.close();
console.log(JSON.stringify({ grown, durationMs, outcome }));
