import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculatorSettingsFaults, defaultCalculatorSettings as settings } from './calculator-settings.ts';
import { contrastInjection, kvForThickness, masForDistance, masForGrid, masForOutput } from './calculators.ts';
import { driftOf, fewestDriftFilms } from './drift.ts';

describe('the calculators', () => {
  it('give kV for a thickness: twice the centimetres and the constant', () => {
    expect(kvForThickness(settings, { thicknessCm: 20, constant: 30 })).toEqual({ ok: true, value: 70 });
  });
  it('refuse a thickness, a constant or a voltage outside the limits, and take the border', () => {
    const at = (thicknessCm: number, constant: number) => kvForThickness(settings, { thicknessCm, constant });
    expect(at(2.9, 40)).toEqual({ ok: false, reason: { input: 'thicknessCm', low: 3, high: 45, value: 2.9 } });
    expect(at(3, 40)).toEqual({ ok: true, value: 46 });
    expect(at(45, 40)).toEqual({ ok: true, value: 130 });
    expect(at(45.1, 40).ok).toBe(false);
    expect(at(20, 41)).toMatchObject({ ok: false, reason: { input: 'voltageConstant' } });
    expect(at(5, 20)).toEqual({ ok: false, reason: { input: 'tubeVoltageKv', low: 40, high: 150, value: 30 } });
  });
  it('give mAs for a distance by the square', () => {
    expect(masForDistance(settings, { mas: 10, fromCm: 100, toCm: 200 })).toEqual({ ok: true, value: 40 });
    expect(masForDistance(settings, { mas: 10, fromCm: 100, toCm: 301 })).toMatchObject({
      ok: false,
      reason: { input: 'distanceCm', value: 301 },
    });
    expect(masForDistance(settings, { mas: 0, fromCm: 100, toCm: 200 }).ok).toBe(false);
  });
  it('are each other’s inverse for a way there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 300 }), fc.integer({ min: 50, max: 300 }), (fromCm, toCm) => {
        const there = masForDistance(settings, { mas: 10, fromCm, toCm });
        const back = there.ok ? there.value * (fromCm / toCm) ** 2 : 10;
        expect(back).toBeCloseTo(10, 6);
      }),
    );
  });
  it('give mAs for a grid by the Bucky factors, and refuse a ratio the table does not have', () => {
    // From no grid (1) to 12:1 (5).
    expect(masForGrid(settings, { mas: 4, fromRatio: 0, toRatio: 12 })).toEqual({ ok: true, value: 20 });
    expect(masForGrid(settings, { mas: 4, fromRatio: 8, toRatio: 6 })).toEqual({ ok: true, value: 3 });
    expect(masForGrid(settings, { mas: 4, fromRatio: 0, toRatio: 7 })).toEqual({
      ok: false,
      reason: { input: 'gridRatio', low: 0, high: 16, value: 7 },
    });
  });
  it('give mAs for an aged generator, and refuse to make up for one that needs repair', () => {
    expect(masForOutput(settings, { mas: 10, referenceOutput: 0.1, presentOutput: 0.08 })).toMatchObject({ ok: true });
    expect(masForOutput(settings, { mas: 8, referenceOutput: 0.1, presentOutput: 0.08 })).toEqual({
      ok: true,
      value: 10,
    });
    expect(masForOutput(settings, { mas: 10, referenceOutput: 0.1, presentOutput: 0.069 })).toMatchObject({
      ok: false,
      reason: { input: 'outputShare', low: 0.7, high: 1.3 },
    });
    expect(masForOutput(settings, { mas: 10, referenceOutput: 0, presentOutput: 0.08 }).ok).toBe(false);
  });
  it('give contrast volume and rate by weight and iodine', () => {
    // 60 kg · 420 mgI/kg ÷ 350 mgI/ml = 72 ml; over 30 s 2.4 ml/s; 25.2 gI, 0.84 gI/s.
    const answer = contrastInjection(settings, {
      weightKg: 60,
      iodineMgPerKg: 420,
      concentrationMgMl: 350,
      durationS: 30,
    });
    expect(answer.ok && answer.value.volumeMl).toBeCloseTo(72, 9);
    expect(answer.ok && answer.value.rateMlS).toBeCloseTo(2.4, 9);
    expect(answer.ok && answer.value.iodineG).toBeCloseTo(25.2, 9);
    expect(answer.ok && answer.value.iodineGPerS).toBeCloseTo(0.84, 9);
  });
  it('refuse a volume or a rate beyond the limits, whatever the inputs say', () => {
    const given = { weightKg: 120, iodineMgPerKg: 500, concentrationMgMl: 300, durationS: 40 };
    expect(contrastInjection(settings, given)).toEqual({
      ok: false,
      reason: { input: 'volumeMl', low: 5, high: 150, value: 200 },
    });
    const fast = { weightKg: 100, iodineMgPerKg: 400, concentrationMgMl: 400, durationS: 10 };
    expect(contrastInjection(settings, fast)).toMatchObject({ ok: false, reason: { input: 'rateMlS', value: 10 } });
  });
  it('have shipped settings without a fault, and name the faults of others', () => {
    expect(calculatorSettingsFaults(settings)).toEqual([]);
    const limits = { ...settings.limits, mas: { low: 10, high: 10 } };
    expect(calculatorSettingsFaults({ limits, gridFactors: [{ ratio: 0, factor: 0.5 }] })).toEqual([
      'mas',
      'gridFactors.0',
    ]);
    expect(calculatorSettingsFaults({ ...settings, gridFactors: [] })).toEqual(['gridFactors']);
  });
});

describe('drift', () => {
  const points = (count: number, after: number) =>
    Array.from({ length: count }, (_, at) => ({ atMs: at, ratio: at < count / 2 ? 1 : after }));
  it('is spoken of from enough films on, and counts from a tenth', () => {
    expect(driftOf(points(fewestDriftFilms - 1, 2))).toBeNull();
    expect(driftOf(points(fewestDriftFilms, 1.09))).toMatchObject({ isDrifting: false });
    expect(driftOf(points(fewestDriftFilms, 1.125))).toMatchObject({ films: 20, change: 0.125, isDrifting: true });
    expect(driftOf(points(fewestDriftFilms, 0.875))).toMatchObject({ change: -0.125, isDrifting: true });
  });
});
