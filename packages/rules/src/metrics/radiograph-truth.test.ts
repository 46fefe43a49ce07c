import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { fourierOf } from './fourier.ts';
import { measureRadiograph } from './measure-radiograph.ts';
import type { Measurement } from './measurement.ts';
import type { RadiographFacts, RadiographFrame } from './radiograph-frame.ts';
import { radiographMetrics } from './radiograph-metrics.ts';
import { blurredStep, filmOf, gaussianNoise } from './radiograph.fixture.ts';

function measured(frame: RadiographFrame, metric: string, where?: string, facts: RadiographFacts = {}): Measurement {
  const one = radiographMetrics.filter((each) => each.metric === metric);
  const { measurements, notMeasured } = measureRadiograph(frame, facts, one);
  const found = measurements.find((each) => each.where === where);
  if (found === undefined) throw new Error(`${metric} ${where ?? ''}: ${JSON.stringify(notMeasured)}`);
  return found;
}
const figure = (...asked: Parameters<typeof measured>): number => measured(...asked).value;
const within = (value: number, truth: number, share = 0.02): void => {
  expect(value).toBeGreaterThan(truth * (1 - share));
  expect(value).toBeLessThan(truth * (1 + share));
};
/** Grey span between 0.5 % and 99.5 % of the film, by sorting. */
const spanOf = ({ samples }: RadiographFrame): number => {
  const sorted = samples.slice().sort();
  return sorted[Math.floor(0.995 * sorted.length)]! - sorted[Math.floor(0.005 * sorted.length)]!;
};
const ramp = (row: number): number => 1500 + row / 2;
/** 0 … 511, each as often, in no order: nothing looks like bare detector. */
const even = (row: number, column: number): number => (row * 197 + column * 331 + ((row * column) % 7) * 73) % 512;

/** Random phases under a power law: power ∝ frequency^−slope, values about 2000. */
function powerLaw(side: number, slope: number): (row: number, column: number) => number {
  const fourier = fourierOf(side);
  const noise = gaussianNoise(11);
  const [re, im] = [new Float64Array(side * side), new Float64Array(side * side)];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const [y, x] = [Math.min(row, side - row), Math.min(column, side - column)];
      const amplitude = row + column === 0 ? 0 : (x * x + y * y) ** (-slope / 4);
      re[row * side + column] = amplitude * noise();
      im[row * side + column] = amplitude * noise();
    }
  }
  for (let row = 0; row < side; row += 1) fourier.transform(re, im, row * side);
  for (let column = 0; column < side; column += 1) fourier.transform(re, im, column, side);
  const deviation = Math.sqrt(re.reduce((sum, value) => sum + value * value, 0) / re.length);
  return (row, column) => 2000 + (300 * re[(row % side) * side + (column % side)]!) / deviation;
}
const texture = powerLaw(512, 2.6);

