import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureRadiograph } from './measure-radiograph.ts';
import type { RadiographFacts, RadiographFrame } from './radiograph-frame.ts';
import { radiographMetrics } from './radiograph-metrics.ts';
import { blurredStep, chestFilm, filmOf, gaussianNoise } from './radiograph.fixture.ts';

const chest: RadiographFacts = { part: 'chest', view: 'pa' };

function figure(frame: RadiographFrame, metric: string, where?: string, facts: RadiographFacts = {}): number {
  const { measurements, notMeasured } = measureRadiograph(frame, facts);
  const found = measurements.find((one) => one.metric === metric && one.where === where);
  if (found === undefined) throw new Error(`${metric} ${where ?? ''}: ${JSON.stringify(notMeasured)}`);
  return found.value;
}
const within = (value: number, truth: number, share = 0.02): void => {
  expect(value).toBeGreaterThan(truth * (1 - share));
  expect(value).toBeLessThan(truth * (1 + share));
};
/** Grey ramp down the film, 0.5 per row, on which everything is anatomy. */
const ramp = (row: number): number => 1500 + row / 2;

describe('what is known by construction is measured', () => {
  it.each([10, 40, 120])('noise of σ %d within 2 %%', (sigma) => {
    const noise = gaussianNoise();
    const film = filmOf(512, 512, (row) => ramp(row) + sigma * noise());
    within(figure(film, 'immerkaer-noise'), sigma);
  });

  it('white noise gives the variances that the kernels have: 20 σ² and 24 σ²', () => {
    const noise = gaussianNoise(7);
    const film = filmOf(512, 512, () => 2000 + 100 * noise());
    const ratio = figure(film, 'tenengrad') / figure(film, 'laplacian-variance');
    within(ratio, 24 / 20);
  });

  it('white noise has a flat spectrum and no direction', () => {
    const noise = gaussianNoise(3);
    const film = filmOf(512, 512, () => 2000 + 100 * noise());
    expect(Math.abs(figure(film, 'spectral-slope'))).toBeLessThan(0.05);
    expect(Math.abs(figure(film, 'detail-direction'))).toBeLessThan(0.1);
  });

  it.each([1.5, 2, 3, 4])('edges blurred by σ %d pixels within 2 %%', (sigma) => {
    const film = filmOf(256, 512, (row, column) => {
      const from = ((column + row * 0.37) % 64) - 16;
      return 1000 + 2000 * (blurredStep(from / sigma) - blurredStep((from - 32) / sigma));
    });
    within(figure(film, 'edge-blur'), sigma);
  });

  it.each([23, 47, 197])('one pixel in %d clipped within 2 %%', (every) => {
    // Fields of two greys, so that nothing is taken for bare detector.
    const film = filmOf(640, 480, (row, column) => {
      if ((row * 480 + column) % every === 0) return 4095;
      return ((row >> 3) + (column >> 3)) % 2 === 0 ? 1500 : 2500;
    });
    within(figure(film, 'clipping', 'white'), 1 / every);
    expect(figure(film, 'clipping', 'black')).toBeGreaterThan(0.4);
  });

  it.each([
    { left: 60, right: 40, top: 30, bottom: 50, share: (340 * 420) / (440 * 500) },
    { left: 0, right: 0, top: 100, bottom: 100, share: 300 / 500 },
  ])('the exposed share inside a shutter within 2 %', ({ left, right, top, bottom, share }) => {
    const noise = gaussianNoise();
    const film = filmOf(500, 440, (row, column) =>
      row < top || row >= 500 - bottom || column < left || column >= 440 - right ? 0 : ramp(row) + 50 * noise(),
    );
    within(figure(film, 'exposed-share'), share);
  });

  it('the turn of a field within 0.3°', () => {
    const [cos, sin] = [Math.cos(Math.PI / 45), Math.sin(Math.PI / 45)];
    const film = filmOf(500, 440, (row, column) => {
      const [x, y] = [column - 220, row - 250];
      return Math.abs(cos * x + sin * y) > 170 || Math.abs(cos * y - sin * x) > 200 ? 0 : ramp(row);
    });
    expect(Math.abs(figure(film, 'field-tilt', 'signed') - 4)).toBeLessThan(0.3);
  });

  it('the entropy of a film that uses 256 greys evenly is 8 bits, of one with two greys 1 bit', () => {
    expect(
      figure(
        filmOf(256, 256, (row) => row * 16),
        'entropy',
      ),
    ).toBeCloseTo(8, 6);
    expect(
      figure(
        filmOf(256, 256, (_, column) => (column % 2) * 4095),
        'entropy',
      ),
    ).toBeCloseTo(1, 6);
  });

  it.each([3, 5.7, 11, 19])('grid lines with a period of %d pixels: the period within 2 %%', (period) => {
    const noise = gaussianNoise();
    const film = filmOf(
      600,
      700,
      (row, column) => ramp(row) + 60 * Math.sin((2 * Math.PI * column) / period) + noise(),
    );
    const plain = filmOf(600, 700, (row) => ramp(row) + noise());
    expect(figure(plain, 'grid-lines', 'across')).toBe(0);
    within(figure(film, 'grid-period', 'across'), period);
  });

  it('finds dead columns where they are, and none on the film without', () => {
    const noise = gaussianNoise();
    const film = filmOf(600, 500, (row, column) =>
      column === 123 || column === 300 ? 4095 : ramp(row) + 20 * noise(),
    );
    const { measurements } = measureRadiograph(film);
    const dead = measurements.find(({ metric, where }) => metric === 'dead-lines' && where === 'columns');
    expect(dead?.value).toBe(2);
    expect(dead?.place).toEqual({ column: 123, row: 0, width: 178, height: 600 });
    expect(figure(film, 'dead-lines', 'rows')).toBe(0);
  });

  it.each([100, 200])('a seam with a grey step of %d within 2 %%', (step) => {
    const noise = gaussianNoise();
    const film = filmOf(600, 500, (row, column) => 1000 + column * 2 + (row >= 280 ? step : 0) + 3 * noise());
    const { measurements } = measureRadiograph(film);
    const seam = measurements.find(({ metric, where }) => metric === 'stitch-step' && where === 'rows');
    expect(seam?.place?.row).toBe(280);
    const span = 990 + step;
    within(seam?.value ?? 0, step / span, 0.03);
  });

  it.each([-10, -4, 0, 4, 10])('a trunk that leans by %d° within 1° and a tenth', (tiltDegrees) => {
    const tilt = figure(chestFilm({ tiltDegrees }), 'chest-tilt', 'signed', chest);
    expect(Math.abs(tilt - tiltDegrees)).toBeLessThan(1 + 0.1 * Math.abs(tiltDegrees));
  });

  it.each([-20, 0, 20])('a spine %d pixels beside the middle, of lungs 270 wide, within 0.04', (spineAt) => {
    const asymmetry = figure(chestFilm({ spineAt }), 'chest-asymmetry', 'signed', chest);
    expect(Math.abs(asymmetry - (2 * spineAt) / 265)).toBeLessThan(0.04);
  });

  it('the room below the lungs shrinks by what the chest moves down', () => {
    const before = figure(chestFilm(), 'lung-margin', 'costophrenic-angles', chest);
    const after = figure(chestFilm({ down: 48 }), 'lung-margin', 'costophrenic-angles', chest);
    expect(Math.abs(before - after - 0.1)).toBeLessThan(0.01);
  });

  it('a lung that leaves the film has no room', () => {
    expect(figure(chestFilm({ down: 140 }), 'lung-margin', 'least', chest)).toBeLessThan(0.01);
  });
});

