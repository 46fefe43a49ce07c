import type { Plane } from '../picture/plane.ts';
import { addField } from '../picture/plane.ts';
import { outlineField, type Point } from '../picture/shapes.ts';

/** Paints tissues of a slice over each other: values are HU or relative MR signal, borders are soft. */
export interface Canvas {
  readonly plane: Plane;
  fill(points: readonly Point[], value: number, softMm?: number, texture?: (x: number, y: number) => number): void;
  disc(x: number, y: number, rx: number, ry: number, value: number, softMm?: number): void;
  /** A rim inside the outline (skull, cortex). */
  rim(points: readonly Point[], value: number, thicknessMm: number): void;
}

export function canvasOn(plane: Plane, shiftMm: Point): Canvas {
  const move = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x + shiftMm[0], y + shiftMm[1]] as const);
  const fill: Canvas['fill'] = (points, value, softMm = 1, texture) => {
    addField(plane, outlineField(plane, move(points)), (edge, _r, x, y, index) => {
      const share = Math.min(1, edge / softMm);
      const own = value + (texture?.(x, y) ?? 0);
      return (own - (plane.data[index] as number)) * share;
    });
  };
  return {
    plane,
    fill,
    disc: (x, y, rx, ry, value, softMm = 1) => fill(ellipse(x, y, rx, ry), value, softMm),
    rim: (points, value, thicknessMm) =>
      addField(plane, outlineField(plane, move(points)), (edge, _r, _x, _y, index) => {
        const share = Math.min(1, edge) * Math.min(1, Math.max(0, thicknessMm - edge + 0.5));
        return (value - (plane.data[index] as number)) * share;
      }),
  };
}

export function ellipse(x: number, y: number, rx: number, ry: number, wobble = 0): Point[] {
  return Array.from({ length: 16 }, (_, i) => {
    const a = (i / 16) * 2 * Math.PI;
    const r = 1 + wobble * Math.sin(3 * a + x) + wobble * 0.6 * Math.cos(5 * a + y);
    return [x + rx * r * Math.cos(a), y + ry * r * Math.sin(a)] as const;
  });
}
