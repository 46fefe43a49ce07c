import { medianOf } from '../picture/regions.ts';
import { slopeDegrees } from './exact-math.ts';
import { type SideDepths, turnOfCorners } from './corner-wedges.ts';
import type { Reduced } from './film-scan.ts';

/** The four sides of a picture. */
export const sides = ['top', 'bottom', 'left', 'right'] as const;
/** One of them. */
export type Side = (typeof sides)[number];

/** A straight field edge seen on one side of the picture, in pixels of the reduced picture. */
export interface FieldEdge {
  /** Distance from the picture's side in the middle of it, and change of that distance per pixel along the side. */
  readonly depth: number;
  readonly slope: number;
  /** Share of the lines across that meet the edge within its tolerance. */
  readonly straightness: number;
}

/** What is seen of the exposed field. */
export interface FieldBorder {
  readonly edges: Readonly<Partial<Record<Side, FieldEdge>>>;
  /** Share of the picture inside the edges. */
  readonly exposedShare: number;
  /** Rectangle inside all edges, ends inside. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Mean turn of the edges against the picture, degrees, clockwise positive; undefined without edges. */
  readonly tiltDegrees: number | undefined;
}

/** Greys that stand for "not exposed": shuttered black, or white where no radiation came [PD]. */
const BLACK_UP_TO = 0.08;
const WHITE_FROM = 0.97; // as above [PD]
/** Share of lines that must meet the fitted edge, and how near: a collimator is straight, skin is not [PD]. */
const STRAIGHT_FROM = 0.6;
/** Where bare detector is as black as the border, only the patient shows the edge: so much of it must, and so little beyond it [PD]. */
const SEEN_FROM = 0.4;
const EXPOSED_BEYOND = 0.06; // [PD]
const TOLERANCE_SHARE = 0.006; // of the picture's depth [PD]
/** Shallowest strip called a border, as a share of the depth [PD]. */
const SHALLOWEST = 0.006;
/** Deepest border looked for, as a share of the depth: beyond it two opposite fields would meet [PD]. */
const DEEPEST = 0.48;
/** Steepest edge, change per pixel: 20° [PD]. */
const STEEPEST = 0.364;

/** Finds the straight edges of the exposed field: on each side the depth of what was not exposed, fitted by a line. */
export const findFieldBorder = (grey: Float32Array, { rows, columns }: Reduced): FieldBorder => {
  const edges: Partial<Record<Side, FieldEdge>> = {};
  const seen: SideDepths[] = [];
  for (const side of sides) {
    const reach = side === 'top' || side === 'bottom' ? rows : columns;
    const depths = depthsAt(side, grey, rows, columns);
    const edge = edgeIn(depths, reach);
    if (edge !== undefined) edges[side] = edge;
    seen.push({ depths, reach, isClockwise: side === 'top' || side === 'right' });
  }
  const border = fieldBorderOf(edges, rows, columns);
  return border.tiltDegrees === undefined ? { ...border, tiltDegrees: turnOfCorners(seen) } : border;
};

/** The field inside the edges of a picture of the reduced size. */
export const fieldBorderOf = (edges: FieldBorder['edges'], rows: number, columns: number): FieldBorder => {
  const inset = (side: Side, along: number): number => {
    const edge = edges[side];
    return edge === undefined ? 0 : Math.ceil(edge.depth + (Math.abs(edge.slope) * along) / 2);
  };
  return {
    edges,
    exposedShare: exposedShareOf(edges, rows, columns),
    left: inset('left', rows),
    right: columns - 1 - inset('right', rows),
    top: inset('top', columns),
    bottom: rows - 1 - inset('bottom', columns),
    tiltDegrees: tiltOf(edges),
  };
};

/** How deep the picture looks unexposed from each line of a side. */
const depthsAt = (side: Side, grey: Float32Array, rows: number, columns: number): Float64Array => {
  const isAcross = side === 'top' || side === 'bottom';
  const length = isAcross ? columns : rows;
  const reach = isAcross ? rows : columns;
  const inward = side === 'top' ? columns : side === 'bottom' ? -columns : side === 'left' ? 1 : -1;
  const first = side === 'bottom' ? (rows - 1) * columns : side === 'right' ? columns - 1 : 0;
  const along = isAcross ? 1 : columns;
  const deepest = Math.floor(reach * DEEPEST);
  const depths = new Float64Array(length);
  for (let line = 0; line < length; line += 1) depths[line] = depthOf(grey, first + line * along, inward, deepest);
  return depths;
};