describe('grey figures of films that are known', () => {
  it('percentiles of evenly spread greys, on the scale of the bits stored, within 2 %', () => {
    const film = filmOf(512, 512, (row, column) => 1000 + even(row, column) * 4);
    within(figure(film, 'exposure-state', 'p1'), (1000 + 0.01 * 2048) / 4095);
    within(figure(film, 'exposure-state', 'p50'), (1000 + 0.5 * 2048) / 4095);
    within(figure(film, 'exposure-state', 'p99'), (1000 + 0.99 * 2048) / 4095);
    within(figure(film, 'exposure-state', 'span'), (0.98 * 2048) / 4095);
  });

  it('the same greys through a window that shows a half of it', () => {
    const film = filmOf(512, 512, (row, column) => 1000 + even(row, column) * 4, {
      windows: [{ center: 2024, width: 2048 }],
    });
    within(figure(film, 'exposure-state', 'p50'), 0.5);
    within(figure(film, 'exposure-state', 'span'), 0.98);
  });

  it('the decades between P1 and P99 of linear detector values within 2 %', () => {
    const film = filmOf(512, 512, (row, column) => 200 + even(row, column) * 7);
    const [one, other] = [200 + 0.01 * 3584, 200 + 0.99 * 3584];
    within(figure(film, 'dynamic-range', undefined, { isForProcessing: true }), Math.log10(other / one));
  });

  it('noise as a share of the grey span: all of it within 2 %, the quiet tenth a little below', () => {
    const noise = gaussianNoise();
    const film = filmOf(512, 512, (row) => ramp(row) + 40 * noise());
    within(figure(film, 'noise', 'all'), 40 / spanOf(film));
    within(figure(film, 'noise', 'quiet'), (0.94 * 40) / spanOf(film), 0.06);
  });

  it.each([50, 120])('white noise of σ %d: Laplacian 20 σ², Tenengrad 24 σ², contrast σ, within 2 %%', (sigma) => {
    const noise = gaussianNoise(5);
    const film = filmOf(512, 512, () => 2000 + sigma * noise());
    const share = sigma / spanOf(film);
    within(figure(film, 'laplacian-variance'), 20 * share * share);
    within(figure(film, 'tenengrad'), 24 * share * share);
    within(figure(film, 'local-contrast'), share);
  });

  it.each([2, 2.6, 3.2])('a power law of slope %d within 4 %%', (slope) => {
    const law = powerLaw(512, slope);
    within(figure(filmOf(512, 512, law), 'spectral-slope'), slope, 0.04);
  });

  it('CPBD is 1 for sharp edges, 0 for edges blurred by 6 pixels, and falls between', () => {
    const edged = (sigma: number) =>
      filmOf(256, 512, (_, column) => {
        const from = (column % 64) - 16;
        return 1000 + 2000 * (blurredStep(from / sigma) - blurredStep((from - 32) / sigma));
      });
    const values = [0.2, 0.6, 1, 2, 6].map((sigma) => figure(edged(sigma), 'cpbd'));
    expect(values[0]).toBe(1);
    expect(values.at(-1)).toBe(0);
    for (const [at, value] of values.entries()) expect(value).toBeLessThanOrEqual(values[at - 1] ?? 1);
  });

  it.each([30, 60, 120])('grid lines of amplitude %d within 2 %% of the span', (amplitude) => {
    const noise = gaussianNoise();
    const film = filmOf(
      600,
      700,
      (row, column) => ramp(row) + amplitude * Math.sin((2 * Math.PI * column) / 7.3) + noise(),
    );
    within(figure(film, 'grid-lines', 'across'), amplitude / spanOf(film));
    expect(figure(film, 'grid-lines', 'down')).toBe(0);
  });

  it('dead rows are counted where they are', () => {
    const noise = gaussianNoise();
    const film = filmOf(600, 500, (row, column) => (row === 200 || row === 210 ? 0 : 1500 + column + 20 * noise()));
    expect(measured(film, 'dead-lines', 'rows')).toMatchObject({
      value: 2,
      place: { column: 0, row: 200, width: 500, height: 11 },
    });
    expect(figure(film, 'dead-lines', 'columns')).toBe(0);
  });
});

