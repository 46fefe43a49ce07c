import { describe, expect, it } from 'vitest';
import { analysePhantom } from './analyse-phantom.ts';
import { inDisc, madePicture, placedAt } from './made-phantom.fixture.ts';
import type { PhantomImage, PhantomReport } from './phantom-report.ts';

const rods = [
  ['Bone', -135, 910],
  ['Air', 135, -1000],
  ['Acrylic', 45, 120],
  ['Polyethylene', -45, -95],
  ['Water', 180, 2],
] as const;

const module1 = (x: number, y: number): number => {
  if (!inDisc(x, y, 100)) return -1000;
  for (const [, degrees, hu] of rods) if (inDisc(x, y, 12.5, 63, degrees)) return hu;
  return 10;
};
const module2 = (x: number, y: number): number => {
  if (!inDisc(x, y, 100)) return -1000;
  return inDisc(x, y, 12.5, 60, -90) ? 96 : 90;
};
const module3 = (x: number, y: number): number => (inDisc(x, y, 100) ? 5 - 0.0005 * (x * x + y * y) : -1000);
const perCm = [4, 5, 6, 7, 8, 9, 10, 12] as const;
const module4 = (x: number, y: number): number => {
  if (!inDisc(x, y, 100)) return -1000;
  for (const [at, each] of perCm.entries()) {
    const degrees = -90 + 45 * at;
    if (inDisc(x, y, 8, 70, degrees)) return Math.sin((2 * Math.PI * each * x) / 10) > 0 ? 1000 : 90;
  }
  return 90;
};

const scanOf = (roll = 0, dx = 0, noise = 0, isReversed = false): PhantomImage[] => {
  const modules = [module1, module2, module3, module4];
  const seeds = [1, 2, 3, 4];
  const drawn = modules.map((value, at) =>
    madePicture({
      rows: 320,
      columns: 320,
      spacingMm: 0.75,
      value: placedAt(value, roll, dx),
      noise,
      seed: seeds[at]!,
      over: 2,
    }),
  );
  return Array.from({ length: 32 }, (_, at) => {
    const mm = (at - 3) * 5 - 10;
    const index = mm < 18 ? 0 : mm < 50 ? 1 : mm < 88 ? 2 : 3;
    return {
      plane: drawn[index]!.plane,
      facts: { modality: 'CT', imagePositionPatientMm: [0, 0, isReversed ? -mm : mm] },
    };
  });
};

const valueOf = ({ results }: PhantomReport, metric: string, where?: string): number =>
  results.find((each) => each.metric === metric && (where === undefined || each.where === where))?.value ?? Number.NaN;

describe('a drawn ACR CT phantom', () => {
  it.each([
    ['upright', scanOf()],
    ['turned and moved', scanOf(4, 6)],
    ['from the other end', scanOf(0, 0, 0, true)],
  ])('%s: gives back what was drawn', (_, scan) => {
    const report = analysePhantom(scan, 'auto');
    if ('refused' in report) throw new Error(report.refused);
    expect(report.kind).toBe('acr-ct');
    for (const [rod, , hu] of rods) expect(Math.abs(valueOf(report, 'ct-number', rod) - hu)).toBeLessThan(2);
    expect(Math.abs(valueOf(report, 'uniformity', 'Center') - 5)).toBeLessThan(0.5);
    expect(Math.abs(valueOf(report, 'uniformity-deviation') - 0.0005 * 76 ** 2)).toBeLessThan(0.5);
    expect(valueOf(report, 'bar-contrast', '4/cm')).toBeGreaterThan(valueOf(report, 'bar-contrast', '12/cm'));
  });

  it('contrast to noise is the difference over the noise', () => {
    const report = analysePhantom(scanOf(0, 0, 6), 'acr-ct');
    if ('refused' in report) throw new Error(report.refused);
    expect(Math.abs(valueOf(report, 'contrast-to-noise') - 1)).toBeLessThan(0.25);
    expect(Math.abs(valueOf(report, 'noise') / 6 - 1)).toBeLessThan(0.08);
  });

  it('without module 1 it is not recognised', () => {
    expect(analysePhantom(scanOf().slice(10), 'acr-ct')).toEqual({ refused: 'not-recognised' });
  });
});
