import { describe, expect, it } from 'vitest';
import { analysePhantom } from './analyse-phantom.ts';
import { inDisc, madePicture, placedAt } from './made-phantom.fixture.ts';
import type { PhantomImage, PhantomReport } from './phantom-report.ts';

/** CT numbers that the drawing has; those of the maker's manual in round numbers. */
const rods = [
  ['Air', -90, -1000],
  ['Teflon', -60, 990],
  ['Delrin', 0, 340],
  ['Acrylic', 60, 120],
  ['Poly', 120, -35],
  ['LDPE', 180, -100],
  ['PMP', -120, -200],
] as const;

const housing = (x: number, y: number, inside: number): number => {
  if (!inDisc(x, y, 100)) return -1000;
  return inDisc(x, y, 75) ? inside : 60;
};

const sensitometry = (x: number, y: number): number => {
  for (const [, degrees, hu] of rods) if (inDisc(x, y, 6, 58.4, degrees)) return hu;
  if (inDisc(x, y, 6, 58.4, 90)) return -1000;
  for (const degrees of [45, 135, 225, 315])
    if (inDisc(x, y, 1.5, 25 * Math.SQRT2, degrees)) return degrees === 315 ? 990 : -1000;
  // A wire of slope 23° shows a slice of 2.5 mm over 5.95 mm.
  for (const quarter of [0, 1, 2, 3]) {
    const [u, v] = [
      [x, y],
      [y, x],
      [-x, y],
      [-y, x],
    ][quarter] as [number, number];
    if (Math.abs(u - 38) < 0.7 && Math.abs(v) < 2.5 / 0.42 / 2) return 1500;
  }
  return housing(x, y, 100);
};

/** Radial bars of 5 mm length with the frequencies of the module, at the places they have; contrast by a known law. */
const groups = [
  [0.1, 2, 152.6],
  [0.2, 3, 128.7],
  [0.3, 4, 105.2],
  [0.4, 4, 85.5],
  [0.5, 4, 67.8],
  [0.6, 5, 48.7],
  [0.7, 5, 31.7],
  [0.8, 5, 14.7],
] as const;
const linePairs = (x: number, y: number): number => {
  const radius = Math.hypot(x, y);
  if (radius > 44.5 && radius < 49.5) {
    const degrees = (Math.atan2(y, x) * 180) / Math.PI;
    for (const [perMm, bars, middle] of groups) {
      const along = ((degrees - middle) * Math.PI * 47) / 180;
      if (Math.abs(along) > (2 * bars - 1) / (4 * perMm)) continue;
      // Sines of amplitude falling as 1 − f: what a detector of that transfer would show of sine bars.
      return 600 + 500 * (1 - perMm) * Math.cos(2 * Math.PI * perMm * along + (bars % 2 === 0 ? Math.PI : 0));
    }
  }
  return housing(x, y, 100);
};

const plain = (x: number, y: number): number => housing(x, y, 15 - 0.002 * (x * x + y * y));

interface Scan {
  readonly roll?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly noise?: number;
  readonly isReversed?: boolean;
}

/** Thirty-nine slices 2.5 mm apart: the modules where they are, plain material elsewhere. */
const scanOf = ({ roll = 0, dx = 0, dy = 0, noise = 0, isReversed = false }: Scan = {}): PhantomImage[] => {
  const drawn = new Map<string, PhantomImage>();
  return Array.from({ length: 43 }, (_, at) => {
    const mm = (at - 28) * 2.5;
    const kind = Math.abs(mm) < 8 ? 'rods' : Math.abs(mm - 30) < 3 ? 'bars' : 'plain';
    const value = { rods: sensitometry, bars: linePairs, plain }[kind];
    const known = drawn.get(kind);
    const picture =
      known ??
      madePicture({
        rows: 256,
        columns: 256,
        spacingMm: 0.95,
        value: placedAt(value, roll, dx, dy),
        noise,
        seed: 7,
        over: 2,
      });
    drawn.set(kind, picture);
    const facts = { modality: 'CT', imagePositionPatientMm: [0, 0, isReversed ? -mm : mm] };
    return { plane: picture.plane, facts };
  });
};

