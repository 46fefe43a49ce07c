import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureCtSeries } from '../ct/measure-ct-series.ts';
import { measureMrSeries } from '../mr/measure-mr-series.ts';
import { analysePhantom } from '../phantom/analyse-phantom.ts';
import { phantomKinds } from '../phantom/phantom-kind.ts';
import type { GreyPlane } from './grey-plane.ts';

const length = fc.oneof(
  fc.constantFrom(0, -1, Number.NaN, Infinity, 0.001),
  fc.double({ min: 0.1, max: 10, noNaN: true }),
);

const plane: fc.Arbitrary<GreyPlane> = fc
  .record({
    rows: fc.constantFrom(0, 1, 2, 7, 24),
    columns: fc.constantFrom(0, 1, 3, 24, 40),
    seed: fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 1, maxLength: 12 }),
    rescaleSlope: fc.constantFrom(0, 1, -1, 0.5, Number.NaN, Infinity),
    rescaleIntercept: fc.constantFrom(0, -1024, Number.NaN),
    padding: fc.constantFrom(undefined, { from: -2000, to: -2000 }, { from: -32768, to: 32767 }),
    pixelSpacing: fc.option(fc.record({ rowMm: length, columnMm: length }), { nil: undefined }),
    isCut: fc.boolean(),
  })
  .map(({ seed, isCut, ...rest }) => {
    const count = Math.max(0, rest.rows * rest.columns - (isCut ? 1 : 0));
    return { ...rest, samples: Int16Array.from({ length: count }, (_, at) => seed[at % seed.length]!) };
  });

const facts = fc.record({
  modality: fc.constantFrom('CT', 'MR', 'RTIMAGE', undefined),
  imagePositionPatientMm: fc.constantFrom(undefined, [0, 0, 0], [0, 0, Number.NaN], [1]),
  imageOrientationPatient: fc.constantFrom(undefined, [1, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0], [1, 2]),
  bodyPartExamined: fc.constantFrom(undefined, 'CHEST', ''),
  ctdiVolMgy: fc.constantFrom(undefined, 0, 10, Number.NaN),
  inPlanePhaseEncodingDirection: fc.constantFrom(undefined, 'ROW', 'COL', 'ODD'),
});

const slices = fc.array(fc.record({ plane, facts }), { maxLength: 4 });

describe('pictures that no scanner makes', () => {
  it('give figures that are numbers, or reasons, and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(slices, async (series) => {
        for (const { measurements, notMeasured } of [await measureCtSeries(series), await measureMrSeries(series)]) {
          for (const { value } of measurements) expect(Number.isFinite(value)).toBe(true);
          expect(measurements.length + notMeasured.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are no phantom, of whatever kind they are said to be', () => {
    fc.assert(
      fc.property(slices, fc.constantFrom('auto' as const, ...phantomKinds), (series, kind) => {
        expect(analysePhantom(series, kind)).toHaveProperty('refused');
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [1, 30_000],
    [30_000, 1],
  ])('a picture of %i by %i pixels takes no longer than its pixels ask for', async (rows, columns) => {
    const samples = Int16Array.from({ length: rows * columns }, (_, at) => (at % 97) * 10);
    const strip = {
      rows,
      columns,
      samples,
      rescaleSlope: 1,
      rescaleIntercept: 0,
      pixelSpacing: { rowMm: 1, columnMm: 1 },
    };
    const start = performance.now();
    await measureCtSeries([{ plane: strip, facts: {} }]);
    await measureMrSeries([{ plane: strip, facts: {} }]);
    for (const kind of phantomKinds) analysePhantom([{ plane: strip, facts: {} }], kind);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
