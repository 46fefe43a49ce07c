import path from 'node:path';
import { storescu, temporaryFolder } from '@jiapian/testkit';
import type { Bench, BenchResult, Table, Target } from './bench.ts';
import { type Receiver, peakResidentMb, receivers } from './receivers.ts';
import { geometricMean, median } from './statistics.ts';
import { syncedCopyRate } from './synced-copy.ts';
import { writeCtSlices, writeMultiFrame, writeRadiographs } from './synthetic-objects.ts';

type Program = keyof typeof receivers;

interface Load {
  readonly name: string;
  readonly files: readonly string[];
  readonly associations: number;
}

interface Measurement {
  readonly program: Program;
  readonly load: string;
  /** Per second, from the first association to the last acknowledgement. */
  readonly objectsPerSecond: number;
  /** From the last acknowledgement until every object was in the register. */
  readonly registeredAfterMs: number | null;
  readonly peakResidentMb: number;
}

const repetitions = 3;
const programs = ['jiapian', 'orthanc', 'storescp'] as const;
const gigabyteInFrames = 2048;

/** `BENCH_LOAD="15 MB ×4" npm run bench -- receive` runs the loads of that name alone, to compare two versions. */
const wantedLoad = process.env['BENCH_LOAD'] ?? '';

export const bench: Bench = {
  title: 'Receiving by C-STORE: same sender (storescu, TCP_NODELAY=1), same objects, fresh store each time',
  run: async (progress) => {
    const folder = temporaryFolder('bench-receive');
    try {
      const ct = writeCtSlices(path.join(folder.path, 'ct'), 600);
      const dx = writeRadiographs(path.join(folder.path, 'dx'), 40);
      const loads: Load[] = [
        { name: '600 CT 0.5 MB ×1', files: ct, associations: 1 },
        { name: '600 CT 0.5 MB ×4', files: ct, associations: 4 },
        { name: '40 DX 15 MB ×1', files: dx, associations: 1 },
        { name: '40 DX 15 MB ×4', files: dx, associations: 4 },
      ].filter(({ name }) => name.includes(wantedLoad));
      const measurements: Measurement[] = [];
      const disk = new Map<Load, number>();
      for (const load of loads) {
        // Programs take turns, so that a slow minute of the machine strikes all of them.
        const copies: number[] = [];
        for (let round = 0; round < repetitions; round++) {
          copies.push(await syncedCopyRate(load.files, load.associations));
          for (const program of programs) {
            const measured = await measure(program, load);
            measurements.push(measured);
            progress(`${load.name}: ${program} ${measured.objectsPerSecond.toFixed(1)}/s`);
          }
        }
        disk.set(load, median(copies));
      }
      const one = writeMultiFrame(path.join(folder.path, 'multi-frame'), gigabyteInFrames);
      const large = await measure('jiapian', { name: 'one object of 1 GB', files: [one], associations: 1 });
      return summarise(loads, measurements, disk, large);
    } finally {
      folder.remove();
    }
  },
};

async function measure(program: Program, load: Load): Promise<Measurement> {
  const receiver = await receivers[program]();
  try {
    const started = performance.now();
    await send(receiver, load);
    const acknowledged = performance.now();
    await receiver.registered?.(load.files.length);
    const registeredAfterMs = receiver.registered ? performance.now() - acknowledged : null;
    const objectsPerSecond = load.files.length / ((acknowledged - started) / 1000);
    return {
      program,
      load: load.name,
      objectsPerSecond,
      registeredAfterMs,
      peakResidentMb: peakResidentMb(receiver.pid),
    };
  } finally {
    await receiver.stop();
  }
}

async function send(receiver: Receiver, { files, associations }: Load): Promise<void> {
  const share = Math.ceil(files.length / associations);
  const parts = Array.from({ length: associations }, (_, at) => files.slice(at * share, (at + 1) * share));
  const address = { port: receiver.port, calledAet: receiver.aet };
  const sent = await Promise.all(parts.map((part) => storescu(address, part)));
  const failed = sent.find(({ exitCode }) => exitCode !== 0);
  if (failed) throw new Error(`storescu: ${failed.output}`);
}

function summarise(
  loads: readonly Load[],
  measurements: readonly Measurement[],
  disk: ReadonlyMap<Load, number>,
  large: Measurement,
): BenchResult {
  const of = (program: Program, load: Load) =>
    measurements.filter((each) => each.program === program && each.load === load.name);
  const rate = (program: Program, load: Load) => median(of(program, load).map((each) => each.objectsPerSecond));
  const ours = measurements.filter((each) => each.program === 'jiapian');
  const overOrthanc = loads.map((load) => rate('jiapian', load) / rate('orthanc', load));
  const overStorescp = loads.map((load) => rate('jiapian', load) / rate('storescp', load));
  // What a storescp would reach that answered for each object only when the disk has it.
  const durable = loads.map((load) => 1 / (1 / rate('storescp', load) + 1 / (disk.get(load) ?? 0)));
  const overDurable = loads.map((load, at) => rate('jiapian', load) / (durable[at] ?? 0));
  const slowest = Math.max(...ours.map((each) => each.registeredAfterMs ?? 0));
  const memory = Math.max(...ours.map((each) => each.peakResidentMb));
  const table: Table = {
    title: `Objects per second, medians of ${repetitions}`,
    columns: [
      'load',
      ...programs,
      'disk alone',
      'storescp, then disk',
      '/ orthanc',
      '/ storescp',
      '/ storescp, then disk',
      'registered after',
      'peak RSS',
    ],
    rows: loads.map((load, at) => [
      load.name,
      ...programs.map((program) => rate(program, load).toFixed(1)),
      (disk.get(load) ?? 0).toFixed(1),
      (durable[at] ?? 0).toFixed(1),
      (overOrthanc[at] ?? 0).toFixed(2),
      (overStorescp[at] ?? 0).toFixed(2),
      (overDurable[at] ?? 0).toFixed(2),
      `${Math.round(median(of('jiapian', load).map((each) => each.registeredAfterMs ?? 0)))} ms`,
      `${Math.max(...of('jiapian', load).map((each) => each.peakResidentMb))} MB`,
    ]),
  };
  const targets: Target[] = [
    atLeast('geometric mean over Orthanc ≥ 1.8', geometricMean(overOrthanc), 1.8),
    atLeast('each over Orthanc ≥ 1.2', Math.min(...overOrthanc), 1.2),
    atLeast('each over storescp ≥ 0.6', Math.min(...overStorescp), 0.6),
    below('all registered within 5 s of the last acknowledgement', slowest, 5000, 'ms'),
    below('peak RSS of the receiving process < 250 MB', memory, 250, 'MB'),
    below('peak RSS with one object of 1 GB < 250 MB', large.peakResidentMb, 250, 'MB'),
  ];
  return { tables: [table], targets, measurements: [...measurements, large] };
}

function atLeast(claim: string, measured: number, limit: number): Target {
  return { claim, measured: measured.toFixed(2), isMet: measured >= limit };
}

function below(claim: string, measured: number, limit: number, unit: string): Target {
  return { claim, measured: `${Math.round(measured)} ${unit}`, isMet: measured < limit };
}