describe('what must not change a figure does not', () => {
  const base = chestFilm();
  /** Figures in stored values or on steps of them. */
  const tiedToScale = new Set(['immerkaer-noise', 'exposure-state', 'entropy']);
  const figures = (frame: RadiographFrame): string => {
    const { measurements } = measureRadiograph(frame, chest);
    const kept = measurements.filter(({ metric }) => !tiedToScale.has(metric));
    return JSON.stringify(kept.map(({ metric, where, value, place }) => [metric, where, value.toPrecision(6), place]));
  };

  it('the same film gives the same bits', () => {
    expect(JSON.stringify(measureRadiograph(base, chest))).toBe(JSON.stringify(measureRadiograph(base, chest)));
  });

  it('bit depth: the values times 16 in 16 bits', () => {
    const samples = base.samples.map((value) => value * 16);
    const { measurements } = measureRadiograph({ ...base, samples, bitsStored: 16 }, chest);
    for (const { metric, where, value } of measureRadiograph(base, chest).measurements) {
      if (metric === 'immerkaer-noise' || metric === 'entropy') continue;
      const other = measurements.find((one) => one.metric === metric && one.where === where);
      expect(Math.abs((other?.value ?? Number.NaN) - value), `${metric} ${where ?? ''}`).toBeLessThan(
        0.002 + 0.002 * Math.abs(value),
      );
    }
  });

  it('MONOCHROME1 with the greys turned round', () => {
    const samples = base.samples.map((value) => 4095 - value);
    expect(figures({ ...base, samples, isInverted: true })).toBe(figures(base));
  });

  it('any rescale that does not turn the greys round', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: -5000, max: 5000 }),
        (slope, from) => {
          expect(figures({ ...base, rescaleSlope: slope, rescaleIntercept: from })).toBe(figures(base));
        },
      ),
      { numRuns: 5 },
    );
  });

  it('a negative rescale slope with the greys turned round', () => {
    const samples = base.samples.map((value) => 4095 - value);
    expect(figures({ ...base, samples, rescaleSlope: -1, rescaleIntercept: 4095 })).toBe(figures(base));
  });

  it('an offset of all values', () => {
    const samples = Int16Array.from(base.samples, (value) => value - 2048);
    expect(figures({ ...base, samples, isSigned: true })).toBe(figures(base));
  });

  it('mirroring turns the signs round and leaves the sizes', () => {
    const { rows, columns } = base;
    const tilted = chestFilm({ tiltDegrees: 5, spineAt: 15 });
    const samples = tilted.samples.map((_, at) => {
      const row = Math.floor(at / columns);
      return tilted.samples[row * columns + columns - 1 - (at - row * columns)]!;
    });
    const mirrored = { ...tilted, samples, rows };
    for (const metric of ['chest-tilt', 'chest-asymmetry']) {
      const [one, other] = [tilted, mirrored].map((film) => figure(film, metric, 'signed', chest));
      expect(Math.abs(one! + other!), metric).toBeLessThan(0.05 + 0.1 * Math.abs(one!));
    }
    expect(figure(mirrored, 'entropy')).toBe(figure(tilted, 'entropy'));
  });
});