const edgeIn = (depths: Float64Array, reach: number): FieldEdge | undefined => {
  const edge = fitLine(depths, Math.max(1, reach * TOLERANCE_SHARE));
  if (edge === undefined) return undefined;
  const isEdge =
    edge.depth >= Math.max(2, reach * SHALLOWEST) &&
    edge.depth < Math.floor(reach * DEEPEST) &&
    Math.abs(edge.slope) <= STEEPEST;
  return isEdge ? edge : undefined;
};

/** Pixels from the picture's side that look unexposed, with the subpixel step into the field. */
const depthOf = (grey: Float32Array, start: number, inward: number, deepest: number): number => {
  const isDark = grey[start]! <= BLACK_UP_TO;
  if (!isDark && grey[start]! < WHITE_FROM) return 0;
  let depth = 1;
  for (let at = start + inward; depth < deepest; depth += 1, at += inward) {
    const value = grey[at]!;
    if (isDark ? value > BLACK_UP_TO : value < WHITE_FROM) break;
  }
  return depth;
};

/**
 * The line that most depths share, turned by the median slope of distant pairs or not at all; undefined when too few share
 * it, or when something is exposed beyond it.
 */
const fitLine = (depths: Float64Array, tolerance: number): FieldEdge | undefined => {
  const half = Math.floor(depths.length / 2);
  const slopes: number[] = [];
  for (let line = 0; line + half < depths.length; line += 1) {
    if (depths[line]! > 0 && depths[line + half]! > 0) slopes.push((depths[line + half]! - depths[line]!) / half);
  }
  if (slopes.length < depths.length / 8) return undefined;
  const [turned, straight] = [medianOf(slopes), 0].map((slope) => commonDepth(depths, slope, tolerance));
  const best = turned!.straightness > straight!.straightness ? turned! : straight!;
  const isEdge =
    best.straightness >= STRAIGHT_FROM || (best.straightness >= SEEN_FROM && best.beyond <= EXPOSED_BEYOND);
  return isEdge ? best : undefined;
};

/** The depth that most lines share within the tolerance once the slope is taken out. */
const commonDepth = (depths: Float64Array, slope: number, tolerance: number): FieldEdge & { beyond: number } => {
  const rest = Float64Array.from(depths, (depth, line) => depth - slope * (line - (depths.length - 1) / 2)).sort();
  let [most, from] = [0, 0];
  for (let first = 0, last = 0; first < rest.length; first += 1) {
    while (last < rest.length && rest[last]! <= rest[first]! + 2 * tolerance) last += 1;
    if (last - first > most) [most, from] = [last - first, first];
  }
  const depth = medianOf(rest.slice(from, from + most));
  return { depth, slope, straightness: most / rest.length, beyond: from / rest.length };
};

const exposedShareOf = (edges: FieldBorder['edges'], rows: number, columns: number): number => {
  const { top, bottom, left, right } = edges;
  let inside = 0;
  for (let row = 0; row < rows; row += 1) {
    const down = row - (rows - 1) / 2;
    const from = left === undefined ? 0 : left.depth + left.slope * down;
    const to = right === undefined ? columns : columns - right.depth - right.slope * down;
    let first = Math.max(0, from);
    let last = Math.min(columns, to);
    // Where the upper or lower edge is slanted it cuts this row at one column.
    for (const [edge, distance] of [
      [top, row],
      [bottom, rows - 1 - row],
    ] as const) {
      if (edge === undefined) continue;
      if (Math.abs(edge.slope) * columns < 1) {
        if (distance < edge.depth) last = first;
        continue;
      }
      const cut = (distance - edge.depth) / edge.slope + (columns - 1) / 2;
      if (edge.slope > 0) last = Math.min(last, cut);
      else first = Math.max(first, cut);
    }
    inside += Math.max(0, last - first);
  }
  return inside / (rows * columns);
};

const tiltOf = (edges: FieldBorder['edges']): number | undefined => {
  const turns = sides.flatMap((side) => {
    const edge = edges[side];
    if (edge === undefined) return [];
    return [side === 'top' || side === 'right' ? slopeDegrees(edge.slope) : -slopeDegrees(edge.slope)];
  });
  return turns.length === 0 ? undefined : turns.reduce((sum, turn) => sum + turn, 0) / turns.length;
};
