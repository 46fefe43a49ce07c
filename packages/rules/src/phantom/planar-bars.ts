import type { Plane } from '../picture/grey-plane.ts';
import { figuresOf } from '../picture/regions.ts';
import { type BarContrast, barSwing, frequencyAtContrast } from './bar-pattern.ts';
import { type Part, partProfile, type PlanarFrame } from './planar-frame.ts';
import type { ResultList } from './phantom-report.ts';

/** A group of bars of a flat phantom: where it lies, along which side its bars follow one another, and its frequency. */
export interface PlanarBars {
  readonly perMm: number;
  /** Bright bars that must be told apart, the cut ones at the ends not counted. */
  readonly bars: number;
  readonly part: Part;
  readonly along: 'x' | 'y';
}

/** Swing between bars and gaps of every group over that of the first; an offset of the picture does not change it. */
export const planarContrasts = (plane: Plane, frame: PlanarFrame, groups: readonly PlanarBars[]): BarContrast[] => {
  const swings = groups.map(({ part, along, bars }) => barSwing(partProfile(plane, frame, part, along), bars));
  const first = swings[0] ?? 0;
  return groups.map(({ perMm }, at) => ({ perMm, contrast: first > 0 ? swings[at]! / first : 0 }));
};

/** Least swing of the coarsest group, as a share of the range of the picture: bars of metal swing by an eighth and more [PD]. */
const COARSEST_SWING_FROM = 0.05;
/** Least swing of a group, as a share of the coarsest, that counts as resolved [PD]. */
const RESOLVED_FROM = 0.05;

/** The way the phantom lies: that in which the groups swing most, the first ones above all. */
export const bestFrame = (
  plane: Plane,
  frames: readonly PlanarFrame[],
  groups: readonly PlanarBars[],
): { frame: PlanarFrame; resolved: number } | undefined => {
  let best: { frame: PlanarFrame; resolved: number; score: number } | undefined;
  const { min, max } = figuresOf(plane.values);
  for (const frame of frames) {
    const profiles = groups.map(({ part, along }) => partProfile(plane, frame, part, along));
    const swings = groups.map(({ bars }, at) => barSwing(profiles[at]!, bars));
    const first = swings[0]!;
    // Noise has peaks too, but none that swing like the coarsest bars of a phantom.
    if (first < COARSEST_SWING_FROM * (max - min)) continue;
    const resolved = swings.filter((swing) => swing >= RESOLVED_FROM * first).length;
    const isFalling = swings.filter((swing, at) => at > 0 && swing <= swings[at - 1]! * 1.1).length;
    const score = resolved * 2 + isFalling;
    if (best === undefined || score > best.score) best = { frame, resolved, score };
  }
  return best;
};

/** Enters the frequencies at which the bars have half and the other stated shares of their contrast. */
export const addBarMtf = (contrasts: readonly BarContrast[], list: ResultList): void => {
  const base = { metric: 'relative-mtf', unit: '/mm', method: 'bar-swing-to-first-group' };
  for (const percent of [80, 50, 30]) {
    const value = frequencyAtContrast(contrasts, percent / 100) ?? Number.NaN;
    list.add({ ...base, where: `${percent}%`, value }, 'contrast-not-reached');
  }
};
