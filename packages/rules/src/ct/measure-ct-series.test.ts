import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measured } from '../metrics/measurement.ts';
import { ellipse, layered, madeSlice, type MadeSlice } from './ct-slice.fixture.ts';
import type { CtSlice } from './ct-slice.ts';
import { measureCtSeries } from './measure-ct-series.ts';
import { ssdeFactor } from './size-specific-dose.ts';

const valueOf = ({ measurements }: Measured, metric: string, where?: string): number => {
  const found = measurements.find((each) => each.metric === metric && (where === undefined || each.where === where));
  return found?.value ?? Number.NaN;
};
const reasonOf = ({ notMeasured }: Measured, metric: string): string | undefined =>
  notMeasured.find((each) => each.metric === metric)?.reason;

const placed = (made: MadeSlice, places: readonly number[]): CtSlice[] =>
  places.map((z, at) =>
    madeSlice({
      ...made,
      seed: (made.seed ?? 1) + at,
      facts: { sliceThicknessMm: 5, ...made.facts, imagePositionPatientMm: [-200, -200, z] },
    }),
  );

const ten = Array.from({ length: 10 }, (_, at) => at * 5);
const body = ellipse(150, 110, 40);

describe('water-equivalent diameter', () => {
  it.each([
    ['water of 200 mm', ellipse(100, 100, 0), 200],
    ['water of 300 mm', ellipse(150, 150, 0), 300],
    ['an ellipse of 40 HU', ellipse(150, 110, 40), 2 * Math.sqrt(150 * 110 * 1.04)],
    [
      'a chest: water with lungs of -800 HU',
      layered(ellipse(50, 60, -800, -65), ellipse(50, 60, -800, 65), ellipse(160, 110, 0)),
      2 * Math.sqrt(160 * 110 - 2 * 50 * 60 * 0.8),
    ],
  ])('of %s is the diameter of the same water, within 1 %%', async (_, hu, diameter) => {
    const measured = await measureCtSeries(placed({ hu }, ten));
    expect(Math.abs(valueOf(measured, 'water-equivalent-diameter', 'mean') / diameter - 1)).toBeLessThan(0.01);
  });

  it('leaves the table out: a curved shell of carbon below the patient adds less than 1 %', async () => {
    const shell = (x: number, y: number): number => {
      const radius = Math.hypot(x, y + 260);
      return radius > 398 && radius < 401 && y > 100 ? 200 : -1000;
    };
    const alone = await measureCtSeries(placed({ hu: body }, ten));
    const onTable = await measureCtSeries(placed({ hu: layered(body, shell) }, ten));
    const [one, other] = [alone, onTable].map((each) => valueOf(each, 'water-equivalent-diameter', 'mean'));
    expect(Math.abs(other! / one! - 1)).toBeLessThan(0.01);
  });

  it('is the same whichever way the slices are rescaled, shifted or mirrored', async () => {
    const places = [0, 5];
    const usual = await measureCtSeries(placed({ hu: body }, places));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0.5, 1, 2),
        fc.integer({ min: -2000, max: 0 }),
        fc.integer({ min: -15, max: 15 }),
        fc.boolean(),
        async (slope, intercept, shift, isMirrored) => {
          const hu = (x: number, y: number): number => body((isMirrored ? -x : x) - shift * 1.6, y);
          const other = await measureCtSeries(placed({ hu, slope, intercept }, places));
          const ratio =
            valueOf(other, 'water-equivalent-diameter', 'mean') / valueOf(usual, 'water-equivalent-diameter', 'mean');
          expect(Math.abs(ratio - 1)).toBeLessThan(0.005);
          expect(valueOf(other, 'mis-centring', 'lateral')).toBeCloseTo((isMirrored ? -1 : 1) * shift * 1.6, 0);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('size-specific dose', () => {
  it.each([
    [300, 320, 1.231],
    [160, 160, 1.009],
  ] as const)('has the factor of AAPM report 204 for %i mm in the %i mm phantom', (diameter, phantom, factor) => {
    expect(ssdeFactor(diameter, phantom)).toBeCloseTo(factor, 3);
  });

  it.each([
    [79.9, undefined],
    [80, 2.761],
    [450, 0.71],
    [450.1, undefined],
  ])('ends where the table ends: %d mm', (diameter, factor) => {
    const found = ssdeFactor(diameter, 320);
    if (factor === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(factor, 2);
  });

  it('multiplies the CTDIvol of every slice, in the phantom that the header names', async () => {
    const water = ellipse(150, 150, 0);
    const stated = await measureCtSeries(placed({ hu: water, facts: { ctdiVolMgy: 10, ctdiPhantomMm: 320 } }, ten));
    expect(valueOf(stated, 'ssde')).toBeCloseTo(12.31, 0);
    const missing = await measureCtSeries(placed({ hu: water }, ten));
    expect(reasonOf(missing, 'ssde')).toBe('no-ctdivol');
  });
});

describe('global noise level', () => {
  it.each([3, 8, 12, 20, 40])('finds white noise of %i HU within 3 %%', async (noiseHu) => {
    const measured = await measureCtSeries(placed({ hu: body, noiseHu, spacingMm: 0.9, size: 384 }, ten));
    expect(Math.abs(valueOf(measured, 'global-noise') / noiseHu - 1)).toBeLessThan(0.03);
  });

  it('is not raised by organs with edges between them', async () => {
    const organs = layered(ellipse(30, 30, 120, -50), ellipse(20, 40, 10, 40), ellipse(25, 15, 90, 0, 60), body);
    const measured = await measureCtSeries(placed({ hu: organs, noiseHu: 10, spacingMm: 0.9, size: 384 }, ten));
    expect(Math.abs(valueOf(measured, 'global-noise') / 10 - 1)).toBeLessThan(0.04);
  });

  it('is not measured on a picture of air and bone', async () => {
    const measured = await measureCtSeries(placed({ hu: ellipse(60, 60, 900) }, ten));
    expect(reasonOf(measured, 'global-noise')).toBe('too-little-soft-tissue');
  });
});

describe('centring, truncation, arms, metal', () => {
  it('says how far the body lies from the isocentre, right and down positive', async () => {
    const measured = await measureCtSeries(placed({ hu: ellipse(100, 80, 40, 24, -32) }, ten));
    expect(valueOf(measured, 'mis-centring', 'lateral')).toBeCloseTo(24, 0);
    expect(valueOf(measured, 'mis-centring', 'vertical')).toBeCloseTo(-32, 0);
  });

  it('takes an off-centre reconstruction into account when the header gives both centres', async () => {
    const facts = { reconstructionTargetCentreMm: [30, 0, 0], dataCollectionCentreMm: [0, 0, 0] };
    const measured = await measureCtSeries(placed({ hu: ellipse(80, 80, 40, -30), facts }, ten));
    expect(Math.abs(valueOf(measured, 'mis-centring', 'lateral'))).toBeLessThan(0.5);
  });

  it('finds a body cut by the field, and none of it when it is inside', async () => {
    const cut = await measureCtSeries(placed({ hu: ellipse(260, 110, 40) }, ten));
    expect(valueOf(cut, 'truncated-outline', 'slices')).toBe(1);
    expect(valueOf(cut, 'truncated-outline', 'worst-slice')).toBeGreaterThan(0.1);
    expect(reasonOf(cut, 'mis-centring')).toBe('body-cut-by-field');
    const whole = await measureCtSeries(placed({ hu: body }, ten));
    expect(valueOf(whole, 'truncated-outline', 'slices')).toBe(0);
  });

  it.each([
    ['both arms', [-180, 180], 1],
    ['one arm', [180], 1],
    ['no arm', [], 0],
  ])('%s beside the trunk', async (_, sides, share) => {
    const arms = sides.flatMap((x) => [ellipse(6, 6, 600, x), ellipse(20, 22, 40, x)]);
    const hu = layered(...arms, ellipse(140, 100, 40));
    const measured = await measureCtSeries(placed({ hu, facts: { bodyPartExamined: 'CHEST' } }, ten));
    expect(valueOf(measured, 'arms-down')).toBe(share);
  });

  it('asks for arms in a scan of the trunk only', async () => {
    const head = await measureCtSeries(placed({ hu: ellipse(80, 90, 40), facts: { bodyPartExamined: 'HEAD' } }, ten));
    expect(reasonOf(head, 'arms-down')).toBe('not-a-trunk-scan');
    const unknown = await measureCtSeries(placed({ hu: body }, ten));
    expect(reasonOf(unknown, 'arms-down')).toBe('body-part-unknown');
  });

  it('finds metal and its streaks, and no streaks where there is no metal', async () => {
    const streaked = (x: number, y: number): number => {
      if (Math.hypot(x, y) < 6) return 3000;
      const inside = body(x, y);
      return inside === -1000
        ? inside
        : inside + 120 * Math.sin(12 * Math.atan2(y, x)) * (Math.hypot(x, y) < 60 ? 1 : 0);
    };
    const clean = placed({ hu: body, noiseHu: 8 }, ten);
    const withMetal = placed({ hu: streaked, noiseHu: 8, seed: 50 }, [60, 65, 70, 75, 80]);
    const measured = await measureCtSeries([...clean, ...withMetal]);
    expect(valueOf(measured, 'metal-slices')).toBeCloseTo(1 / 3, 5);
    expect(valueOf(measured, 'metal-streaks')).toBeGreaterThan(0.02);
    const without = await measureCtSeries(clean);
    expect(valueOf(without, 'metal-streaks')).toBe(0);
  });
});

describe('range and slices', () => {
  it('measures length, spacing, gaps and repeated places whatever the order of the slices', async () => {
    const places = [0, 5, 10, 15, 20, 35, 40, 45, 45];
    const slices = placed({ hu: body, size: 64, spacingMm: 6.4 }, places);
    const measured = await measureCtSeries(slices.toReversed());
    expect(valueOf(measured, 'scan-length')).toBe(50);
    expect(valueOf(measured, 'slice-spacing')).toBe(5);
    expect(valueOf(measured, 'slice-gaps')).toBe(1);
    expect(valueOf(measured, 'repeated-slice-positions')).toBe(1);
    expect(valueOf(measured, 'slice-thickness')).toBe(5);
  });

  it('says at which end lungs are cut and how far the range goes beyond them', async () => {
    const lungs = layered(ellipse(50, 60, -800, -65), ellipse(50, 60, -800, 65), ellipse(150, 110, 40));
    const slices = [...placed({ hu: body }, [0, 5, 10, 15]), ...placed({ hu: lungs }, [20, 25, 30, 35])];
    const measured = await measureCtSeries(slices);
    expect(valueOf(measured, 'lung-cut', 'upper-end')).toBe(1);
    expect(valueOf(measured, 'lung-cut', 'lower-end')).toBe(0);
    expect(valueOf(measured, 'range-beyond-lungs', 'upper-end')).toBe(0);
    expect(valueOf(measured, 'range-beyond-lungs', 'lower-end')).toBe(20);
    expect(reasonOf(await measureCtSeries(placed({ hu: body }, ten)), 'lung-cut')).toBe('no-lungs');
  });
});

describe('what cannot be measured', () => {
  const only = (change: (slice: CtSlice) => CtSlice): CtSlice[] => placed({ hu: body, size: 32 }, [0, 5]).map(change);
  const changed =
    (plane: object, facts: object = {}) =>
    (slice: CtSlice): CtSlice => ({ plane: { ...slice.plane, ...plane }, facts: { ...slice.facts, ...facts } });

  it.each([
    ['no slices', [], 'no-slices'],
    ['a slope of 0', only(changed({ rescaleSlope: 0 })), 'rescale-slope-zero'],
    ['a slope that is no number', only(changed({ rescaleSlope: Number.NaN })), 'rescale-not-a-number'],
    ['an intercept that is no number', only(changed({ rescaleIntercept: Number.NaN })), 'rescale-not-a-number'],
    ['no pixel spacing', only(changed({ pixelSpacing: undefined })), 'no-pixel-spacing'],
    ['a scout', only(changed({}, { imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] })), 'localizer'],
    ['too few pixels', only(changed({ samples: new Int16Array(3) })), 'no-pixels'],
    ['only padding', only(changed({ padding: { from: -32768, to: 32767 } })), 'no-body'],
    ['only air', placed({ hu: () => -1000, size: 32 }, [0, 5]), 'no-body'],
    ['one pixel', placed({ hu: () => 40, size: 1 }, [0, 5]), 'no-body'],
  ])('%s: every figure of the pixels says why', async (_, slices, reason) => {
    const measured = await measureCtSeries(slices);
    expect(reasonOf(measured, 'water-equivalent-diameter')).toBe(reason);
    for (const { value } of measured.measurements) expect(Number.isFinite(value)).toBe(true);
  });

  it('a picture of soft tissue from border to border is a body cut all around', async () => {
    const measured = await measureCtSeries(placed({ hu: () => 40, size: 64 }, [0, 5]));
    expect(valueOf(measured, 'truncated-outline', 'worst-slice')).toBe(1);
  });

  it('gives the same figures in every order and on every run', async () => {
    const slices = placed({ hu: body, noiseHu: 10 }, ten);
    const [one, again, reversed] = [
      await measureCtSeries(slices),
      await measureCtSeries(slices),
      await measureCtSeries(slices.toReversed()),
    ];
    expect(again).toEqual(one);
    expect(reversed.measurements.map(({ metric, value }) => [metric, value.toFixed(6)])).toEqual(
      one.measurements.map(({ metric, value }) => [metric, value.toFixed(6)]),
    );
  });
});
