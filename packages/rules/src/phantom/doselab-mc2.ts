import { largestOutline } from '../picture/outline.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { planeOf } from '../picture/grey-plane.ts';
import { figuresOf } from '../picture/regions.ts';
import { tiltedBoxOf } from '../picture/tilted-box.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { addBarMtf, bestFrame, type PlanarBars, planarContrasts } from './planar-bars.ts';
import { discOf, framesOf } from './planar-frame.ts';

/** Long over short side of the lead frame: seen on the pictures, 1.15. */
const SIDE_RATIO = 1.15;
/** The comb of the megavolt side: x along the long side of the frame [manual of the maker]. */
const GROUPS: readonly PlanarBars[] = [
  { perMm: 0.1, bars: 3, along: 'x', part: { fromX: -0.8, toX: -0.1, fromY: 0.57, toY: 0.64 } },
  { perMm: 0.2, bars: 4, along: 'x', part: { fromX: 0.02, toX: 0.4, fromY: 0.57, toY: 0.64 } },
  { perMm: 0.4, bars: 4, along: 'x', part: { fromX: 0.47, toX: 0.68, fromY: 0.57, toY: 0.64 } },
  { perMm: 0.8, bars: 3, along: 'x', part: { fromX: 0.755, toX: 0.86, fromY: 0.57, toY: 0.64 } },
];
/** The eight plain fields, thinnest material first, and the ground between the combs. */
const FIELDS: readonly (readonly [string, number, number])[] = [
  ['1', 0.61, -0.68],
  ['2', 0.61, -0.35],
  ['3', 0.61, -0.02],
  ['4', 0.61, 0.3],
  ['5', -0.63, 0.28],
  ['6', -0.63, -0.03],
  ['7', -0.63, -0.35],
  ['8', -0.63, -0.66],
];
const GROUND = { x: -0.34, y: 0.3 } as const;
const FIELD_RADIUS = 0.07; // of half the long side

/** Analyses a picture of the Doselab MC2 phantom (megavolt comb); undefined when it is not there. */
export const analyseDoselabMc2 = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const plane = planeOf(images[0]!.plane, 0);
  const { min, max } = figuresOf(plane.values);
  const first = otsuThreshold(plane.values, min, max);
  if (first === undefined) return undefined;
  // The frame is the darkest large thing: parted from what is dark only because the field ends or the couch is there.
  const dark = plane.values.filter((value) => value <= first);
  let threshold = otsuThreshold(dark, min, first);
  for (let round = 0; round < 4 && threshold !== undefined; round += 1) {
    const outline = largestOutline(plane, threshold, true);
    const box = outline === undefined ? undefined : tiltedBoxOf(outline.mask, plane.rows, plane.columns);
    const isFrame = box !== undefined && box.fill > 0.95 && Math.abs(box.halfLong / box.halfShort - SIDE_RATIO) < 0.05;
    const best = isFrame ? bestFrame(plane, framesOf(box), GROUPS) : undefined;
    if (best !== undefined && best.resolved >= 3) {
      const list = new ResultList();
      list.add({ metric: 'roll', value: box!.degrees, unit: 'deg', method: 'smallest-rectangle' });
      addBarMtf(planarContrasts(plane, best.frame, GROUPS), list);
      const ground = discOf(plane, best.frame, GROUND.x, GROUND.y, FIELD_RADIUS);
      for (const [where, x, y] of FIELDS) {
        const field = discOf(plane, best.frame, x, y, FIELD_RADIUS);
        const value = (field.mean - ground.mean) / (field.mean + ground.mean);
        list.add({ metric: 'contrast', where: `field-${where}`, value, unit: '1', method: 'michelson-to-ground' });
      }
      const confidence = 0.45 + 0.12 * best.resolved;
      return { kind: 'doselab-mc2', confidence, results: list.results, notMeasured: list.notMeasured };
    }
    const below = threshold;
    threshold = otsuThreshold(
      plane.values.filter((value) => value <= below),
      min,
      below,
    );
  }
  return undefined;
};
