import { medianOf } from '../picture/regions.ts';
import { slicePositionsOf } from '../ct/slice-positions.ts';
import type { MrSliceFacts } from './mr-slice.ts';
import type { MrSliceFigures } from './mr-slice-figures.ts';

/** Background energy below which it holds no noise to speak of: masked by the scanner [S68]. */
const SILENT_BELOW = 1e-3;
/** Share of the largest cross-section below which the thing has ended inside the range [PD]. */
const ENDED_BELOW_SHARE = 0.25;

/** What is kept of one slice. */
export interface MrSliceRow extends MrSliceFigures {
  readonly facts: MrSliceFacts;
  readonly place: number | undefined;
}

interface Figure {
  readonly value: number;
  readonly where?: string;
}

/** A metric of an MR series: its figures, or the reason why there is none. */
export interface MrRow {
  readonly metric: string;
  readonly unit: string;
  readonly method: string;
  readonly version: number;
  readonly measure: (slices: readonly MrSliceRow[], added: number) => Figure | Figure[] | string;
}

/** The median over the slices that have the figure. */
const medianRow =
  (read: (slice: MrSliceRow) => number | undefined, reason: string) =>
  (slices: readonly MrSliceRow[]): Figure | string => {
    const values = slices.map(read).filter((value): value is number => Number.isFinite(value));
    return values.length === 0 ? reason : { value: medianOf(values) };
  };

/** Along the phase; unknown when the header does not say: then the worse of both axes would accuse the innocent. */
const phaseOf = ({ facts }: MrSliceRow): 'rows' | 'columns' | undefined => {
  const direction = facts.inPlanePhaseEncodingDirection;
  if (direction === 'COL' || direction === 'COLUMN') return 'rows';
  return direction === 'ROW' ? 'columns' : undefined;
};

const ghostRatio = (slice: MrSliceRow): number | undefined => {
  const phase = phaseOf(slice);
  if (phase === undefined) return undefined;
  const ghost = phase === 'rows' ? slice.ghostRows : slice.ghostColumns;
  if (ghost === undefined || !Number.isFinite(slice.corner)) return undefined;
  return (ghost - slice.corner) / slice.signal;
};

/** Smear along the phase beyond that along the frequency, in units of the signal. */
const motionIndex = (slice: MrSliceRow): number | undefined => {
  const phase = phaseOf(slice);
  if (phase === undefined) return undefined;
  const along = phase === 'rows' ? slice.besideRows : slice.besideColumns;
  const across = phase === 'rows' ? slice.besideColumns : slice.besideRows;
  return (along - across) / slice.signal;
};

const wrapShare = (slices: readonly MrSliceRow[]): Figure | string => {
  const phased = slices.filter((slice) => phaseOf(slice) !== undefined);
  if (phased.length === 0) return 'phase-direction-unknown';
  return {
    value: Math.max(...phased.map((slice) => (phaseOf(slice) === 'rows' ? slice.wrapRows : slice.wrapColumns))),
  };
};

const noPhase = (row: (slices: readonly MrSliceRow[]) => Figure | string) => (slices: readonly MrSliceRow[]) =>
  slices.every((slice) => phaseOf(slice) === undefined) ? 'phase-direction-unknown' : row(slices);

const coverage = (slices: readonly MrSliceRow[]): Figure[] | string => {
  const placed = slices.filter(({ place }) => place !== undefined).sort((one, other) => one.place! - other.place!);
  if (placed.length < 2) return placed.length === 0 ? 'no-slice-positions' : 'one-slice';
  const largest = Math.max(...placed.map(({ objectMm2 }) => objectMm2));
  return [
    { value: placed.at(-1)!.objectMm2 / largest, where: 'upper-end' },
    { value: placed[0]!.objectMm2 / largest, where: 'lower-end' },
  ];
};

const objectExtent = (slices: readonly MrSliceRow[]): Figure | string => {
  const places = slices.flatMap(({ place }) => (place === undefined ? [] : [place]));
  if (places.length === 0) return 'no-slice-positions';
  const positions = slicePositionsOf(places);
  if (positions === undefined) return 'one-slice';
  const largest = Math.max(...slices.map(({ objectMm2 }) => objectMm2));
  const filled = slices.filter(({ objectMm2 }) => objectMm2 >= ENDED_BELOW_SHARE * largest);
  const filledPlaces = filled.flatMap(({ place }) => (place === undefined ? [] : [place]));
  return { value: Math.max(...filledPlaces) - Math.min(...filledPlaces) + positions.spacingMm };
};

const noBackground = 'background-masked-or-too-small';

/** Every metric of an MR series, in the order they are shown. Figures of slices are joined by their median. */
export const mrRows: readonly MrRow[] = [
  {
    metric: 'snr',
    unit: '1',
    method: 'signal-over-own-deviation',
    version: 1,
    measure: medianRow(
      ({ signal, signalDeviation, signalCount: n }) =>
        n < 2 || signalDeviation === 0 ? undefined : signal / (signalDeviation * Math.sqrt(n / (n - 1))),
      'signal-is-constant',
    ),
  },
  {
    metric: 'snr-air',
    unit: '1',
    method: 'dietrich-rayleigh-median',
    version: 1,
    measure: medianRow(
      ({ signal, airDeviation }) => (airDeviation > 0 ? (0.6551364 * signal) / airDeviation : undefined),
      noBackground,
    ),
  },
  {
    metric: 'fber',
    unit: '1',
    method: 'median-energy-ratio',
    version: 1,
    measure: medianRow(
      ({ objectEnergy, backgroundEnergy }) =>
        backgroundEnergy < SILENT_BELOW ? undefined : objectEnergy / backgroundEnergy,
      noBackground,
    ),
  },
  {
    metric: 'efc',
    unit: '1',
    method: 'atkinson-normalised',
    version: 1,
    measure: medianRow(({ entropyFocus }) => entropyFocus, 'picture-is-empty'),
  },
  {
    metric: 'ghost-ratio',
    unit: '1',
    method: 'half-field-shift',
    version: 1,
    measure: noPhase(medianRow(ghostRatio, 'no-room-for-a-ghost')),
  },
  {
    metric: 'uniformity',
    unit: '1',
    method: 'block-means-p5-p95',
    version: 1,
    measure: medianRow(({ uniformity }) => uniformity, 'object-too-small'),
  },
  { metric: 'wrap', unit: '1', method: 'object-on-both-borders-or-cut-straight', version: 1, measure: wrapShare },
  {
    metric: 'motion-index',
    unit: '1',
    method: 'phase-minus-frequency-background',
    version: 1,
    measure: noPhase(medianRow(motionIndex, 'no-room-beside-the-object')),
  },
  { metric: 'object-at-range-end', unit: '1', method: 'object-area-of-end-slice', version: 1, measure: coverage },
  { metric: 'object-extent', unit: 'mm', method: 'object-area-by-slice', version: 1, measure: objectExtent },
  {
    metric: 'measured-slices',
    unit: '1',
    method: 'count',
    version: 1,
    measure: (slices, added) => ({ value: slices.length / added }),
  },
];
