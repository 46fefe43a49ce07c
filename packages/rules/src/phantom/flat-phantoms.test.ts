import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysePhantom } from './analyse-phantom.ts';
import { inDisc, madePicture, placedAt } from './made-phantom.fixture.ts';
import type { PhantomImage, PhantomReport } from './phantom-report.ts';

const analysed = (images: PhantomImage[], kind: 'auto' | 'open-field' | 'mr-flood' = 'auto'): PhantomReport => {
  const report = analysePhantom(images, kind);
  if ('refused' in report) throw new Error(report.refused);
  return report;
};
const valueOf = ({ results }: PhantomReport, metric: string, where?: string): number =>
  results.find((each) => each.metric === metric && (where === undefined || each.where === where))?.value ?? Number.NaN;

describe('an open field', () => {
  /** 100 by 60 mm in the plane of the detector, edges blurred over 4 mm, brighter by a slope to the right. */
  const field = (slope: number) => (x: number, y: number) => {
    const across = Math.min(1, Math.max(0, (50 - Math.abs(x)) / 4 + 0.5));
    const down = Math.min(1, Math.max(0, (30 - Math.abs(y)) / 4 + 0.5));
    return 50 + 10_000 * across * down * (1 + (slope * x) / 50);
  };
  const facts = { modality: 'RTIMAGE', sourceToImageMm: 1500, sourceToAxisMm: 1000 };
  const picture = (slope: number, noise = 0): PhantomImage =>
    madePicture({ rows: 300, columns: 300, spacingMm: 0.5, value: field(slope), noise, facts, over: 1 });

  it('has the size, penumbra, flatness and symmetry that were drawn, at the axis', () => {
    const report = analysed([picture(0.02)]);
    expect(report.kind).toBe('open-field');
    expect(valueOf(report, 'field-size', 'horizontal')).toBeCloseTo(100 / 1.5, 0);
    expect(valueOf(report, 'field-size', 'vertical')).toBeCloseTo(60 / 1.5, 0);
    expect(Math.abs(valueOf(report, 'penumbra', 'horizontal') - (0.6 * 4) / 1.5)).toBeLessThan(0.2);
    expect(valueOf(report, 'flatness', 'horizontal')).toBeCloseTo(2 * 0.8, 1);
    expect(Math.abs(valueOf(report, 'symmetry', 'horizontal'))).toBeCloseTo(2 * 2 * 0.8, 0);
    expect(valueOf(report, 'flatness', 'vertical')).toBeLessThan(0.2);
  });

  it('without spacing it has flatness and symmetry but no size', () => {
    const bare = { ...picture(0), plane: { ...picture(0).plane, pixelSpacing: undefined } };
    const report = analysed([bare], 'open-field');
    expect(report.notMeasured.map(({ metric }) => metric)).toContain('field-size');
    expect(valueOf(report, 'flatness', 'horizontal')).toBeLessThan(1);
  });

  it('a whole exposed detector is none', () => {
    const open = madePicture({ rows: 100, columns: 100, spacingMm: 0.5, value: () => 5000, noise: 20, facts });
    expect(analysePhantom([open], 'auto')).toEqual({ refused: 'not-recognised' });
  });
});

describe('a plain MR phantom', () => {
  const signal = (x: number, y: number): number => (inDisc(x, y, 90) ? 1000 : 0);
  const picture = (seed: number, noise: number, value = signal): PhantomImage =>
    madePicture({ rows: 256, columns: 256, spacingMm: 1, value, noise, seed, facts: { modality: 'MR' }, over: 1 });

  it.each([5, 10, 25])('SNR of two pictures with noise %d is signal over noise within 3 %%', (noise) => {
    const report = analysed([picture(1, noise), picture(2, noise)]);
    expect(report.kind).toBe('mr-flood');
    expect(Math.abs((valueOf(report, 'snr', 'subtraction') * noise) / 1000 - 1)).toBeLessThan(0.03);
    expect(Math.abs((valueOf(report, 'snr', 'smoothing') * noise) / 1000 - 1)).toBeLessThan(0.03);
    expect(Math.abs(valueOf(report, 'diameter') - 180)).toBeLessThan(1);
  });

  it('uniformity of a slope is that of the slope', () => {
    const sloped = (x: number, y: number): number => signal(x, y) * (1 + (0.2 * x) / 90);
    const report = analysed([picture(1, 0, sloped)]);
    // Extremes of 1 cm² lie 0.84 · 90 − 5.6 mm from the middle.
    const reach = (0.2 * (0.84 * 90 - 5.64)) / 90;
    expect(valueOf(report, 'percent-integral-uniformity')).toBeCloseTo(100 * (1 - reach), 0);
    expect(report.notMeasured).toContainEqual({
      metric: 'snr',
      reason: 'second-picture-missing',
      where: 'subtraction',
    });
  });

  it('is found wherever it lies and however it is turned', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25, max: 25 }), fc.integer({ min: -25, max: 25 }), (dx, dy) => {
        const report = analysed([picture(3, 5, placedAt(signal, 33, dx, dy))], 'mr-flood');
        expect(Math.abs(valueOf(report, 'diameter') - 180)).toBeLessThan(1);
        expect(valueOf(report, 'percent-integral-uniformity')).toBeGreaterThan(98);
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    ['a head: structure inside', (x: number, y: number) => signal(x, y) * (inDisc(x, y, 40) ? 0.4 : 1)],
    ['a bar: not round', (x: number, y: number) => (Math.abs(x) < 90 && Math.abs(y) < 30 ? 1000 : 0)],
    ['nothing but noise', () => 0],
  ])('%s is none', (_, value) => {
    expect(analysePhantom([picture(1, 5, value)], 'auto')).toEqual({ refused: 'not-recognised' });
  });
});

describe('a small MR phantom at the side of the field', () => {
  const object = (x: number, y: number): number => (inDisc(x, y, 30, 60, 45) ? 1000 : 0);
  const ghosted = (share: number) => (x: number, y: number) => object(x, y) || share * object(x + 128 - 40, y) || 0;
  const picture = (share: number, phase?: string): PhantomImage =>
    madePicture({
      rows: 256,
      columns: 256,
      spacingMm: 1,
      value: ghosted(share),
      noise: 0,
      facts: phase === undefined ? { modality: 'MR' } : { modality: 'MR', inPlanePhaseEncodingDirection: phase },
      over: 1,
    });

  it('ghosting rises with the ghost and is 0 without', () => {
    const values = [0, 0.01, 0.03].map((share) => valueOf(analysed([picture(share, 'ROW')]), 'ghosting'));
    expect(values[0]).toBeCloseTo(0, 5);
    expect(values[1]!).toBeGreaterThan(0);
    expect(values[2]! / values[1]!).toBeCloseTo(3, 1);
  });

  it('without a phase direction it says so', () => {
    const report = analysed([picture(0.03)]);
    expect(report.notMeasured).toContainEqual({ metric: 'ghosting', reason: 'phase-direction-unknown' });
  });
});