describe('shapes of films that are known', () => {
  const disc = (radius: number) =>
    filmOf(600, 500, (row, column) => {
      const inside = (row - 300) ** 2 + (column - 250) ** 2 < radius * radius;
      return inside ? texture(row, column) : 20;
    });

  it.each([120, 180, 220])('the share of a patient of radius %d pixels on bare detector within 2 %%', (radius) => {
    within(figure(disc(radius), 'anatomy-share'), (Math.PI * radius * radius) / (600 * 500));
  });

  it.each([
    ['L', true],
    ['R', false],
  ] as const)('the letter %s is read where it stands, over the patient or beside', (letter, isBeside) => {
    const [left, top] = isBeside ? [30, 40] : [240, 300];
    const film = filmOf(600, 500, (row, column) => {
      const [x, y] = [column - left, row - top];
      if (x >= 0 && x < 21 && y >= 0 && y < 30 && isStroke(letter, x / 21, y / 30)) return 4000;
      return (row - 300) ** 2 + (column - 250) ** 2 < 190 ** 2 ? 0.5 * texture(row, column) : 20;
    });
    const { place } = measured(film, 'side-marker', letter);
    expect(Math.abs(place!.column - left)).toBeLessThanOrEqual(2);
    expect(Math.abs(place!.row - top)).toBeLessThanOrEqual(2);
    const over = figure(film, 'side-marker', 'over-anatomy');
    if (isBeside) expect(over).toBeLessThan(0.1);
    else expect(over).toBeGreaterThan(0.9);
  });

  it.each([6, 9, 14])('a metal disc of radius %d pixels over the patient: place and area within 10 %%', (radius) => {
    const film = filmOf(600, 500, (row, column) =>
      (row - 280) ** 2 + (column - 200) ** 2 <= radius * radius ? 4095 : 0.6 * texture(row, column),
    );
    expect(figure(film, 'foreign-objects', 'count')).toBe(1);
    const object = measured(film, 'foreign-objects', 'object');
    within(object.value, (Math.PI * radius * radius) / (600 * 500), 0.1);
    expect(Math.abs(object.place!.row + object.place!.height / 2 - 280.5)).toBeLessThanOrEqual(1.5);
    expect(
      figure(
        filmOf(600, 500, (row, column) => 0.6 * texture(row, column)),
        'foreign-objects',
        'count',
      ),
    ).toBe(0);
  });

  it.each([0, 0.1, 0.3])('a limb that leaves its field sideways along %d of the side within 0.01', (share) => {
    const rows = 500;
    const film = filmOf(rows, 400, (row, column) => {
      // Skin is no straight line: a straight one is taken for a collimator.
      const isLimb = Math.abs(column - 200) < 60 + 25 * Math.sin(row / 40);
      const isThumb = share > 0 && column >= 200 && row >= 100 && row < 100 + share * rows;
      return isLimb || isThumb ? texture(row, column) : 20;
    });
    const cut = figure(film, 'field-cut', undefined, { part: 'wrist', view: 'pa' });
    expect(Math.abs(cut - share)).toBeLessThan(0.01);
  });

  it('the size of the field in mm within 2 %, and its width over the useful one', () => {
    const noise = gaussianNoise();
    const film = filmOf(500, 440, (row, column) =>
      row < 30 || row >= 450 || column < 60 || column >= 400 ? 0 : ramp(row) + 50 * noise(),
    );
    const facts: RadiographFacts = { part: 'knee', view: 'ap', pixelSpacingMm: { row: 0.5, column: 0.6 } };
    within(figure(film, 'field-size', 'width', facts), 340 * 0.6);
    within(figure(film, 'field-size', 'height', facts), 420 * 0.5);
    within(figure(film, 'field-excess', undefined, facts), (340 * 0.6) / 210);
  });

  it('edges of a header count where bare detector hides them, and not where the picture shows anatomy beyond', () => {
    const facts: RadiographFacts = {
      part: 'wrist',
      view: 'pa',
      pixelSpacingMm: { row: 0.5, column: 0.5 },
      collimator: { left: 100, right: 300, top: 0, bottom: 500 },
    };
    const limb = (from: number, to: number) =>
      filmOf(500, 400, (row, column) => {
        const bent = 12 * Math.sin(row / 30);
        return column >= from + bent && column < to + bent ? texture(row, column) : 20;
      });
    within(figure(limb(150, 250), 'field-size', 'width', facts), 100);
    within(figure(limb(20, 380), 'field-size', 'width', facts), 200);
  });
});

describe('movement and a second exposure', () => {
  const smeared = (length: number, along: 'down' | 'across') => {
    const noise = gaussianNoise(3);
    return filmOf(512, 512, (row, column) => {
      let sum = 0;
      for (let step = 0; step < length; step += 1)
        sum += along === 'down' ? texture(row + step, column) : texture(row, column + step);
      return sum / length + 4 * noise();
    });
  };
  const facts: RadiographFacts = { part: 'chest', view: 'pa' };

  it.each(['down', 'across'] as const)(
    'a smear of 8, 16 and 30 pixels %s rises above the limit, none stays below',
    (along) => {
      const values = [1, 8, 16, 30].map((length) => figure(smeared(length, along), 'motion-blur', along, facts));
      expect(Math.abs(values[0]!)).toBeLessThan(0.7);
      expect(Math.min(...values.slice(1))).toBeGreaterThan(3.6);
      const other = along === 'down' ? 'across' : 'down';
      expect(figure(smeared(16, along), 'motion-blur', other, facts)).toBeLessThan(1);
    },
  );

  it('is not asked of a hand, whose detail runs one way without movement', () => {
    const metrics = radiographMetrics.filter(({ metric }) => metric === 'motion-blur');
    const { notMeasured } = measureRadiograph(smeared(1, 'down'), { part: 'hand', view: 'pa' }, metrics);
    expect(notMeasured).toEqual([{ metric: 'motion-blur', reason: 'detail-runs-one-way' }]);
  });

  it.each([
    [40, 60],
    [-70, 90],
    [120, 50],
  ])('everything seen twice by %d across and %d down is found within 2 %% of the picture', (across, down) => {
    const twice = filmOf(
      600,
      600,
      (row, column) => 0.55 * texture(row, column) + 0.45 * texture(row + down, column + across + 512),
    );
    expect(figure(twice, 'double-exposure', 'echo')).toBeGreaterThan(18);
    const [x, y] = [figure(twice, 'double-exposure', 'across'), figure(twice, 'double-exposure', 'down')];
    expect(Math.abs(Math.abs(x) - Math.abs(across))).toBeLessThan(12);
    expect(Math.abs(Math.abs(y) - Math.abs(down))).toBeLessThan(12);
  });

  it('one exposure has no echo', () => {
    expect(figure(filmOf(500, 500, texture), 'double-exposure', 'echo')).toBeLessThan(10);
  });
});

