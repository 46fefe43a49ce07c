import { describe, expect, it } from 'vitest';
import { analysePhantom } from './analyse-phantom.ts';
import { madePicture, placedAt } from './made-phantom.fixture.ts';
import type { PhantomReport } from './phantom-report.ts';

/** Half sides of the holder, mm. */
const [halfX, halfY] = [66, 56.4];
const groups = [
  [0.1, 0.54, 0.74],
  [0.2, -0.74, -0.54],
  [0.25, 0.21, 0.42],
  [0.45, -0.43, -0.22],
  [0.76, -0.11, 0.11],
] as const;
const fields = [
  [-0.31, -0.52, 0.93],
  [0, -0.52, 0.45],
  [0.31, -0.52, 0.7],
  [-0.31, 0.51, 0.8],
  [0.31, 0.51, 0.72],
  [0, 0.51, 1],
] as const;

/** Signal of the phantom; bars swing by `transfer` of their frequency. */
const phantom =
  (transfer: (perMm: number) => number) =>
  (x: number, y: number): number => {
    const [u, v] = [x / halfX, y / halfY];
    if (Math.abs(u) > 1 || Math.abs(v) > 1) return 3600;
    for (const [perMm, from, to] of groups)
      if (u > from && u < to && Math.abs(v) < 0.27)
        return 2300 + 500 * transfer(perMm) * Math.sin(2 * Math.PI * perMm * y);
    for (const [fu, fv, share] of fields) if (Math.abs(u - fu) < 0.15 && Math.abs(v - fv) < 0.22) return 2900 * share;
    return 2000;
  };

const analysed = (degrees: number, dx: number, dy: number, transfer: (perMm: number) => number, noise = 0) => {
  const value = placedAt(phantom(transfer), degrees, dx, dy);
  const image = madePicture({
    rows: 560,
    columns: 640,
    spacingMm: 0.35,
    value,
    noise,
    facts: { modality: 'RTIMAGE' },
    over: 2,
  });
  const report = analysePhantom([image], 'auto');
  if ('refused' in report) throw new Error(report.refused);
  return report;
};
const valueOf = ({ results }: PhantomReport, metric: string, where?: string): number =>
  results.find((each) => each.metric === metric && (where === undefined || each.where === where))?.value ?? Number.NaN;

describe('a drawn QC-3', () => {
  it.each([
    [0, 0, 0],
    [45, 5, -8],
    [-30, -6, 4],
    [180, 0, 0],
    [222, 3, 3],
  ])('turned by %i degrees and moved by %i, %i mm is recognised and read the same', (degrees, dx, dy) => {
    // Between pixels values are joined by straight lines, which blurs a turned picture a little.
    // Falling in a straight line from 1 at 0.1 per mm: half of the first group is reached at 0.55.
    const report = analysed(degrees, dx, dy, (perMm) => 1 - (perMm - 0.1) / 0.9, 4);
    expect(report.kind).toBe('qc-3');
    expect(Math.abs(valueOf(report, 'relative-mtf', '50%') - 0.55)).toBeLessThan(0.07);
    expect(valueOf(report, 'rois-seen')).toBe(5);
    const turn = ((((valueOf(report, 'roll') - degrees) % 180) + 270) % 180) - 90;
    expect(Math.abs(turn)).toBeLessThan(0.5);
  });

  it('a sharper system has its half at a higher frequency', () => {
    const halves = [0.6, 0.9, 1.4].map((length) =>
      valueOf(
        analysed(20, 0, 0, (perMm) => Math.exp(-(perMm - 0.1) / length)),
        'relative-mtf',
        '50%',
      ),
    );
    expect(halves[0]!).toBeLessThan(halves[1]!);
    expect(halves[0]! / (0.1 + 0.6 * Math.LN2)).toBeCloseTo(1, 0);
  });

  it('the contrast of its fields is that of the drawing', () => {
    const report = analysed(10, 0, 0, () => 1);
    expect(valueOf(report, 'contrast', 'field-1')).toBeCloseTo(0.07, 2);
    expect(valueOf(report, 'contrast', 'field-2')).toBeCloseTo(0.55, 2);
  });

  it('a plain plate of the same size is none', () => {
    const plate = (x: number, y: number): number => (Math.abs(x) < halfX && Math.abs(y) < halfY ? 2000 : 3600);
    const image = madePicture({
      rows: 400,
      columns: 400,
      spacingMm: 0.5,
      value: plate,
      noise: 5,
      facts: { modality: 'RTIMAGE' },
      over: 1,
    });
    expect(analysePhantom([image], 'qc-3')).toEqual({ refused: 'not-recognised' });
    expect(analysePhantom([image], 'auto')).toEqual({ refused: 'not-recognised' });
  });
});
