import { encodePart10, joinChunks, readHeaderFacts } from '@jiapian/dicom';
import { decodeFrame } from '@jiapian/dicom/pixels';
import { type Measured, openCtMeter, openMrMeter } from '@jiapian/rules';
import { type DefectKind, fullSize, simulateExam } from '@jiapian/simulator';
import type { Table } from './bench.ts';

const SLICES = 6;
const SEEDS = ['a', 'b', 'c'] as const;

interface Case {
  readonly procedure: string;
  readonly defect: DefectKind | undefined;
  /** Figure to look at, and what the truth file says it should be. */
  readonly metric: string;
  readonly where?: string;
  readonly truth: (facts: Readonly<Record<string, number | string>>) => string;
}

const cases: readonly Case[] = [
  {
    procedure: 'ct-chest',
    defect: 'ct-off-centre',
    metric: 'mis-centring',
    where: 'lateral',
    truth: ({ acrossMm }) => `${acrossMm} mm`,
  },
  {
    procedure: 'ct-chest',
    defect: 'ct-off-centre',
    metric: 'mis-centring',
    where: 'vertical',
    truth: ({ downMm }) => `${downMm} mm`,
  },
  { procedure: 'ct-chest', defect: 'ct-truncated', metric: 'truncated-outline', where: 'slices', truth: () => '> 0' },
  { procedure: 'ct-chest', defect: undefined, metric: 'truncated-outline', where: 'slices', truth: () => '0' },
  { procedure: 'ct-abdomen', defect: 'ct-metal-streaks', metric: 'metal-streaks', truth: () => '> 0' },
  { procedure: 'ct-abdomen', defect: undefined, metric: 'metal-streaks', truth: () => '0' },
  { procedure: 'mr-brain', defect: 'mr-ghosting', metric: 'ghost-ratio', truth: () => '> 0' },
  { procedure: 'mr-brain', defect: undefined, metric: 'ghost-ratio', truth: () => '0' },
  { procedure: 'mr-brain', defect: 'mr-wrap', metric: 'wrap', truth: () => '> 0' },
  { procedure: 'mr-brain', defect: undefined, metric: 'wrap', truth: () => '0' },
];

/** Series of the virtual modality with a known defect, and what is measured of it. */
export async function measureKnownDefects(): Promise<Table> {
  const rows: string[][] = [];
  for (const { procedure, defect, metric, where, truth } of cases) {
    for (const seed of SEEDS) {
      const { measured, facts } = await measureSimulated(procedure, defect, seed);
      const found = measured.measurements.find(
        (each) => each.metric === metric && (where === undefined || each.where === where),
      );
      const value = found === undefined ? '–' : `${Number(found.value.toPrecision(3))}`;
      rows.push([
        `${procedure}, ${defect ?? 'clean'}`,
        where === undefined ? metric : `${metric} ${where}`,
        truth(facts),
        value,
      ]);
    }
  }
  return { title: 'Known defects of the virtual modality', columns: ['series', 'figure', 'made', 'measured'], rows };
}

async function measureSimulated(
  procedure: string,
  defect: DefectKind | undefined,
  seed: string,
): Promise<{ measured: Measured; facts: Readonly<Record<string, number | string>> }> {
  const forcedDefects = defect === undefined ? [] : [defect];
  const size = { ...fullSize, sliceMatrix: 256, sliceCount: SLICES };
  const exam = simulateExam(`slice truth ${seed}`, { procedure, defectRate: 0, forcedDefects, size });
  const meter = procedure.startsWith('mr') ? openMrMeter() : openCtMeter();
  for (const object of exam.instances) {
    const file = joinChunks(encodePart10(object, object.dataSet));
    const plane = await decodeFrame(file, 0);
    if (plane.kind === 'grayscale') meter.add({ plane, facts: readHeaderFacts(file) });
  }
  return { measured: meter.result(), facts: exam.truth[0]?.defects[0]?.facts ?? {} };
}