const analysed = (scan: PhantomImage[]): PhantomReport => {
  const report = analysePhantom(scan, 'auto');
  if ('refused' in report) throw new Error(report.refused);
  return report;
};
const valueOf = ({ results }: PhantomReport, metric: string, where?: string): number =>
  results.find((each) => each.metric === metric && (where === undefined || each.where === where))?.value ?? Number.NaN;

describe('a drawn CatPhan 504', () => {
  it.each([
    ['upright', {}],
    ['turned by 2 degrees', { roll: 2 }],
    ['turned the other way and moved', { roll: -3, dx: 7.3, dy: -11.2 }],
    ['with noise of 15 HU', { roll: 1, noise: 15 }],
    ['scanned from the other end', { isReversed: true }],
  ] as [string, Scan][])('%s: gives back what was drawn', (_, scan) => {
    const report = analysed(scanOf(scan));
    expect(report.kind).toBe('catphan504');
    expect(report.confidence).toBeGreaterThan(0.9);
    expect(Math.abs(valueOf(report, 'roll') - (scan.roll ?? 0))).toBeLessThan(0.1);
    for (const [rod, , hu] of rods) expect(Math.abs(valueOf(report, 'ct-number', rod) - hu)).toBeLessThan(5);
    expect(Math.abs(valueOf(report, 'average-line-length') - 50)).toBeLessThan(0.1);
    expect(Math.abs(valueOf(report, 'slice-thickness') - 2.5)).toBeLessThan(0.2);
    expect(Math.abs(valueOf(report, 'uniformity', 'Center') - 15)).toBeLessThan(2);
    expect(Math.abs(valueOf(report, 'uniformity', 'Top') - (15 - 0.002 * 53 ** 2))).toBeLessThan(2);
  });

  it('measures bar contrast that falls as it was drawn', () => {
    const report = analysed(scanOf());
    const [high, half, low] = ['80%', '50%', '30%'].map((share) => valueOf(report, 'relative-mtf', share));
    expect(high!).toBeLessThan(half!);
    if (Number.isFinite(low!)) expect(half!).toBeLessThan(low!);
    // Half is drawn at 0.45 per mm; read as square bars, whose edges flatter, the same contrast stands for less.
    expect(half!).toBeGreaterThan(0.25);
    expect(half!).toBeLessThan(0.45);
  });

  it('says what is missing when the scan ends early', () => {
    const report = analysed(scanOf().slice(20, 36));
    expect(report.notMeasured.map(({ metric }) => metric)).toContain('relative-mtf');
    expect(report.notMeasured.map(({ metric }) => metric)).toContain('uniformity');
    expect(Number.isFinite(valueOf(report, 'ct-number', 'Delrin'))).toBe(true);
  });

  it.each([
    ['no picture', [], 'no-images'],
    ['plain slices', scanOf().slice(0, 10), 'not-recognised'],
    [
      'another device',
      scanOf().map((image) => ({ ...image, facts: { ...image.facts, modality: 'MR' } })),
      'not-recognised',
    ],
  ] as const)('%s: refused as %s', (_, images, reason) => {
    expect(analysePhantom([...images], 'auto')).toEqual({ refused: reason });
  });

  it('without pixel spacing nothing has a size', () => {
    const bare = scanOf().map((image) => ({ ...image, plane: { ...image.plane, pixelSpacing: undefined } }));
    expect(analysePhantom(bare, 'catphan504')).toEqual({ refused: 'no-pixel-spacing' });
  });

  it('values that are no numbers are refused', () => {
    const broken = scanOf().map((image) => ({ ...image, plane: { ...image.plane, rescaleSlope: Number.NaN } }));
    expect(analysePhantom(broken, 'catphan504')).toEqual({ refused: 'unreadable-values' });
  });
});
