import { type Component, componentsOf, fillHoles } from './components.ts';
import type { Plane } from './grey-plane.ts';
import type { Point } from './regions.ts';

/** The outline of one thing on a picture: filled, with its size. */
export interface Outline {
  readonly component: Component;
  /** Filled mask of this thing alone. */
  readonly mask: Uint8Array;
  readonly centre: Point;
  readonly areaMm2: number;
  /** Diameter of the circle with the same area. */
  readonly diameterMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** The largest connected thing at or above a value (or at or below it), holes filled; undefined when there is none. */
export const largestOutline = (plane: Plane, threshold: number, isDark = false): Outline | undefined => {
  const { rows, columns, values } = plane;
  const mask = new Uint8Array(rows * columns);
  for (let at = 0; at < mask.length; at += 1) {
    const value = values[at]!;
    mask[at] = (isDark ? value <= threshold : value >= threshold) ? 1 : 0;
  }
  const { labels, components } = componentsOf(mask, rows, columns);
  const [first] = components;
  if (first === undefined) return undefined;
  for (let at = 0; at < mask.length; at += 1) mask[at] = labels[at] === first.label ? 1 : 0;
  fillHoles(mask, rows, columns);
  const [component = first] = componentsOf(mask, rows, columns).components;
  const areaMm2 = component.area * plane.rowMm * plane.columnMm;
  return {
    component,
    mask,
    centre: { x: component.centreColumn, y: component.centreRow },
    areaMm2,
    diameterMm: 2 * Math.sqrt(areaMm2 / Math.PI),
    widthMm: (component.right - component.left + 1) * plane.columnMm,
    heightMm: (component.bottom - component.top + 1) * plane.rowMm,
  };
};
