import { encodePart10, type HeaderFacts, joinChunks, readHeaderFacts } from '@jiapian/dicom';
import { decodeFrame } from '@jiapian/dicom/pixels';
import { type GreyPlane, openCtMeter, openMrMeter } from '@jiapian/rules';
import { fullSize, simulateExam } from '@jiapian/simulator';
import type { Bench } from './bench.ts';
import { measureKnownDefects } from './slice-truth.ts';

const SLICES = 300;
const CT_LIMIT_S = 8;
const BYTES_PER_MB = 1024 * 1024;

/** A chest CT of the virtual modality as a department gets it: each object read, decoded and measured, one after the other. */
export const bench: Bench = {
  title: 'CT: measuring a series of 300 slices',
  run: async (progress) => {
    const ct = filesOf('ct-chest', 20);
    progress(`${ct.length} slices drawn, ${Math.round(ct[0]!.length / 1024)} kB each`);
    const chest = await measureAll(ct, openCtMeter());
    progress(`CT ${chest.seconds.toFixed(2)} s, ${chest.cpuSeconds.toFixed(2)} s of processor`);
    const mr = filesOf('mr-brain', 20);
    const head = await measureAll(mr, openMrMeter());
    const known = await measureKnownDefects();
    const row = (name: string, { seconds, cpuSeconds, peakMb }: Timed) => [
      name,
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      ((1000 * cpuSeconds) / SLICES).toFixed(1),
      peakMb.toFixed(0),
    ];
    return {
      tables: [
        {
          title: `${SLICES} slices, one thread`,
          columns: ['series', 'wall s', 'processor s', 'processor ms a slice', 'resident MB more'],
          rows: [row('CT chest 512 × 512', chest), row('MR 256 × 256', head)],
        },
        known,
      ],
      targets: [
        {
          claim: `CT of ${SLICES} slices ≤ ${CT_LIMIT_S} s`,
          measured: `${chest.seconds.toFixed(2)} s on one of two cores (${chest.cpuSeconds.toFixed(2)} s of processor)`,
          isMet: chest.seconds <= CT_LIMIT_S,
        },
      ],
      measurements: { chest, head },
    };
  },
};

/** Whole files of a simulated series, without defects. */
const filesOf = (procedure: string, sliceCount: number): Uint8Array[] => {
  const exam = simulateExam('ct bench', { procedure, defectRate: 0, size: { ...fullSize, sliceCount } });
  return Array.from(exam.instances, ({ sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet }) =>
    joinChunks(encodePart10({ sopClassUid, sopInstanceUid, transferSyntaxUid }, dataSet)),
  );
};

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

interface Meter {
  add(slice: { plane: GreyPlane; facts: HeaderFacts }): void;
  result(): unknown;
}

/** The files over and over until there are 300 slices, each at a place of its own. */
const measureAll = async (files: readonly Uint8Array[], meter: Meter): Promise<Timed> => {
  const before = process.memoryUsage.rss();
  let peak = before;
  const usage = process.cpuUsage();
  const start = performance.now();
  for (let slice = 0; slice < SLICES; slice += 1) {
    const file = files[slice % files.length]!;
    const facts = readHeaderFacts(file);
    const plane = await decodeFrame(file, 0);
    if (plane.kind === 'grayscale') meter.add({ plane, facts: { ...facts, imagePositionPatientMm: [0, 0, slice] } });
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  meter.result();
  const { user, system } = process.cpuUsage(usage);
  return {
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMb: (peak - before) / BYTES_PER_MB,
  };
};
