import { describe, expect, it } from 'vitest';
import { analysePhantom } from './analyse-phantom.ts';
import { inDisc, madePicture, placedAt } from './made-phantom.fixture.ts';
import type { PhantomImage, PhantomReport } from './phantom-report.ts';

interface Drawn {
  /** Width over height of the picture of the disc. */
  readonly stretch?: number;
  readonly thicknessMm?: number;
  /** Right bar minus left bar, mm. */
  readonly bars?: number;
  readonly slope?: number;
  /** Ghost above and below, as a share of the signal. */
  readonly ghost?: number;
  readonly degrees?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly noise?: number;
  readonly isReversed?: boolean;
  readonly contrast?: number;
  readonly seed?: number;
}

const spokes = Array.from({ length: 10 }, (_, at) => 7 - (5.5 * at) / 9);

/** One slice of the phantom by what the manual says stands on it. */
const sliceValue = (slice: number, drawn: Drawn) => {
  const { stretch = 1, thicknessMm = 5, bars = 0, slope = 0, ghost = 0, contrast = 0.2 } = drawn;
  return (x: number, y: number): number => {
    const u = x / stretch;
    if (Math.hypot(u, y) > 95) {
      const isGhost = Math.abs(x) < 40 && (Math.abs(y - 110) < 12 || Math.abs(y + 110) < 12);
      return isGhost ? 1000 * ghost : 0;
    }
    const signal = 1000 * (1 + (slope * u) / 95);
    if (slice === 1 || slice === 11) {
      const end = u < 0 ? -60 : -60 + bars;
      if (Math.abs(u) < 6.5 && y > -91 && y < end) return 0;
    }
    if (slice === 1 && Math.abs(y) < 5 && Math.abs(u) < 88) {
      // Ramps of 1:10: a slice of 5 mm shows 50 mm of each, shifted to either side.
      const along = y < 0 ? u + 4 : u - 4;
      return Math.abs(along) < 5 * thicknessMm ? 150 : 0;
    }
    if (slice >= 8) {
      const middle = Math.hypot(u, y - 5);
      if (middle > 46 && middle < 51) return 0;
      for (const [at, diameter] of spokes.entries())
        for (const radius of [12.3, 25.1, 37.8])
          if (inDisc(u, y - 5, diameter / 2, radius, -90 + 9 * (slice - 8) + 36 * at)) return signal * (1 + contrast);
    }
    return signal;
  };
};

/** Slices 2, 3, 4 and 6 show nothing that is read: they are drawn as slice 7 is. */
const shown = (slice: number): number => ([2, 3, 4, 6].includes(slice) ? 7 : slice);

const scanOf = (drawn: Drawn = {}): PhantomImage[] => {
  const { degrees = 0, dx, dy, noise = 2, seed = 1, isReversed = false } = drawn;
  const pictures = new Map<number, PhantomImage>();
  return Array.from({ length: 11 }, (_, at) => {
    const slice = shown(at + 1);
    const value = placedAt(sliceValue(slice, drawn), degrees, dx, dy);
    const picture =
      pictures.get(slice) ??
      madePicture({ rows: 256, columns: 256, spacingMm: 1, value, noise, seed: 100 * seed + slice, over: 2 });
    pictures.set(slice, picture);
    const place = isReversed ? -10 * at : 10 * at;
    const facts = { modality: 'MR', imagePositionPatientMm: [0, 0, place], seriesInstanceUid: `1.${seed}` };
    return { plane: picture.plane, facts };
  });
};

const analysed = (images: PhantomImage[]): PhantomReport => {
  const report = analysePhantom(images, 'auto');
  if ('refused' in report) throw new Error(report.refused);
  return report;
};
const valueOf = ({ results }: PhantomReport, metric: string, where?: string): number =>
  results.find((each) => each.metric === metric && (where === undefined || each.where === where))?.value ?? Number.NaN;

