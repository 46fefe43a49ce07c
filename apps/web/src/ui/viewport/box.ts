import type { Point } from './view-geometry.ts';

/** A rectangle in pixels of the full frame. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangle between two opposite corners. */
export const boxOf = ([one, other]: readonly Point[]): Box => ({
  x: Math.min(one?.x ?? 0, other?.x ?? 0),
  y: Math.min(one?.y ?? 0, other?.y ?? 0),
  width: Math.abs((other?.x ?? 0) - (one?.x ?? 0)),
  height: Math.abs((other?.y ?? 0) - (one?.y ?? 0)),
});
