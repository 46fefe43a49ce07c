import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianOf } from '../ct/ct-slice.fixture.ts';
import type { Measured } from '../metrics/measurement.ts';
import { measureMrSeries } from './measure-mr-series.ts';
import type { MrSlice, MrSliceFacts } from './mr-slice.ts';

interface MadeMr {
  readonly size?: number;
  readonly signal: (x: number, y: number) => number;
  /** Deviation of both channels of the noise; the magnitude of the background is then of Rayleigh's law. */
  readonly sigma?: number;
  readonly seed?: number;
  readonly scale?: number;
  readonly facts?: MrSliceFacts;
}

/** A magnitude picture by construction: |signal + complex noise|. */
const madeMr = ({ size = 192, signal, sigma = 5, seed = 3, scale = 1, facts = {} }: MadeMr): MrSlice => {
  const random = gaussianOf(seed);
  const samples = new Uint16Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = column - (size - 1) / 2;
      const y = row - (size - 1) / 2;
      samples[row * size + column] = Math.round(10 * Math.hypot(signal(x, y) + sigma * random(), sigma * random()));
    }
  }
  const pixelSpacing = { rowMm: 1, columnMm: 1 };
  const plane = { rows: size, columns: size, samples, rescaleSlope: scale / 10, rescaleIntercept: 0, pixelSpacing };
  return {
    plane,
    facts: { imageOrientationPatient: [1, 0, 0, 0, 1, 0], inPlanePhaseEncodingDirection: 'COL', ...facts },
  };
};

const disc =
  (radius: number, signal: number, atX = 0, atY = 0) =>
  (x: number, y: number): number =>
    Math.hypot(x - atX, y - atY) <= radius ? signal : 0;

const valueOf = ({ measurements }: Measured, metric: string, where?: string): number =>
  measurements.find((each) => each.metric === metric && (where === undefined || each.where === where))?.value ??
  Number.NaN;
const reasonOf = ({ notMeasured }: Measured, metric: string): string | undefined =>
  notMeasured.find((each) => each.metric === metric)?.reason;

describe('signal and noise', () => {
  it.each([
    [200, 5],
    [400, 10],
    [1000, 4],
  ])('finds signal %d over channel noise %d, by the background and inside, within 2 %%', async (signal, sigma) => {
    const measured = await measureMrSeries([madeMr({ signal: disc(70, signal), sigma })]);
    expect(Math.abs(valueOf(measured, 'snr-air') / (signal / sigma) - 1)).toBeLessThan(0.02);
    expect(Math.abs(valueOf(measured, 'snr') / (signal / sigma) - 1)).toBeLessThan(0.02);
  });

  it('FBER is the square of signal over the median of the background', async () => {
    const measured = await measureMrSeries([madeMr({ signal: disc(70, 300), sigma: 6 })]);
    expect(Math.abs(valueOf(measured, 'fber') / (300 / (6 * 1.17741)) ** 2 - 1)).toBeLessThan(0.03);
  });

  it('has no figure from a background that the scanner set to zero', async () => {
    const measured = await measureMrSeries([madeMr({ signal: disc(70, 300), sigma: 0 })]);
    expect(reasonOf(measured, 'snr-air')).toBe('background-masked-or-too-small');
    expect(reasonOf(measured, 'fber')).toBe('background-masked-or-too-small');
  });

  it('does not change when the picture is scaled', async () => {
    const one = await measureMrSeries([madeMr({ signal: disc(60, 300) })]);
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.1, max: 50, noNaN: true }), async (scale) => {
        const other = await measureMrSeries([madeMr({ signal: disc(60, 300), scale })]);
        for (const metric of ['snr', 'snr-air', 'efc', 'fber', 'uniformity', 'ghost-ratio', 'motion-index']) {
          expect(Math.abs(valueOf(other, metric) - valueOf(one, metric))).toBeLessThan(
            1e-3 * Math.max(1, valueOf(one, metric)),
          );
        }
      }),
      { numRuns: 8 },
    );
  });
});

describe('entropy focus', () => {
  it('is lower for energy in one place than for a spread and noisy picture, and never above 1', async () => {
    const sharp = await measureMrSeries([madeMr({ signal: disc(20, 3000), sigma: 0.1 })]);
    const spread = await measureMrSeries([madeMr({ signal: disc(80, 300), sigma: 40 })]);
    expect(valueOf(sharp, 'efc')).toBeLessThan(valueOf(spread, 'efc'));
    expect(valueOf(spread, 'efc')).toBeLessThanOrEqual(1);
  });

  it('of a disc alone is that of its share of the pixels', async () => {
    const measured = await measureMrSeries([madeMr({ signal: disc(60, 300), sigma: 0 })]);
    const pixels = measuredPixels(60, 192);
    const n = 192 * 192;
    const expected = (Math.sqrt(pixels) * Math.log(Math.sqrt(pixels))) / (Math.sqrt(n) * Math.log(Math.sqrt(n)));
    expect(valueOf(measured, 'efc')).toBeCloseTo(expected, 4);
  });
});

const measuredPixels = (radius: number, size: number): number => {
  let pixels = 0;
  for (let at = 0; at < size * size; at += 1) {
    if (Math.hypot((at % size) - (size - 1) / 2, Math.floor(at / size) - (size - 1) / 2) <= radius) pixels += 1;
  }
  return pixels;
};

