import type { Point } from './view-geometry.ts';

/** Row and column spacing in mm, as the header writes it; null when it gives none. */
export type Spacing = readonly [number, number] | null;
export type Length = { readonly value: number; readonly unit: 'mm' | 'px' };

/** Distance between two places of the full frame: in mm when the spacing is known, else in pixels. */
export const lengthBetween = (one: Point, other: Point, spacing: Spacing): Length => {
  const [rowMm, columnMm] = spacing ?? [1, 1];
  const value = Math.hypot((other.x - one.x) * columnMm, (other.y - one.y) * rowMm);
  return { value, unit: spacing ? 'mm' : 'px' };
};

/** Angle in degrees, 0–180, at the middle one of three places; null when two of them fall together. */
export const angleAt = (one: Point, middle: Point, other: Point, spacing: Spacing): number | null => {
  const [rowMm, columnMm] = spacing ?? [1, 1];
  const first = { x: (one.x - middle.x) * columnMm, y: (one.y - middle.y) * rowMm };
  const second = { x: (other.x - middle.x) * columnMm, y: (other.y - middle.y) * rowMm };
  const lengths = Math.hypot(first.x, first.y) * Math.hypot(second.x, second.y);
  if (lengths === 0) return null;
  const cosine = (first.x * second.x + first.y * second.y) / lengths;
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
};
