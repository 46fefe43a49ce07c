import { describe, expect, it } from 'vitest';
import { fillWindowTable, greyOf, TABLE_SIZE, windowOver } from './window-table.ts';

// The example of DICOM PS3.3 C.11.2.1.2.1: c = 2048, w = 4096, output 0 to 255.
const standardExample = { center: 2048, width: 4096 };

describe('greyOf', () => {
  it('is black at and below the lower end, white above the upper end', () => {
    expect(greyOf(0, standardExample)).toBe(0);
    expect(greyOf(-1, standardExample)).toBe(0);
    expect(greyOf(4095.5, standardExample)).toBe(255);
    expect(greyOf(5000, standardExample)).toBe(255);
  });

  it('is linear between: ((x - 2047.5) / 4095 + 0.5) * 255', () => {
    // (1024 - 2047.5) / 4095 + 0.5 = 0.250061; times 255 = 63.77
    expect(greyOf(1024, standardExample)).toBe(64);
    // (2048 - 2047.5) / 4095 + 0.5 = 0.500122; times 255 = 127.53
    expect(greyOf(2048, standardExample)).toBe(128);
  });

  it('is a threshold at width 1: c = 100 splits at 99.5', () => {
    expect(greyOf(99, { center: 100, width: 1 })).toBe(0);
    expect(greyOf(100, { center: 100, width: 1 })).toBe(255);
  });
});

describe('fillWindowTable', () => {
  const greyAt = (table: Uint32Array, stored: number): number => (table[stored & 0xffff] ?? 0) & 0xff;
  const base = { center: 40, width: 401, rescaleSlope: 1, rescaleIntercept: -1024, isSigned: false, isInverted: false };

  it('looks up rescaled values: stored 1064 is 40 HU, half of a window around 40', () => {
    const table = new Uint32Array(TABLE_SIZE);
    fillWindowTable(table, base);
    // (40 - 39.5) / 400 + 0.5 = 0.50125; times 255 = 127.8
    expect(greyAt(table, 1064)).toBe(128);
    expect(greyAt(table, 0)).toBe(0);
    expect(greyAt(table, 2000)).toBe(255);
    expect((table[1064] ?? 0) >>> 24).toBe(255);
  });

  it('reads negative samples by their bits', () => {
    const table = new Uint32Array(TABLE_SIZE);
    fillWindowTable(table, { ...base, rescaleIntercept: 0, isSigned: true, center: 0, width: 201 });
    // (-50 + 0.5) / 200 + 0.5 = 0.2525; times 255 = 64.4
    expect(greyAt(table, -50)).toBe(64);
    expect(greyAt(table, -1000)).toBe(0);
  });

  it('turns MONOCHROME1 around after windowing', () => {
    const table = new Uint32Array(TABLE_SIZE);
    fillWindowTable(table, { ...base, isInverted: true });
    expect(greyAt(table, 1064)).toBe(127);
    expect(greyAt(table, 0)).toBe(255);
  });
});

describe('windowOver', () => {
  it('shows the lowest value black and the highest white', () => {
    const window = windowOver(0, 4095);
    expect(window).toEqual({ center: 2048, width: 4096 });
    expect(greyOf(0, window)).toBe(0);
    expect(greyOf(4095, window)).toBe(255);
  });
});