describe('a film that cannot be measured has a reason', () => {
  const reasons = (frame: RadiographFrame): Set<string> => {
    const { measurements, notMeasured } = measureRadiograph(frame, chest);
    expect(measurements).toEqual([]);
    expect(notMeasured).toHaveLength(radiographMetrics.length);
    return new Set(notMeasured.map(({ reason }) => reason));
  };

  it.each<[string, RadiographFrame, string]>([
    ['one pixel', filmOf(1, 1, () => 5), 'constant-image'],
    ['one row of 30,000 pixels', filmOf(1, 30_000, (_, column) => column), 'too-small'],
    ['one column of 30,000 pixels', filmOf(30_000, 1, (row) => row), 'too-small'],
    ['a constant image', filmOf(100, 100, () => 77), 'constant-image'],
    ['padding only', filmOf(100, 100, (row) => row, { padding: { from: 0, to: 4095 } }), 'all-padding'],
    [
      'a rescale that is no number',
      filmOf(100, 100, (row) => row, { rescaleSlope: Number.NaN }),
      'rescale-not-a-number',
    ],
    ['a rescale slope of 0', filmOf(100, 100, (row) => row, { rescaleSlope: 0 }), 'rescale-slope-zero'],
    ['fewer samples than pixels', { ...filmOf(10, 10, (row) => row), rows: 100, columns: 100 }, 'no-pixels'],
  ])('%s', (_, frame, reason) => {
    expect(reasons(frame)).toEqual(new Set([reason]));
  });

  it('values beyond the bits stored are named where the scale of the display is asked for', () => {
    const { notMeasured } = measureRadiograph({ ...chestFilm(), bitsStored: 8 }, chest);
    expect(notMeasured).toContainEqual({ metric: 'exposure-state', reason: 'values-beyond-bits-stored' });
  });

  it('the chest is not asked of a hand', () => {
    const { notMeasured } = measureRadiograph(chestFilm(), { part: 'hand', view: 'pa' });
    expect(notMeasured).toContainEqual({ metric: 'chest-tilt', reason: 'not-a-chest' });
  });

  it('any small film of any values is measured or refused with finite figures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 4095 }),
        (rows, columns, seed, range) => {
          let state = seed;
          const film = filmOf(rows, columns, () => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) % range);
          const { measurements, notMeasured } = measureRadiograph(film, chest);
          expect(measurements.every(({ value }) => Number.isFinite(value))).toBe(true);
          const named = new Set([...measurements, ...notMeasured].map(({ metric }) => metric));
          expect(named.size).toBe(radiographMetrics.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
