/** One film of a device and position: the figure, and the patient's size when it is known (any one unit). */
export interface BaselinePoint {
  readonly value: number;
  readonly size?: number;
}

/** What is usual on a device for a position: the median, its spread, and how the figure follows the patient's size. */
export interface Baseline {
  readonly films: number;
  readonly median: number;
  /** Robust standard deviation, 1.4826 × median absolute deviation from the line. */
  readonly deviation: number;
  /** Change of the figure per unit of size, and the size the median stands for; absent when sizes are unknown. */
  readonly bySize?: { readonly slope: number; readonly size: number };
}

/** Films before a device is judged by itself [PD]. */
export const enoughFilms = 30;
/** Films that a slope is drawn through; more would only cost time, pairs grow with the square [PD]. */
const slopeFilms = 300;
/** Median absolute deviation of a normal distribution × this is its standard deviation. */
const madToDeviation = 1.4826;

/**
 * The baseline of a device's films, newest first; null before there are enough. The line through size is the
 * median of the slopes of all pairs (Theil–Sen), so a third of the films may be bad without moving it.
 */
export const baselineOf = (points: readonly BaselinePoint[]): Baseline | null => {
  const usable = points.filter(({ value }) => Number.isFinite(value));
  if (usable.length < enoughFilms) return null;
  const sized = usable.filter((point): point is Required<BaselinePoint> => Number.isFinite(point.size));
  const slope = sized.length < enoughFilms ? null : slopeOf(sized.slice(0, slopeFilms));
  if (slope === null) {
    const middle = medianOf(usable.map(({ value }) => value));
    return { films: usable.length, median: middle, deviation: deviationOf(usable.map(({ value }) => value - middle)) };
  }
  const size = medianOf(sized.map((point) => point.size));
  const levelled = sized.map((point) => point.value - slope * (point.size - size));
  const middle = medianOf(levelled);
  return {
    films: sized.length,
    median: middle,
    deviation: deviationOf(levelled.map((value) => value - middle)),
    bySize: { slope, size },
  };
};

/** The border `deviations` robust standard deviations away from what is usual for this size. */
export const baselineLimit = (
  baseline: Baseline,
  side: 'above' | 'below',
  deviations: number,
  size?: number,
): number => {
  const { median, deviation, bySize } = baseline;
  const usual = bySize === undefined || size === undefined ? median : median + bySize.slope * (size - bySize.size);
  return side === 'above' ? usual + deviations * deviation : usual - deviations * deviation;
};

/** Median; of an even number the mean of the middle two. NaN for none. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

const deviationOf = (residuals: readonly number[]): number => madToDeviation * medianOf(residuals.map(Math.abs));

const slopeOf = (points: readonly Required<BaselinePoint>[]): number | null => {
  const slopes: number[] = [];
  for (const [at, one] of points.entries())
    for (const other of points.slice(at + 1))
      if (other.size !== one.size) slopes.push((other.value - one.value) / (other.size - one.size));
  return slopes.length === 0 ? null : medianOf(slopes);
};
