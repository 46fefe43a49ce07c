import { largestOutline } from '../picture/outline.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { type Plane, planeOf } from '../picture/grey-plane.ts';
import { figuresOf } from '../picture/regions.ts';
import { tiltedBoxOf } from '../picture/tilted-box.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { addBarMtf, bestFrame, type PlanarBars, planarContrasts } from './planar-bars.ts';
import { discOf, discPixels, discUniformity, framesOf, type PlanarFrame } from './planar-frame.ts';

/** Long over short side of the lead block with the bars: seen on the pictures, 1.21. */
const SIDE_RATIO = 1.21;
/** Frequencies of the groups, per mm, in rows of three from right to left [test object manual]. */
const FREQUENCIES = [0.5, 0.56, 0.63, 0.71, 0.8, 0.9, 1, 1.12, 1.25, 1.4, 1.6, 1.8, 2] as const;
/** Columns of the groups in the block, x from … to. */
const COLUMNS: readonly (readonly [number, number])[] = [
  [0.5, 0.73],
  [0.08, 0.32],
  [-0.34, -0.1],
];
/** Rows of the groups in the block, y from … to, for each of the frequencies. */
const ROWS: readonly (readonly [number, number])[] = [
  [-0.74, -0.32],
  [-0.72, -0.34],
  [-0.7, -0.35],
  [-0.29, 0.02],
  [-0.28, 0],
  [-0.26, -0.01],
  [0.01, 0.25],
  [0.02, 0.235],
  [0.03, 0.225],
  [0.255, 0.43],
  [0.26, 0.425],
  [0.265, 0.415],
  [0.4, 0.54],
];
const GROUPS: readonly PlanarBars[] = FREQUENCIES.map((perMm, at) => {
  const [fromX, toX] = COLUMNS[at % 3]!;
  const [fromY, toY] = ROWS[at]!;
  return { perMm, bars: 4, along: 'y', part: { fromX, toX, fromY, toY } };
});
/** Circle of the contrast discs around the block, in half long sides of the block; eighteen of them in two arcs. */
const DISC_CIRCLE = 2.12;
const DISC_RADIUS = 0.105; // in half long sides of the block
/** Directions of the discs, degrees clockwise from the right of the block, strongest first: seen on the pictures. */
const DISC_DEGREES = [
  -60, -45, -30, -15, 0.5, 15.5, 30.3, 45, 60, 120.3, 135, 149.7, 164.3, 179.7, 194.4, 210, 224.8, 240,
] as const;
/** Contrast-to-noise from which a disc counts as seen: at 700 pixels a disc Rose would call certain [PD]. */
const SEEN_FROM_CNR = 1;

/** Analyses a picture of the Leeds TOR 18 object; undefined when it is not there. */
export const analyseLeedsTor = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const plane = planeOf(images[0]!.plane, 0);
  const { min, max } = figuresOf(plane.values);
  const threshold = otsuThreshold(plane.values, min, max);
  if (threshold === undefined) return undefined;
  // Lead is bright where the detector writes little signal as high values, dark where it writes it as low ones.
  for (const isDark of [false, true]) {
    const outline = largestOutline(plane, threshold, isDark);
    const box = outline === undefined ? undefined : tiltedBoxOf(outline.mask, plane.rows, plane.columns);
    if (box === undefined || box.fill < 0.93 || Math.abs(box.halfLong / box.halfShort - SIDE_RATIO) > 0.06) continue;
    const signal = { ...plane, values: plane.values.map((value) => (isDark ? value - min : max - value)) };
    const best = bestFrame(signal, framesOf(box), GROUPS);
    if (best === undefined || best.resolved < 6) continue;
    return measured(signal, best.frame, best.resolved);
  }
  return undefined;
};

const measured = (plane: Plane, frame: PlanarFrame, resolved: number): PhantomReport => {
  const list = new ResultList();
  list.add({ metric: 'roll', value: frame.degrees, unit: 'deg', method: 'smallest-rectangle' });
  addBarMtf(planarContrasts(plane, frame, GROUPS), list);
  const place = (degrees: number, circle: number): [number, number] => {
    const angle = (degrees * Math.PI) / 180;
    return [circle * Math.cos(angle), (circle * Math.sin(angle) * frame.halfX) / frame.halfY];
  };
  let seen = 0;
  const uniformities: number[] = [];
  DISC_DEGREES.forEach((degrees, at) => {
    const disc = discOf(plane, frame, ...place(degrees, DISC_CIRCLE), DISC_RADIUS);
    const ground = discOf(plane, frame, ...place(degrees, DISC_CIRCLE - 0.36), DISC_RADIUS);
    const contrast = Math.abs(disc.mean - ground.mean) / (disc.mean + ground.mean);
    list.add({
      metric: 'contrast',
      where: `disc-${at + 1}`,
      value: contrast,
      unit: '1',
      method: 'michelson-to-ground-inside',
    });
    uniformities.push(discUniformity(discPixels(plane, frame, ...place(degrees, DISC_CIRCLE), DISC_RADIUS)));
    if (Math.abs(disc.mean - ground.mean) >= SEEN_FROM_CNR * ground.standardDeviation) seen += 1;
  });
  list.add({ metric: 'rois-seen', value: seen, unit: '{count}', method: 'contrast-to-noise' });
  const worst = Math.min(...uniformities);
  list.add({ metric: 'percent-integral-uniformity', value: worst, unit: '%', method: 'disc-p1-p99-worst' });
  const confidence = Math.min(0.97, 0.5 + 0.04 * resolved);
  return { kind: 'leeds-tor', confidence, results: list.results, notMeasured: list.notMeasured };
};
