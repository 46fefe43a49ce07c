import { describe, expect, it } from 'vitest';
import { blurInPlace, wideBlur } from './blur.ts';

describe('blurInPlace', () => {
  it.each([0.5, 0.9, 2, 7])('leaves a flat picture flat (sigma %s)', (sigma) => {
    const data = new Float32Array(40 * 30).fill(3);
    blurInPlace(data, 40, 30, sigma);
    for (const value of data) expect(value).toBeCloseTo(3, 4);
  });

  it.each([2, 4])('spreads a point by the asked deviation, to whole box widths (sigma %s)', (sigma) => {
    const side = 81;
    const data = new Float32Array(side * side);
    data[40 * side + 40] = 1;
    blurInPlace(data, side, side, sigma);
    let [sum, second] = [0, 0];
    data.forEach((value, i) => {
      sum += value;
      second += value * ((i % side) - 40) ** 2;
    });
    expect(sum).toBeCloseTo(1, 3);
    expect(Math.sqrt(second / sum)).toBeGreaterThan(sigma * 0.75);
    expect(Math.sqrt(second / sum)).toBeLessThan(sigma * 1.25);
  });

  it('does not carry the first column across the picture', () => {
    const data = new Float32Array(60 * 10);
    for (let y = 0; y < 10; y++) data[y * 60] = 100;
    blurInPlace(data, 60, 10, 2);
    expect(data[5 * 60 + 40]).toBeCloseTo(0, 4);
  });
});

describe('wideBlur', () => {
  it('leaves a flat picture flat, and the source untouched', () => {
    const data = new Float32Array(100 * 90).fill(2);
    for (const value of wideBlur(data, 100, 90, 12)) expect(value).toBeCloseTo(2, 4);
    expect(data[0]).toBe(2);
  });
});
