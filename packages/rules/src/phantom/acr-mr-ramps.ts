import type { Plane } from '../picture/grey-plane.ts';
import { lineProfile, type Point } from '../picture/regions.ts';
import { widthAtPlateauHalf } from './peak-width.ts';

/** Where the bar of the ramps is looked at for its place and tilt, mm left and right of the centre. */
const BAR_ENDS_MM = 70;
/** How far above and below the centre the bar may lie, mm. */
const BAR_WITHIN_MM = 16;
/** Distance of each ramp from the axis of the bar, mm: two ramps of 5 mm side by side [S42]. */
const RAMP_OFFSET_MM = 2.4;
/** Half the length along which a ramp is read, mm. */
const RAMP_HALF_MM = 85;

/** Lengths of the two crossed ramps at half height on slice 1, mm; undefined when there is no bar. */
export const rampWidth = (plane: Plane, centre: Point): { top: number; bottom: number } | undefined => {
  const left = barAxis(plane, centre, -BAR_ENDS_MM);
  const right = barAxis(plane, centre, BAR_ENDS_MM);
  if (left === undefined || right === undefined) return undefined;
  const tilt = Math.atan2((right - left) * plane.rowMm, 2 * BAR_ENDS_MM);
  const axis = { x: centre.x, y: (left + right) / 2 };
  const width = (offsetMm: number): number | undefined => {
    const at = (alongMm: number): Point => ({
      x: axis.x + (Math.cos(tilt) * alongMm - Math.sin(tilt) * offsetMm) / plane.columnMm,
      y: axis.y + (Math.sin(tilt) * alongMm + Math.cos(tilt) * offsetMm) / plane.rowMm,
    });
    const count = 2 * RAMP_HALF_MM * 4 + 1;
    const profile = lineProfile(plane, at(-RAMP_HALF_MM), at(RAMP_HALF_MM), count, Math.max(1, 2 / plane.rowMm));
    const steps = widthAtPlateauHalf(profile);
    return steps === undefined ? undefined : steps / 4;
  };
  const [top, bottom] = [width(-RAMP_OFFSET_MM), width(RAMP_OFFSET_MM)];
  return top === undefined || bottom === undefined ? undefined : { top, bottom };
};

/** Row of the middle of the dark bar at a distance right of the centre. */
const barAxis = (plane: Plane, centre: Point, rightMm: number): number | undefined => {
  const x = centre.x + rightMm / plane.columnMm;
  const reach = BAR_WITHIN_MM / plane.rowMm;
  const count = 321;
  const profile = lineProfile(plane, { x, y: centre.y - reach }, { x, y: centre.y + reach }, count, 3);
  const level = (Math.max(...profile) + Math.min(...profile)) / 2;
  const dark = [...profile.keys()].filter((at) => profile[at]! < level);
  const [from, to] = [dark[0], dark.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  return centre.y - reach + ((from + to) / 2 / (count - 1)) * 2 * reach;
};
