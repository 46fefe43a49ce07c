import { medianOf } from '../findings/baseline.ts';

/** One judged value over time: where it was against what was expected of this patient, 1 being equal. */
export interface DriftPoint {
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly ratio: number;
}
/** How a device has moved away from its table. */
export interface Drift {
  readonly films: number;
  /** Median ratio of the earlier and of the later half of the films. */
  readonly before: number;
  readonly after: number;
  /** after ÷ before − 1. */
  readonly change: number;
  readonly isDrifting: boolean;
}

/** Films before a drift is spoken of [PD]. */
export const fewestDriftFilms = 20;
/** Change of the median that counts as a drift, the border inside [PD]. */
export const driftShare = 0.1;

/** Earlier against later half of the films; null before there are enough. */
export const driftOf = (points: readonly DriftPoint[]): Drift | null => {
  const usable = points.filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0);
  if (usable.length < fewestDriftFilms) return null;
  const inOrder = usable.toSorted((one, other) => one.atMs - other.atMs).map(({ ratio }) => ratio);
  const half = Math.floor(inOrder.length / 2);
  const before = medianOf(inOrder.slice(0, half));
  const after = medianOf(inOrder.slice(half));
  const change = after / before - 1;
  return { films: usable.length, before, after, change, isDrifting: Math.abs(change) >= driftShare };
};
