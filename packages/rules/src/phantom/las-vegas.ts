import { largestOutline } from '../picture/outline.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { type Plane, planeOf } from '../picture/grey-plane.ts';
import { figuresOf } from '../picture/regions.ts';
import { tiltedBoxOf } from '../picture/tilted-box.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { discOf, framesOf, type PlanarFrame } from './planar-frame.ts';

/** Columns of the holes: x from the middle in half sides, and diameter in half sides, small to large: seen on the pictures. */
const COLUMNS: readonly (readonly [number, number])[] = [
  [-0.49, 0.016],
  [-0.38, 0.032],
  [-0.24, 0.06],
  [-0.07, 0.1],
  [0.14, 0.144],
  [0.352, 0.21],
];
/** Rows of the holes from the deepest to the flattest: y from the middle in half sides: seen on the pictures. */
const ROWS = [-0.56, -0.275, 0.006, 0.288, 0.57] as const;
/** The sixth column begins in the third row. */
const isHole = (row: number, column: number): boolean => column < 5 || row >= 2;
/** A hole counts as seen from this contrast-to-noise times the root of its pixels on: Rose (1948) asks for 3 to 5. */
const ROSE = 5;
/** Contrast against the ground from which a hole counts as seen: the published default of a peer. */
const EYE_CONTRAST = 0.01;

/** Analyses a picture of the Las Vegas phantom: holes of five depths and six widths in an aluminium plate. */
export const analyseLasVegas = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const plane = planeOf(images[0]!.plane, 0);
  const { min, max } = figuresOf(plane.values);
  const threshold = otsuThreshold(plane.values, min, max);
  const outline = threshold === undefined ? undefined : largestOutline(plane, threshold, true);
  const box = outline === undefined ? undefined : tiltedBoxOf(outline.mask, plane.rows, plane.columns);
  if (box === undefined || box.fill < 0.96 || box.halfLong / box.halfShort > 1.04) return undefined;
  const { left, right, top, bottom } = outline!.component;
  // The plate lies inside the picture: what is dark as far as the border is the ground of a small field.
  if (left === 0 || top === 0 || right === plane.columns - 1 || bottom === plane.rows - 1) return undefined;
  const frames = framesOf(box, true).map((frame) => ({ frame, score: rowContrast(plane, frame, 0) }));
  const [best] = frames.sort((one, other) => other.score - one.score);
  // The deepest row must stand out from the plate, and the next ones less and less.
  if (best === undefined || best.score < 3 * noiseShare(plane, best.frame)) return undefined;
  const [second, third] = [rowContrast(plane, best.frame, 1), rowContrast(plane, best.frame, 2)];
  if (!(best.score > second && second > third && third > 0)) return undefined;
  return measured(plane, best.frame);
};

const contrastAt = (plane: Plane, frame: PlanarFrame, x: number, y: number, diameter: number) => {
  const hole = discOf(plane, frame, x, y, 0.4 * diameter);
  const ring = discOf(plane, frame, x, y, 0.5 * diameter + 0.04);
  const inner = discOf(plane, frame, x, y, 0.5 * diameter + 0.015);
  const count = ring.count - inner.count;
  const ground = (ring.mean * ring.count - inner.mean * inner.count) / count;
  return { contrast: (hole.mean - ground) / (hole.mean + ground), pixels: hole.count };
};

/** Mean contrast of the third to fifth hole of a row. */
const rowContrast = (plane: Plane, frame: PlanarFrame, row: number): number =>
  COLUMNS.slice(2, 5).reduce(
    (sum, [x, diameter]) => sum + contrastAt(plane, frame, x, ROWS[row]!, diameter).contrast,
    0,
  ) / 3;

/** Relative noise of the plate where no hole is. */
const noiseShare = (plane: Plane, frame: PlanarFrame): number => {
  const empty = discOf(plane, frame, 0.6, -0.4, 0.08);
  return empty.standardDeviation / (2 * empty.mean);
};

const measured = (plane: Plane, frame: PlanarFrame): PhantomReport => {
  const list = new ResultList();
  const noise = noiseShare(plane, frame);
  let [eye, rose] = [0, 0];
  ROWS.forEach((y, row) => {
    COLUMNS.forEach(([x, diameter], column) => {
      if (!isHole(row, column)) return;
      const { contrast, pixels } = contrastAt(plane, frame, x, y, diameter);
      const where = `row-${row + 1} column-${column + 1}`;
      list.add({ metric: 'contrast', where, value: contrast, unit: '1', method: 'michelson-to-ring' });
      if (contrast >= EYE_CONTRAST) eye += 1;
      if ((contrast / noise) * Math.sqrt(pixels) >= ROSE) rose += 1;
    });
  });
  list.add({ metric: 'rois-seen', value: eye, unit: '{count}', method: 'michelson-threshold' });
  list.add({ metric: 'rois-detectable', value: rose, unit: '{count}', method: 'rose-criterion' });
  list.add({ metric: 'roll', value: frame.degrees, unit: 'deg', method: 'smallest-rectangle' });
  return { kind: 'las-vegas', confidence: 0.9, results: list.results, notMeasured: list.notMeasured };
};