describe('what must not change a figure', () => {
  const film = filmOf(512, 480, (row, column) => {
    const inside = ((row - 256) / 240) ** 2 + ((column - 240) / 200) ** 2 < 1;
    return inside ? texture(row, column) : 30;
  });
  const turned = (pick: (row: number, column: number) => number): RadiographFrame => ({
    ...film,
    samples: film.samples.map((_, at) => film.samples[pick(Math.floor(at / 480), at % 480)]!),
  });
  /** Figures without a direction. */
  const steady = ['anatomy-share', 'clipping', 'exposure-state', 'noise', 'immerkaer-noise', 'laplacian-variance'];
  const alsoSteady = ['tenengrad', 'spectral-slope', 'local-contrast', 'entropy', 'exposed-share'];

  it.each([
    ['mirrored', (row: number, column: number) => row * 480 + 479 - column],
    ['upside down', (row: number, column: number) => (511 - row) * 480 + column],
    ['turned by half', (row: number, column: number) => (511 - row) * 480 + 479 - column],
  ])('%s, nothing without a direction changes by more than 2 %%', (_, pick) => {
    const other = turned(pick);
    for (const metric of [...steady, ...alsoSteady]) {
      const metrics = radiographMetrics.filter((each) => each.metric === metric);
      const before = measureRadiograph(film, {}, metrics).measurements;
      const after = measureRadiograph(other, {}, metrics).measurements;
      before.forEach(({ value, where }, at) => {
        expect(Math.abs(after[at]!.value - value), `${metric} ${where ?? ''}`).toBeLessThan(
          0.001 + 0.02 * Math.abs(value),
        );
      });
    }
  });

  it('turned by half, movement keeps its way and an echo its height', () => {
    const other = turned((row, column) => (511 - row) * 480 + 479 - column);
    const facts: RadiographFacts = { part: 'chest', view: 'lateral' };
    for (const [metric, where] of [
      ['motion-blur', 'down'],
      ['double-exposure', 'echo'],
    ] as const)
      expect(Math.abs(figure(other, metric, where, facts) - figure(film, metric, where, facts)), metric).toBeLessThan(
        1.5,
      );
  });
});

it('four threads at once give the bits that one gives', async () => {
  const film = filmOf(400, 400, texture);
  const facts: RadiographFacts = { part: 'chest', view: 'pa' };
  const code = `const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ measureRadiograph }) =>
      parentPort.postMessage(JSON.stringify(measureRadiograph(workerData.film, workerData.facts))));`;
  const module = resolve(import.meta.dirname, 'measure-radiograph.ts');
  const answers = Array.from(
    { length: 4 },
    () =>
      new Promise<unknown>((done, failed) => {
        const worker = new Worker(code, { eval: true, workerData: { module, film, facts } });
        worker.once('message', done).once('error', failed);
      }),
  );
  const own = JSON.stringify(measureRadiograph(film, facts));
  for (const answer of await Promise.all(answers)) expect(answer).toBe(own);
}, 60_000);

/** Strokes of a drawn letter, a seventh of its width thick, in shares of its box. */
function isStroke(letter: 'L' | 'R', x: number, y: number): boolean {
  const thick = 0.2;
  if (x < thick) return true;
  if (letter === 'L') return y > 1 - thick * 0.8;
  const isLoop = y < 0.55 && (y < thick * 0.8 || y > 0.55 - thick * 0.8 || x > 1 - thick);
  const isLeg = y >= 0.45 && Math.abs(x - (0.35 + (y - 0.45) * 1.0)) < thick * 0.7;
  return isLoop || isLeg;
}
