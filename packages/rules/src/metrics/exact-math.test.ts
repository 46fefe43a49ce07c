import { expect, it } from 'vitest';
import { log2, naturalLog, slopeDegrees, unitCircle } from './exact-math.ts';
import { fourierOf } from './fourier.ts';

it.each([
  [1, 0],
  [2, 0.6931471805599453],
  [10, 2.302585092994046],
  [1e-300, -690.7755278982137],
  [123456.789, 11.723646487185881],
])('the natural logarithm of %d', (value, logarithm) => {
  expect(Math.abs(naturalLog(value) - logarithm)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(logarithm)));
});

it('logarithms of 0 and below', () => {
  expect(naturalLog(0)).toBe(-Infinity);
  expect(naturalLog(-1)).toBeNaN();
  expect(log2(8)).toBeCloseTo(3, 14);
});

it.each([
  [0, 0],
  [1, 45],
  [-1, -45],
  [0.5773502691896258, 30],
  [1e9, 89.99999994270422],
])('the angle of the slope %d is %d°', (slope, degrees) => {
  expect(slopeDegrees(slope)).toBeCloseTo(degrees, 10);
});

it('the circle has length 1 and its eighths', () => {
  const { cos, sin } = unitCircle(1024);
  expect(cos[128]).toBeCloseTo(Math.SQRT1_2, 15);
  expect(sin[128]).toBeCloseTo(Math.SQRT1_2, 15);
  for (let at = 0; at < 1024; at += 1) expect(cos[at]! ** 2 + sin[at]! ** 2).toBeCloseTo(1, 14);
});

it('a wave of 5 periods has its power at 5, and Parseval holds', () => {
  const re = Float64Array.from({ length: 64 }, (_, at) => Math.cos((2 * Math.PI * 5 * at) / 64));
  const energy = re.reduce((sum, value) => sum + value * value, 0);
  const im = new Float64Array(64);
  fourierOf(64).transform(re, im);
  expect(re[5]).toBeCloseTo(32, 10);
  const power = re.reduce((sum, value, at) => sum + value * value + im[at]! ** 2, 0);
  expect(power / 64).toBeCloseTo(energy, 10);
});
