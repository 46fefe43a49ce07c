import type { Plane } from '../picture/grey-plane.ts';
import { figuresOf, type Point, type RegionFigures, valueAt } from '../picture/regions.ts';
import type { TiltedBox } from '../picture/tilted-box.ts';

/**
 * Coordinates of a flat phantom: x along the long side and y along the short one, −1 … 1 from edge to edge, whichever way
 * the phantom lies on the picture.
 */
export interface PlanarFrame {
  readonly at: (x: number, y: number) => Point;
  /** Half the longer and half the shorter side in pixels. */
  readonly halfX: number;
  readonly halfY: number;
  /** Turn of the long side, degrees, and whether the picture shows the phantom from behind. */
  readonly degrees: number;
  readonly isMirrored: boolean;
}

/** The ways a rectangle can lie: turned by 0 or 180 degrees, from the front or behind; a square by quarter turns too. */
export const framesOf = (box: TiltedBox, isSquare = false): PlanarFrame[] => {
  const turns = isSquare ? [0, 90, 180, 270] : [0, 180];
  return turns.flatMap((turn) =>
    [false, true].map((isMirrored) => {
      const angle = ((box.degrees + turn) * Math.PI) / 180;
      const [halfX, halfY] = [box.halfLong, box.halfShort];
      const sign = isMirrored ? -1 : 1;
      const at = (x: number, y: number): Point => ({
        x: box.centre.x + x * halfX * Math.cos(angle) - sign * y * halfY * Math.sin(angle),
        y: box.centre.y + x * halfX * Math.sin(angle) + sign * y * halfY * Math.cos(angle),
      });
      return { at, halfX, halfY, degrees: box.degrees + turn, isMirrored };
    }),
  );
};

/** A part of the phantom by its corners. */
export interface Part {
  readonly fromX: number;
  readonly toX: number;
  readonly fromY: number;
  readonly toY: number;
}

/** Values along one side of a part, each the mean across it, about two for every pixel. */
export const partProfile = (plane: Plane, frame: PlanarFrame, part: Part, along: 'x' | 'y'): Float64Array => {
  const length = along === 'x' ? (part.toX - part.fromX) * frame.halfX : (part.toY - part.fromY) * frame.halfY;
  const count = Math.max(8, Math.round(Math.abs(length) * 2));
  const lanes = 9;
  const profile = new Float64Array(count);
  for (let step = 0; step < count; step += 1) {
    for (let lane = 0; lane < lanes; lane += 1) {
      const [alongShare, acrossShare] = [step / (count - 1), (lane + 0.5) / lanes];
      const x = part.fromX + (part.toX - part.fromX) * (along === 'x' ? alongShare : acrossShare);
      const y = part.fromY + (part.toY - part.fromY) * (along === 'x' ? acrossShare : alongShare);
      const place = frame.at(x, y);
      profile[step]! += valueAt(plane, place.x, place.y) / lanes;
    }
  }
  return profile;
};

/** Figures of a disc by its middle and its radius as a share of half the long side. */
export const discOf = (plane: Plane, frame: PlanarFrame, x: number, y: number, radius: number): RegionFigures =>
  figuresOf(discPixels(plane, frame, x, y, radius));

/** The pixels of such a disc. */
export const discPixels = (plane: Plane, frame: PlanarFrame, x: number, y: number, radius: number): number[] => {
  const centre = frame.at(x, y);
  const reach = Math.max(0.75, radius * frame.halfX);
  const values: number[] = [];
  for (let row = Math.ceil(centre.y - reach); row <= centre.y + reach; row += 1) {
    for (let column = Math.ceil(centre.x - reach); column <= centre.x + reach; column += 1) {
      const isInside = (row - centre.y) ** 2 + (column - centre.x) ** 2 <= reach * reach;
      const value = plane.values[row * plane.columns + column];
      if (isInside && column >= 0 && column < plane.columns && value !== undefined) values.push(value);
    }
  }
  return values;
};

/** `100 · (1 − (P99 − P1) / (P99 + P1))` of a disc of signal. */
export const discUniformity = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))] ?? Number.NaN;
  const high = sorted[Math.ceil(0.99 * (sorted.length - 1))] ?? Number.NaN;
  return 100 * (1 - (high - low) / (high + low));
};