describe('a drawn ACR MR phantom', () => {
  it.each([
    ['as it should lie', {}],
    ['moved', { dx: 6.4, dy: -4.7 }],
    ['with its slices in reverse', { isReversed: true }],
    ['noisy', { noise: 20 }],
  ] satisfies [string, Drawn][])('%s: gives back what was drawn', (_, drawn) => {
    const report = analysed(scanOf(drawn));
    expect(report.kind).toBe('acr-mr');
    for (const where of ['slice-1 horizontal', 'slice-5 horizontal', 'slice-5 diagonal-up', 'slice-5 diagonal-down'])
      expect(Math.abs(valueOf(report, 'geometric-accuracy', where) - 190)).toBeLessThan(0.6);
    expect(Math.abs(valueOf(report, 'geometric-accuracy', 'slice-5 vertical') - 190)).toBeLessThan(1);
    expect(Math.abs(valueOf(report, 'slice-thickness') - 5)).toBeLessThan(0.15);
    expect(Math.abs(valueOf(report, 'slice-position', 'slice-11'))).toBeLessThan(0.4);
    expect(valueOf(report, 'percent-integral-uniformity')).toBeGreaterThan(97);
    expect(valueOf(report, 'ghosting')).toBeLessThan(0.2);
  });

  it('turned by 3 degrees the diameters and the ramps stay what they are', () => {
    const report = analysed(scanOf({ degrees: 3 }));
    expect(Math.abs(valueOf(report, 'geometric-accuracy', 'slice-5 horizontal') - 190)).toBeLessThan(0.6);
    expect(Math.abs(valueOf(report, 'slice-thickness') - 5)).toBeLessThan(0.3);
  });

  it.each([0.98, 1.02])('shows a picture stretched by %d', (stretch) => {
    const report = analysed(scanOf({ stretch }));
    expect(Math.abs(valueOf(report, 'geometric-accuracy', 'slice-1 horizontal') - 190 * stretch)).toBeLessThan(0.6);
    expect(Math.abs(valueOf(report, 'distortion-max') - Math.abs(190 * (stretch - 1)))).toBeLessThan(0.6);
  });

  it.each([3, 5, 7])('reads a slice of %i mm from its ramps', (thicknessMm) => {
    expect(Math.abs(valueOf(analysed(scanOf({ thicknessMm })), 'slice-thickness') / thicknessMm - 1)).toBeLessThan(
      0.05,
    );
  });

  it.each([-4, -1, 2, 5])('reads bars that differ by %i mm', (bars) => {
    const report = analysed(scanOf({ bars }));
    expect(Math.abs(valueOf(report, 'slice-position', 'slice-1') - bars)).toBeLessThan(0.4);
    expect(Math.abs(valueOf(report, 'slice-position', 'slice-11') - bars)).toBeLessThan(0.4);
  });

  it('reads shading and ghosts as they were drawn', () => {
    const reach = (79.8 - 5.64) / 95;
    const shaded = analysed(scanOf({ slope: 0.2 }));
    expect(Math.abs(valueOf(shaded, 'percent-integral-uniformity') - 100 * (1 - 0.2 * reach))).toBeLessThan(1);
    const ghosts = [0.02, 0.04].map((ghost) => valueOf(analysed(scanOf({ ghost, noise: 0.1 })), 'ghosting'));
    expect(ghosts[0]!).toBeGreaterThan(1);
    expect(ghosts[1]! / ghosts[0]!).toBeCloseTo(2, 0);
  });

  it('SNR of two runs is signal over noise within 3 %', () => {
    const report = analysed([...scanOf({ noise: 20 }), ...scanOf({ noise: 20, seed: 2 })]);
    expect(Math.abs(valueOf(report, 'snr', 'subtraction') / 50 - 1)).toBeLessThan(0.03);
    expect(Math.abs(valueOf(report, 'snr', 'smoothing') / 50 - 1)).toBeLessThan(0.03);
  });

  it('counts every spoke of strong discs, fewer in noise and none without discs', () => {
    const totals = [
      { contrast: 0.2, noise: 2 },
      { contrast: 0.05, noise: 20 },
      { contrast: 0, noise: 20 },
    ].map((drawn) => valueOf(analysed(scanOf(drawn)), 'low-contrast-spokes', 'total'));
    expect(totals[0]).toBe(40);
    expect(totals[1]!).toBeLessThan(40);
    expect(totals[2]).toBe(0);
  });

  it('ten slices, or eleven discs without the low-contrast insert, are none', () => {
    expect(analysePhantom(scanOf().slice(1), 'acr-mr')).toEqual({ refused: 'not-recognised' });
    const plain = scanOf()[5]!;
    const same = Array.from({ length: 11 }, (_, at) => ({
      ...plain,
      facts: { modality: 'MR', imagePositionPatientMm: [0, 0, at] },
    }));
    expect(analysePhantom(same, 'acr-mr')).toEqual({ refused: 'not-recognised' });
  });
});
