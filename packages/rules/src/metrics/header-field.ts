import { type FieldBorder, type FieldEdge, fieldBorderOf, type Side, sides } from './field-border.ts';
import type { Reduced } from './film-scan.ts';
import type { CollimatorEdges } from './radiograph-frame.ts';

/** Shallowest strip taken from a header, as a share of the depth: less is rounding [PD]. */
const SHALLOWEST = 0.006;
/** Deepest one: beyond it two opposite strips would meet [PD]. */
const DEEPEST = 0.48;
/** Where nothing was exposed the middle half of the greys spans no more than this [PD]. */
const EVEN_SPAN = 0.06;
/** A strip is as black or as white as this [PD]. */
const BLACK_UP_TO = 0.12;
const WHITE_FROM = 0.9; // [PD]

/**
 * The field as seen, with the header's collimator edges on the sides where bare detector and closed blades look alike. An
 * edge of the header counts only when what lies beyond it is evenly black or white in the picture: some devices write
 * edges of a picture they have cropped since.
 */
export const withHeaderEdges = (
  seen: FieldBorder,
  grey: Float32Array,
  reduced: Reduced,
  header: CollimatorEdges | undefined,
): FieldBorder => {
  if (header === undefined) return seen;
  const { rows, columns, factor } = reduced;
  const depths: Readonly<Record<Side, number>> = {
    left: header.left / factor,
    right: columns - header.right / factor,
    top: header.top / factor,
    bottom: rows - header.bottom / factor,
  };
  const added: Partial<Record<Side, FieldEdge>> = {};
  for (const side of sides) {
    if (seen.edges[side] !== undefined) continue;
    const depth = depths[side];
    const reach = side === 'left' || side === 'right' ? columns : rows;
    if (!(depth >= Math.max(1, SHALLOWEST * reach)) || depth > DEEPEST * reach) continue;
    if (isUnexposed(grey, reduced, side, Math.floor(depth))) added[side] = { depth, slope: 0, straightness: 1 };
  }
  if (Object.keys(added).length === 0) return seen;
  // A header's edges are level by definition: the turn is what is seen.
  return { ...fieldBorderOf({ ...seen.edges, ...added }, rows, columns), tiltDegrees: seen.tiltDegrees };
};

const isUnexposed = (grey: Float32Array, { rows, columns }: Reduced, side: Side, depth: number): boolean => {
  const [top, bottom] = [side === 'bottom' ? rows - depth : 0, side === 'top' ? depth : rows];
  const [left, right] = [side === 'right' ? columns - depth : 0, side === 'left' ? depth : columns];
  const greys: number[] = [];
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) greys.push(grey[row * columns + column]!);
  }
  const sorted = Float32Array.from(greys).sort();
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))]!);
  if (high === undefined || high - low! > EVEN_SPAN) return false;
  return middle! <= BLACK_UP_TO || middle! >= WHITE_FROM;
};
