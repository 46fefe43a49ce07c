import { expect, it } from 'vitest';
import { cornerRegions, pixelBoxOf } from './picture-region.ts';

it('covers the four corners and leaves the middle of every edge open', () => {
  const boxes = cornerRegions.map((region) => pixelBoxOf(region, { rows: 100, columns: 100 }));
  const isCovered = (row: number, column: number): boolean =>
    boxes.some((b) => row >= b.fromRow && row < b.toRow && column >= b.fromColumn && column < b.toColumn);
  for (const [row, column] of [
    [0, 0],
    [0, 99],
    [99, 0],
    [99, 99],
    [11, 25],
  ] as const)
    expect(isCovered(row, column)).toBe(true);
  for (const [row, column] of [
    [50, 50],
    [0, 50],
    [99, 50],
    [50, 0],
    [13, 0],
    [0, 27],
  ] as const)
    expect(isCovered(row, column)).toBe(false);
});

it('rounds outward, so that a pixel that is touched is covered', () => {
  const box = pixelBoxOf({ x: 0.1, y: 0.1, width: 0.1, height: 0.1 }, { rows: 15, columns: 15 });
  expect(box).toEqual({ fromRow: 1, toRow: 3, fromColumn: 1, toColumn: 3 });
});

it('stays inside the picture', () => {
  const box = pixelBoxOf({ x: 0.9, y: -0.5, width: 0.9, height: 0.6 }, { rows: 10, columns: 10 });
  expect(box).toEqual({ fromRow: 0, toRow: 1, fromColumn: 9, toColumn: 10 });
});
