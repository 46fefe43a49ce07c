import { placeOfAnatomy } from './anatomy-mask.ts';
import { naturalLog } from './exact-math.ts';
import { anatomyQuantile, type Film } from './film.ts';
import type { NoFigure, RadiographMetric } from './radiograph-metric.ts';

/** Shares of the anatomy whose greys are reported. */
const LOW = 0.01;
const MIDDLE = 0.5; // the median
const HIGH = 0.99; // the 99th percentile, domain notes §5.1
/** An anatomy that spans less of the scale than this is on no scale for the display [PD]. */
const SCALE_USED_FROM = 0.05;
/** Fewer greys than this are no distribution [PD]. */
const FEWEST_GREYS = 200;

/**
 * How dark or bright the anatomy is shown: its 1st, 50th and 99th percentile on the scale of the display, 0 black and 1
 * white, and the distance of the outer two. Meant for films made for the eye.
 */
export const exposureState: RadiographMetric = {
  metric: 'exposure-state',
  unit: '1',
  method: 'percentiles of the anatomy on the display scale: first window, else the whole range of the bits stored',
  version: 1,
  measure: (film) => {
    if (film.facts.isForProcessing === true) return 'for-processing';
    if (film.anatomyGreys.length < FEWEST_GREYS) return 'anatomy-too-small';
    const shown = displayScale(film);
    if (typeof shown === 'string') return shown;
    const [low, middle, high] = [LOW, MIDDLE, HIGH].map((share) => shown(anatomyQuantile(film, share)));
    if (high! - low! < SCALE_USED_FROM) return 'display-scale-unknown';
    const place = placeOfAnatomy(film);
    return {
      figures: [
        { value: low!, where: 'p1', place },
        { value: middle!, where: 'p50', place },
        { value: high!, where: 'p99', place },
        { value: high! - low!, where: 'span', place },
      ],
    };
  },
};

/** Decades of detector signal between the 1st and 99th percentile of the anatomy, of linear data. */
export const dynamicRange: RadiographMetric = {
  metric: 'dynamic-range',
  unit: '1',
  method: 'log₁₀ of P99 ÷ P1 of the anatomy, linear detector values',
  version: 1,
  measure: (film) => {
    if (film.facts.isForProcessing !== true) return 'for-presentation';
    if (film.anatomyGreys.length < FEWEST_GREYS) return 'anatomy-too-small';
    const stored = [LOW, HIGH].map((share) => modalityAt(film, storedAt(film, anatomyQuantile(film, share))));
    const [one, other] = [Math.min(...stored), Math.max(...stored)];
    if (one <= 0) return 'values-not-positive';
    return { figures: [{ value: naturalLog(other / one) / naturalLog(10) }] };
  },
};

const storedAt = ({ tone }: Film, grey: number): number =>
  tone.isFlipped ? tone.bright - grey * tone.span : tone.dark + grey * tone.span;
const modalityAt = ({ frame }: Film, stored: number): number => stored * frame.rescaleSlope + frame.rescaleIntercept;

/** From a grey of the film's own span to the display, 0 black … 1 white; else why it is not known. */
const displayScale = (film: Film): ((grey: number) => number) | NoFigure => {
  const { frame, scan, tone } = film;
  const window = frame.windows?.[0];
  if (window !== undefined && Number.isFinite(window.center) && window.width > 0) {
    const shown = (grey: number): number => {
      const share = (modalityAt(film, storedAt(film, grey)) - window.center) / window.width + 1 / 2;
      return clamp(frame.isInverted ? 1 - share : share);
    };
    return shown;
  }
  // A curve bends the scale: without evaluating it the greys on the display are not known.
  if ((frame.voiLuts?.length ?? 0) > 0) return 'display-by-lookup-table';
  const size = 2 ** frame.bitsStored;
  const lowest = frame.isSigned ? -size / 2 : 0;
  const highest = lowest + size - 1;
  if (scan.low < lowest || scan.high > highest) return 'values-beyond-bits-stored';
  return (grey) => {
    const share = (storedAt(film, grey) - lowest) / (highest - lowest);
    return clamp(tone.isFlipped ? 1 - share : share);
  };
};

const clamp = (share: number): number => Math.max(0, Math.min(1, share));