describe('ghosts, motion, wrap, shading', () => {
  const object = disc(40, 300);
  const ghosted =
    (share: number) =>
    (x: number, y: number): number =>
      object(x, y) || share * (object(x, y - 96) + object(x, y + 96));

  it.each([0.02, 0.05, 0.1, 0.2])('finds a half-field ghost of %d of the signal within 0.01', async (share) => {
    const measured = await measureMrSeries([madeMr({ signal: ghosted(share), sigma: 1 })]);
    expect(Math.abs(valueOf(measured, 'ghost-ratio') - share)).toBeLessThan(0.01);
  });

  it('finds none across the phase, and none where there is none', async () => {
    const across = await measureMrSeries([
      madeMr({ signal: ghosted(0.1), sigma: 1, facts: { inPlanePhaseEncodingDirection: 'ROW' } }),
    ]);
    expect(Math.abs(valueOf(across, 'ghost-ratio'))).toBeLessThan(0.01);
    const none = await measureMrSeries([madeMr({ signal: object, sigma: 1 })]);
    expect(Math.abs(valueOf(none, 'ghost-ratio'))).toBeLessThan(0.01);
  });

  it('the motion index rises with smear along the phase and not with smear across it', async () => {
    const smeared = (share: number) => (x: number, y: number) => object(x, y) || (Math.abs(x) < 40 ? share * 300 : 0);
    const indices: number[] = [];
    for (const share of [0, 0.02, 0.05, 0.1])
      indices.push(valueOf(await measureMrSeries([madeMr({ signal: smeared(share), sigma: 1 })]), 'motion-index'));
    expect(indices).toEqual(indices.toSorted((one, other) => one - other));
    expect(indices[3]! - indices[0]!).toBeCloseTo(0.1, 1);
    const facts = { inPlanePhaseEncodingDirection: 'ROW' };
    const across = await measureMrSeries([madeMr({ signal: smeared(0.1), sigma: 1, facts })]);
    expect(valueOf(across, 'motion-index')).toBeLessThan(0);
  });

  it('without a phase direction ghosts, motion and wrap are not measured', async () => {
    const slice = madeMr({ signal: object });
    const measured = await measureMrSeries([{ ...slice, facts: {} }]);
    for (const metric of ['ghost-ratio', 'motion-index', 'wrap'])
      expect(reasonOf(measured, metric)).toBe('phase-direction-unknown');
  });

  it('finds a thing that leaves the field at one border and comes in at the other', async () => {
    const wrapped = (x: number, y: number): number => disc(50, 300, 0, 70)(x, y) || disc(50, 300, 0, -122)(x, y);
    const measured = await measureMrSeries([madeMr({ signal: wrapped, sigma: 1 })]);
    expect(valueOf(measured, 'wrap')).toBeGreaterThan(0.3);
    expect(valueOf(await measureMrSeries([madeMr({ signal: object, sigma: 1 })]), 'wrap')).toBe(0);
  });

  it('uniformity falls with shading and is 1 without', async () => {
    const shaded = (slope: number) => (x: number, y: number) => disc(70, 300)(x, y) * (1 + (slope * x) / 70);
    const flat = valueOf(await measureMrSeries([madeMr({ signal: shaded(0), sigma: 1 })]), 'uniformity');
    const half = valueOf(await measureMrSeries([madeMr({ signal: shaded(0.3), sigma: 1 })]), 'uniformity');
    const strong = valueOf(await measureMrSeries([madeMr({ signal: shaded(0.5), sigma: 1 })]), 'uniformity');
    expect(flat).toBeGreaterThan(0.98);
    expect(half).toBeLessThan(flat);
    expect(strong).toBeLessThan(half);
  });
});

describe('coverage', () => {
  it('says how much of the thing the end slices still show, and how long it is', async () => {
    const radii = [0, 20, 60, 60, 60, 60];
    const slices = radii.map((radius, at) =>
      madeMr({
        signal: radius === 0 ? disc(22, 300) : disc(radius, 300),
        sigma: 1,
        facts: { imagePositionPatientMm: [0, 0, at * 6] },
      }),
    );
    const measured = await measureMrSeries(slices);
    expect(valueOf(measured, 'object-at-range-end', 'upper-end')).toBeCloseTo(1, 1);
    expect(valueOf(measured, 'object-at-range-end', 'lower-end')).toBeLessThan(0.2);
    expect(valueOf(measured, 'object-extent')).toBe(24);
  });
});

describe('what cannot be measured', () => {
  const usual = madeMr({ signal: disc(60, 300), size: 160 });
  const withPlane = (plane: object): MrSlice[] => [{ plane: { ...usual.plane, ...plane }, facts: usual.facts }];

  it.each([
    ['no slices', [], 'no-slices'],
    ['a constant picture', withPlane({ samples: new Uint16Array(160 * 160).fill(7) }), 'picture-is-constant'],
    ['one pixel', withPlane({ rows: 1, columns: 1 }), 'picture-is-constant'],
    ['only padding', withPlane({ padding: { from: 0, to: 65535 } }), 'picture-is-constant'],
    ['a slope of 0', withPlane({ rescaleSlope: 0 }), 'rescale-slope-zero'],
    ['a slope that is no number', withPlane({ rescaleSlope: Number.NaN }), 'rescale-not-a-number'],
    ['too few pixels', withPlane({ samples: new Uint16Array(5) }), 'no-pixels'],
    ['a bright dot', [madeMr({ signal: disc(3, 3000), sigma: 0 })], 'no-object'],
  ])('%s: every figure says why', async (_, slices, reason) => {
    const measured = await measureMrSeries(slices);
    expect(reasonOf(measured, 'snr-air')).toBe(reason);
    for (const { value } of measured.measurements) expect(Number.isFinite(value)).toBe(true);
  });

  it('keeps the sound slices of a series and says which share they are', async () => {
    const measured = await measureMrSeries([usual, ...withPlane({ rescaleSlope: 0 })]);
    expect(valueOf(measured, 'measured-slices')).toBe(0.5);
    expect(valueOf(measured, 'snr')).toBeGreaterThan(0);
  });
});
