import type { FilmScan } from './film-scan.ts';
import type { RadiographFrame } from './radiograph-frame.ts';

/** How stored values of a film become greys. */
export interface Tone {
  /** High stored values are dark: MONOCHROME1, or a negative rescale slope, but not both. */
  readonly isFlipped: boolean;
  /** Stored values at 0.5 % and 99.5 % of the film, the smaller first, and their distance. */
  readonly dark: number;
  readonly bright: number;
  readonly span: number;
  /** Share of the film's span: 0 at its black, 1 at its white; beyond both outside the middle 99 %. */
  readonly greyOf: (stored: number) => number;
}

/** Share of pixels left out at either end: text, markers and dead pixels must not stretch the scale [PD]. */
const TAIL = 0.005;

/** The scale of a film, so that figures of it do not depend on bit depth, offset or photometric interpretation. */
export const toneOf = (frame: RadiographFrame, scan: FilmScan): Tone => {
  const isFlipped = frame.isInverted !== frame.rescaleSlope < 0;
  const low = histogramQuantile(scan, TAIL, 'small');
  const high = histogramQuantile(scan, TAIL, 'large');
  const [dark, bright] = low < high ? [low, high] : [scan.low, scan.high];
  const span = bright - dark;
  const greyOf = isFlipped
    ? (stored: number): number => (bright - stored) / span
    : (stored: number): number => (stored - dark) / span;
  return { isFlipped, dark, bright, span, greyOf };
};

/** Stored value below which `share` of the pixels lie, counted from the small end or from the large one. */
const histogramQuantile = ({ histogram, low }: FilmScan, share: number, from: 'small' | 'large'): number => {
  let total = 0;
  for (const count of histogram) total += count;
  const wanted = share * total;
  const last = histogram.length - 1;
  let seen = 0;
  for (let step = 0; step <= last; step += 1) {
    const bin = from === 'small' ? step : last - step;
    seen += histogram[bin]!;
    if (seen > wanted) return low + bin;
  }
  return low + last;
};

/** Value at a share of a sorted list, the nearest below; NaN of an empty one. */
export const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
