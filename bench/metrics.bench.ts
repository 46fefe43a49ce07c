import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { measureRadiograph, type RadiographFrame } from '@jiapian/rules';
import type { Bench } from './bench.ts';
import { randomFrom } from './degrade-film.ts';
import { median } from './statistics.ts';

const ROWS = 3000;
const COLUMNS = 2500;
const RUNS = 9;
const WARM_UP_RUNS = 3;
const LIMIT_MS = 500;
const LIMIT_MB = 300;
const TIMES_FASTER = 3;

/** All radiography measurements of one large film, in processor time of one thread, beside numpy and scipy. */
export const bench: Bench = {
  title: `Radiograph metrics of a ${COLUMNS} × ${ROWS} film of 16 bits`,
  run: async (progress) => {
    const frame = drawnChest();
    const times: number[] = [];
    let noise = 0;
    for (let run = 0; run < RUNS + WARM_UP_RUNS; run += 1) {
      const start = process.cpuUsage();
      const { measurements } = measureRadiograph(frame, { part: 'chest', view: 'pa' });
      const { user, system } = process.cpuUsage(start);
      if (run >= WARM_UP_RUNS) times.push((user + system) / 1000);
      noise = measurements.find(({ metric }) => metric === 'immerkaer-noise')?.value ?? Number.NaN;
    }
    const residentMb = process.resourceUsage().maxRSS / 1024;
    progress(`own ${times.map(Math.round).join(' ')} ms`);
    const peer = runPeer(frame);
    const own = median(times);
    const cells = (name: string, ms: number, sigma: number): string[] => [name, ms.toFixed(0), sigma.toFixed(3)];
    const rows = [cells('this program, all metrics', own, noise)];
    if (peer !== undefined)
      rows.push(cells('numpy and scipy, the same steps where they have an array form', peer.ms, peer.noise));
    return {
      tables: [{ title: 'Median processor time', columns: ['program', 'ms', 'noise σ'], rows }],
      targets: [
        { claim: `one film ≤ ${LIMIT_MS} ms on one core`, measured: `${own.toFixed(0)} ms`, isMet: own <= LIMIT_MS },
        { claim: `≤ ${LIMIT_MB} MB`, measured: `${residentMb.toFixed(0)} MB`, isMet: residentMb <= LIMIT_MB },
        peer === undefined
          ? { claim: 'numpy and scipy', measured: 'skipped: python3 with both is not installed', isMet: true }
          : {
              claim: `≥ ${TIMES_FASTER} × faster than numpy and scipy`,
              measured: `${(peer.ms / own).toFixed(1)} ×`,
              isMet: peer.ms / own >= TIMES_FASTER,
            },
      ],
      measurements: { times, peer, residentMb },
    };
  },
};

/** Lungs, ribs and noise in 12 of 16 bits; what matters is that every metric has something to do. */
function drawnChest(): RadiographFrame {
  const random = randomFrom(1);
  const samples = new Uint16Array(ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const [x, y] = [(column - COLUMNS / 2) / COLUMNS, (row - ROWS / 2) / ROWS];
      const lung = ((Math.abs(x) - 0.2) / 0.14) ** 2 + (y / 0.3) ** 2 < 1;
      const body = Math.abs(x) < 0.46 || y > 0.3;
      const rib = Math.abs(((y + x * x) * 20) % 1) < 0.3 ? 250 : 0;
      const grey = body ? (lung ? 900 + rib : 2600 + rib / 3) : 60;
      samples[row * COLUMNS + column] = grey + 60 * (random() + random() - 1) + 30;
    }
  }
  return {
    rows: ROWS,
    columns: COLUMNS,
    samples,
    bitsStored: 12,
    isSigned: false,
    isInverted: false,
    rescaleSlope: 1,
    rescaleIntercept: 0,
    minStored: samples.reduce((least, value) => Math.min(least, value), 65535),
    maxStored: samples.reduce((most, value) => Math.max(most, value), 0),
  };
}

function runPeer({ samples }: RadiographFrame): { ms: number; noise: number } | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'radiograph-peer-'));
  try {
    const file = path.join(folder, 'film.raw');
    fs.writeFileSync(file, new Uint8Array(samples.buffer));
    const script = path.join(import.meta.dirname, 'radiograph_peer.py');
    const { status, stdout } = spawnSync('python3', [script, file, String(ROWS), String(COLUMNS), '5'], {
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      encoding: 'utf8',
    });
    const [ms, noise] = stdout.trim().split(' ').map(Number);
    return status === 0 && ms !== undefined && noise !== undefined ? { ms, noise } : undefined;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
