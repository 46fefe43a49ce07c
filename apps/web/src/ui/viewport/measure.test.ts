import { describe, expect, it } from 'vitest';
import { angleAt, lengthBetween } from './measure.ts';

describe('lengthBetween', () => {
  it('is in mm when the header gives a spacing: 30 × 0.2 and 40 × 0.2 make a 3-4-5 triangle of 10 mm', () => {
    const length = lengthBetween({ x: 0, y: 0 }, { x: 30, y: 40 }, [0.2, 0.2]);
    expect(length.unit).toBe('mm');
    expect(length.value).toBeCloseTo(10, 10);
  });
  it('takes row spacing down and column spacing across', () => {
    expect(lengthBetween({ x: 0, y: 0 }, { x: 10, y: 0 }, [0.5, 0.1]).value).toBeCloseTo(1, 10);
    expect(lengthBetween({ x: 0, y: 0 }, { x: 0, y: 10 }, [0.5, 0.1]).value).toBeCloseTo(5, 10);
  });
  it('is in pixels without a spacing', () => {
    expect(lengthBetween({ x: 1, y: 1 }, { x: 4, y: 5 }, null)).toEqual({ value: 5, unit: 'px' });
  });
});

describe('angleAt', () => {
  it('is 90° between the axes', () => {
    expect(angleAt({ x: 5, y: 0 }, { x: 0, y: 0 }, { x: 0, y: 5 }, null)).toBeCloseTo(90, 10);
  });
  it('is measured on the patient, not on unequal pixels: atan(2) = 63.43° on rows twice as far apart', () => {
    expect(angleAt({ x: 1, y: 0 }, { x: 0, y: 0 }, { x: 1, y: 1 }, [2, 1])).toBeCloseTo(63.4349, 3);
  });
  it('has no value when two places fall together', () => {
    expect(angleAt({ x: 1, y: 1 }, { x: 1, y: 1 }, { x: 0, y: 5 }, null)).toBeNull();
  });
});
