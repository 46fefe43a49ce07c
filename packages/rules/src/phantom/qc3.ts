import { largestOutline } from '../picture/outline.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { planeOf } from '../picture/grey-plane.ts';
import { figuresOf } from '../picture/regions.ts';
import { tiltedBoxOf } from '../picture/tilted-box.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { addBarMtf, bestFrame, type PlanarBars, planarContrasts } from './planar-bars.ts';
import { discOf, discPixels, discUniformity, framesOf } from './planar-frame.ts';

/** Long over short side of the holder: seen on the pictures, 1.17. */
const SIDE_RATIO = 1.17;
/** Groups by their place in the holder (x along the long side) with their frequency [manual of the maker]. */
const GROUPS: readonly PlanarBars[] = [
  { perMm: 0.1, bars: 2, along: 'y', part: { fromX: 0.54, toX: 0.74, fromY: -0.21, toY: 0.27 } },
  { perMm: 0.2, bars: 4, along: 'y', part: { fromX: -0.74, toX: -0.54, fromY: -0.23, toY: 0.24 } },
  { perMm: 0.25, bars: 6, along: 'y', part: { fromX: 0.21, toX: 0.42, fromY: -0.25, toY: 0.24 } },
  { perMm: 0.45, bars: 8, along: 'y', part: { fromX: -0.43, toX: -0.22, fromY: -0.23, toY: 0.25 } },
  { perMm: 0.76, bars: 8, along: 'y', part: { fromX: -0.11, toX: 0.11, fromY: -0.23, toY: 0.24 } },
];
/** The six plain fields; the last, without material, is what the others are held against. */
const FIELDS: readonly (readonly [string, number, number])[] = [
  ['1', -0.31, -0.52],
  ['2', 0, -0.52],
  ['3', 0.31, -0.52],
  ['4', -0.31, 0.51],
  ['5', 0.31, 0.51],
];
const OPEN_FIELD = { x: 0, y: 0.51 } as const;
const FIELD_RADIUS = 0.1; // of half the long side
/** Contrast against the open field from which a field counts as seen: the published default of a peer. */
const SEEN_FROM = 0.05;

/** Analyses a picture of the QC-3 phantom; undefined when it is not there. */
export const analyseQc3 = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const plane = planeOf(images[0]!.plane, 0);
  const { min, max } = figuresOf(plane.values);
  const threshold = otsuThreshold(plane.values, min, max);
  const outline = threshold === undefined ? undefined : largestOutline(plane, threshold, true);
  const box = outline === undefined ? undefined : tiltedBoxOf(outline.mask, plane.rows, plane.columns);
  if (box === undefined || box.fill < 0.93 || Math.abs(box.halfLong / box.halfShort - SIDE_RATIO) > 0.07)
    return undefined;
  const best = bestFrame(plane, framesOf(box), GROUPS);
  if (best === undefined || best.resolved < 3) return undefined;
  const list = new ResultList();
  list.add({ metric: 'roll', value: box.degrees, unit: 'deg', method: 'smallest-rectangle' });
  addBarMtf(planarContrasts(plane, best.frame, GROUPS), list);
  const open = discOf(plane, best.frame, OPEN_FIELD.x, OPEN_FIELD.y, FIELD_RADIUS);
  const uniformities: number[] = [];
  let seen = 0;
  for (const [where, x, y] of FIELDS) {
    const field = discOf(plane, best.frame, x, y, FIELD_RADIUS);
    const contrast = Math.abs(field.mean - open.mean) / open.mean;
    list.add({
      metric: 'contrast',
      where: `field-${where}`,
      value: contrast,
      unit: '1',
      method: 'weber-to-open-field',
    });
    list.add({
      metric: 'noise',
      where: `field-${where}`,
      value: field.standardDeviation / field.mean,
      unit: '1',
      method: 'relative-deviation',
    });
    uniformities.push(discUniformity(discPixels(plane, best.frame, x, y, FIELD_RADIUS)));
    if (contrast >= SEEN_FROM) seen += 1;
  }
  list.add({ metric: 'rois-seen', value: seen, unit: '{count}', method: 'weber-to-open-field' });
  const uniformity = Math.min(...uniformities);
  list.add({ metric: 'percent-integral-uniformity', value: uniformity, unit: '%', method: 'field-p1-p99-worst' });
  const confidence = 0.5 + 0.09 * best.resolved;
  return { kind: 'qc-3', confidence, results: list.results, notMeasured: list.notMeasured };
};
