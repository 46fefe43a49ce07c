import { componentsOf } from '../picture/components.ts';
import { planeOf, type Plane } from '../picture/grey-plane.ts';
import { largestOutline } from '../picture/outline.ts';
import { lineProfile, type Point } from '../picture/regions.ts';
import { signalLevel } from './acr-mr-locate.ts';
import { widthAtPlateauHalf } from './peak-width.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';

/** Nine rods in a square of three by three, 120 mm from first to last: as one published test object has them. */
const RODS_APART_MM = 120;
/** Area of a rod on the picture, mm²: rods of 5 … 6 mm [seen on the pictures]. */
const ROD_FROM_MM2 = 8;
const ROD_TO_MM2 = 60; // mm² [seen on the pictures]
/** tan of the ramp of 11.3°: the plate shows a slice five times as wide as it is. */
const RAMP_TANGENT = 0.2;
/** Half the length along which a ramp is read, mm. */
const RAMP_HALF_MM = 45;

/** Analyses the slice-width object with nine rods and two ramps; undefined when the rods are not there. */
export const analyseMrSliceWidth = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  if (images.length > 1) return undefined;
  const plane = planeOf(images[0]!.plane, 0);
  const rods = rodsOf(plane);
  if (rods === undefined) return undefined;
  const list = new ResultList();
  const distance = (one: Point, other: Point): number =>
    Math.hypot((one.x - other.x) * plane.columnMm, (one.y - other.y) * plane.rowMm);
  const rows = [0, 1, 2].map((row) => distance(rods[row * 3]!, rods[row * 3 + 2]!));
  const columns = [0, 1, 2].map((column) => distance(rods[column]!, rods[column + 6]!));
  rows.forEach((value, at) =>
    list.add({ metric: 'rod-distance', where: `row-${at + 1}`, value, unit: 'mm', method: 'rod-centroids' }),
  );
  columns.forEach((value, at) =>
    list.add({ metric: 'rod-distance', where: `column-${at + 1}`, value, unit: 'mm', method: 'rod-centroids' }),
  );
  const all = [...rows, ...columns];
  const worst = Math.max(...all.map((each) => Math.abs(each - RODS_APART_MM)));
  list.add({ metric: 'distortion-max', value: worst, unit: 'mm', method: 'rods-to-120-mm' });
  const widths = (
    [
      [1, 4],
      [4, 7],
    ] as const
  ).map(([above, below]) => rampWidthBetween(plane, rods[above]!, rods[below]!));
  const [top, bottom] = widths;
  const value = top === undefined || bottom === undefined ? Number.NaN : RAMP_TANGENT * Math.sqrt(top * bottom);
  list.add({ metric: 'slice-width', value, unit: 'mm', method: 'crossed-plates-fwhm' }, 'ramps-not-found');
  return { kind: 'mr-slice-width', confidence: 0.9, results: list.results, notMeasured: list.notMeasured };
};

/** The nine rods row by row; undefined when there are not nine in a square of three by three. */
const rodsOf = (plane: Plane): Point[] | undefined => {
  const level = signalLevel(plane);
  const outline = level === undefined ? undefined : largestOutline(plane, level / 3);
  if (level === undefined || outline === undefined) return undefined;
  const dark = new Uint8Array(plane.values.length);
  for (let at = 0; at < dark.length; at += 1)
    dark[at] = outline.mask[at] === 1 && plane.values[at]! < level / 2 ? 1 : 0;
  const pixelMm2 = plane.rowMm * plane.columnMm;
  const rods = componentsOf(dark, plane.rows, plane.columns).components.filter(
    ({ area }) => area * pixelMm2 >= ROD_FROM_MM2 && area * pixelMm2 <= ROD_TO_MM2,
  );
  if (rods.length !== 9) return undefined;
  const byRow = rods.toSorted((one, other) => one.centreRow - other.centreRow);
  const ordered = [0, 3, 6].flatMap((from) =>
    byRow.slice(from, from + 3).toSorted((one, other) => one.centreColumn - other.centreColumn),
  );
  const points = ordered.map(({ centreColumn, centreRow }) => ({ x: centreColumn, y: centreRow }));
  const isSquare = [0, 3, 6].every((from) => {
    const width = (points[from + 2]!.x - points[from]!.x) * plane.columnMm;
    return Math.abs(width - RODS_APART_MM) < 0.1 * RODS_APART_MM;
  });
  return isSquare ? points : undefined;
};

/** Width of the dark plate between two rods, across the line that joins them, mm. */
const rampWidthBetween = (plane: Plane, above: Point, below: Point): number | undefined => {
  const middle = { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 };
  const angle = Math.atan2((below.y - above.y) * plane.rowMm, (below.x - above.x) * plane.columnMm) - Math.PI / 2;
  const at = (mm: number): Point => ({
    x: middle.x + (Math.cos(angle) * mm) / plane.columnMm,
    y: middle.y + (Math.sin(angle) * mm) / plane.rowMm,
  });
  const count = 4 * 2 * RAMP_HALF_MM + 1;
  const profile = lineProfile(plane, at(-RAMP_HALF_MM), at(RAMP_HALF_MM), count, Math.max(1, 16 / plane.rowMm));
  // The plate is darker than the fluid beside it; shading is a straight line between both ends.
  const [first, last] = [profile[0]!, profile.at(-1)!];
  const flat = profile.map((value, step) => first + ((last - first) * step) / (count - 1) - value);
  const width = widthAtPlateauHalf(flat);
  return width === undefined ? undefined : width / 4;
};
