import { medianOf } from '../picture/regions.ts';
import { slopeDegrees } from './exact-math.ts';

/** A wedge covers at least this share of its side [PD]. */
const SHORTEST_RUN = 0.2;
/** Share of its lines that meet the fitted edge, and how near, as a share of the depth [PD]. */
const STRAIGHT_FROM = 0.8;
const TOLERANCE_SHARE = 0.006; // [PD]
/** Flattest and steepest edge of a wedge, change per pixel: 1° and 20° [PD]. */
const FLATTEST = 0.0175;
const STEEPEST = 0.364; // [PD]
/** Wedges of one turned plate agree within this, degrees, and there are at least so many [PD]. */
const AGREE_WITHIN = 2;
const FEWEST = 2; // [PD]

/** Depths of what was not exposed along one side, and whether its slope counts clockwise. */
export interface SideDepths {
  readonly depths: Float64Array;
  readonly reach: number;
  readonly isClockwise: boolean;
}

/**
 * Turn of a plate or field whose corners stick out of the picture, degrees, clockwise positive: in each corner a wedge of
 * nothing is left, whose straight edge starts at the picture's side. Undefined when fewer than two wedges agree.
 */
export const turnOfCorners = (sides: readonly SideDepths[]): number | undefined => {
  const turns = sides.flatMap(({ depths, reach, isClockwise }) => {
    const reversed = depths.slice().reverse();
    const [first, last] = [wedgeSlope(depths, reach), wedgeSlope(reversed, reach)];
    // A wedge at the far end is seen from behind: its slope turns round.
    const slopes = [...(first === undefined ? [] : [first]), ...(last === undefined ? [] : [-last])];
    return slopes.map((slope) => slopeDegrees(isClockwise ? slope : -slope));
  });
  if (turns.length < FEWEST) return undefined;
  const middle = medianOf(turns);
  const agreeing = turns.filter((turn) => Math.abs(turn - middle) <= AGREE_WITHIN);
  return agreeing.length < Math.max(FEWEST, turns.length / 2) ? undefined : medianOf(agreeing);
};

/** Slope of a wedge that is deepest at the first line and ends at the side; undefined when there is none. */
const wedgeSlope = (depths: Float64Array, reach: number): number | undefined => {
  let run = 0;
  while (run < depths.length && depths[run]! > 0) run += 1;
  if (run < SHORTEST_RUN * depths.length || run === depths.length) return undefined;
  const half = Math.floor(run / 2);
  const slopes: number[] = [];
  for (let line = 0; line + half < run; line += 1) slopes.push((depths[line + half]! - depths[line]!) / half);
  const slope = medianOf(slopes);
  if (-slope < FLATTEST || -slope > STEEPEST) return undefined;
  const tolerance = Math.max(1, reach * TOLERANCE_SHARE);
  let near = 0;
  for (let line = 0; line < run; line += 1) {
    if (Math.abs(depths[line]! - slope * (line - run)) <= tolerance) near += 1;
  }
  return near < STRAIGHT_FROM * run ? undefined : slope;
};
