import type { CtRow, Figure, SeriesFigures, SliceRow } from './series-figures.ts';

/** A lung is seen from this cross-section on, mm²: gas in the gut and sinuses stays below [PD]. */
const LUNG_FROM_MM2 = 1500;
/** A series holds lungs from this largest cross-section on, mm²: an adult's is five times that [PD]. */
const CHEST_FROM_MM2 = 6000;

/** Organ phases need organs: without a segmentation the aorta and the kidneys have no place. */
export const contrastPhaseReason = 'needs-organ-segmentation';

const orderedSlices = ({ slices }: SeriesFigures): SliceRow[] =>
  slices.filter(({ place }) => place !== undefined).sort((one, other) => one.place! - other.place!);

const chest = (series: SeriesFigures): SliceRow[] | string => {
  const ordered = orderedSlices(series);
  if (ordered.length < 2) return ordered.length === 0 ? 'no-slice-positions' : 'one-slice';
  return Math.max(...ordered.map(({ lungMm2 }) => lungMm2)) < CHEST_FROM_MM2 ? 'no-lungs' : ordered;
};

const lungCut = (series: SeriesFigures): Figure[] | string => {
  const ordered = chest(series);
  if (typeof ordered === 'string') return ordered;
  const largest = Math.max(...ordered.map(({ lungMm2 }) => lungMm2));
  return [
    { value: ordered.at(-1)!.lungMm2 / largest, where: 'upper-end' },
    { value: ordered[0]!.lungMm2 / largest, where: 'lower-end' },
  ];
};

const beyondLungs = (series: SeriesFigures): Figure[] | string => {
  const ordered = chest(series);
  if (typeof ordered === 'string') return ordered;
  const lungs = ordered.filter(({ lungMm2 }) => lungMm2 >= LUNG_FROM_MM2);
  return [
    { value: ordered.at(-1)!.place! - lungs.at(-1)!.place!, where: 'upper-end' },
    { value: lungs[0]!.place! - ordered[0]!.place!, where: 'lower-end' },
  ];
};

/** What the range of a chest scan covers: lungs cut at an end, and range beyond the lungs. */
export const lungRangeRows: readonly CtRow[] = [
  { metric: 'lung-cut', unit: '1', method: 'lung-area-of-end-slice', version: 1, measure: lungCut },
  { metric: 'range-beyond-lungs', unit: 'mm', method: 'lung-area-by-slice', version: 1, measure: beyondLungs },
];
