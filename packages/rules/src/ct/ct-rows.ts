import { medianOf } from '../picture/regions.ts';
import { contrastPhaseReason, lungRangeRows } from './lung-range.ts';
import { commonestDeviation, shareAbove } from './noise-level.ts';
import type { CtRow, Figure, SeriesFigures, SliceRow } from './series-figures.ts';
import { type CtdiPhantomMm, ssdeFactor } from './size-specific-dose.ts';
import { type SlicePositions, slicePositionsOf } from './slice-positions.ts';

/** Windows noisier than this many noise levels count as streaked: an edge-free window is never that noisy [PD]. */
const STREAK_FROM_LEVELS = 2.5;
/** Body parts whose arms are asked for: beside head, neck or legs nothing is an arm [PD]. */
const ARM_PARTS = /CHEST|THORAX|ABD|PELVIS|LIVER|HEART|CARDIAC|SPINE|TRUNK|LUNG|KIDNEY|WHOLEBODY|胸|腹|盆/u;
/** Body parts that stand in the 16 cm phantom when the header does not say [S65]. */
const HEAD_PARTS = /HEAD|BRAIN|SKULL|NECK|SINUS|ORBIT|FACE|CSPINE|头|颅|颈/u;

const withBody = ({ slices }: SeriesFigures): SliceRow[] => slices.filter(({ bodyMm2 }) => bodyMm2 > 0);

const diameterOf = ({ waterMm2 }: SliceRow): number => 2 * Math.sqrt(Math.max(0, waterMm2) / Math.PI);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const waterEquivalentDiameter = (series: SeriesFigures): Figure[] | string => {
  const bodies = withBody(series);
  if (bodies.length === 0) return 'no-body';
  const diameters = bodies.map(diameterOf);
  return [
    { value: mean(diameters), where: 'mean' },
    { value: Math.min(...diameters), where: 'min' },
    { value: Math.max(...diameters), where: 'max' },
  ];
};

/** What the header says, else what the part stands for. */
const phantomOf = ({ facts }: SliceRow): CtdiPhantomMm => {
  if (facts.ctdiPhantomMm === 160 || facts.ctdiPhantomMm === 320) return facts.ctdiPhantomMm;
  return HEAD_PARTS.test(facts.bodyPartExamined ?? '') ? 160 : 320;
};

const sizeSpecificDose = (series: SeriesFigures): Figure | string => {
  const bodies = withBody(series);
  if (bodies.length === 0) return 'no-body';
  const dosed = bodies.filter(({ facts }) => (facts.ctdiVolMgy ?? 0) > 0);
  if (dosed.length === 0) return 'no-ctdivol';
  const doses = dosed.flatMap((row) => {
    const factor = ssdeFactor(diameterOf(row), phantomOf(row));
    return factor === undefined ? [] : [factor * row.facts.ctdiVolMgy!];
  });
  if (doses.length === 0) return 'size-out-of-table';
  const isStated = dosed.every(({ facts }) => facts.ctdiPhantomMm !== undefined);
  return { value: mean(doses), method: `aapm-204-mean-${phantomOf(dosed[0]!)}mm-${isStated ? 'stated' : 'by-part'}` };
};

const conversionFactors = (series: SeriesFigures): Figure[] | string => {
  const bodies = withBody(series);
  if (bodies.length === 0) return 'no-body';
  const diameter = mean(bodies.map(diameterOf));
  const factors = ([320, 160] as const).flatMap((phantom) => {
    const value = ssdeFactor(diameter, phantom);
    return value === undefined ? [] : [{ value, where: `${phantom}mm` }];
  });
  return factors.length === 0 ? 'size-out-of-table' : factors;
};

/** From slices without metal; where every slice holds some, from those: streaks are rare beside quiet windows. */
const globalNoise = ({ noise, metalNoise }: SeriesFigures): Figure | string => {
  const value = commonestDeviation(noise);
  if (value !== undefined) return { value };
  const beside = commonestDeviation(metalNoise);
  return beside === undefined
    ? 'too-little-soft-tissue'
    : { value: beside, method: 'gni-soft-tissue-mode-beside-metal' };
};

/** Columns to the right and rows downwards of the isocentre on the picture, and how it was found. */
const isocentreOf = ({ facts, pictureColumns, pictureRows, columnMm, rowMm }: SliceRow) => {
  const middle = { column: (pictureColumns - 1) / 2, row: (pictureRows - 1) / 2 };
  const { reconstructionTargetCentreMm: target, dataCollectionCentreMm: centre } = facts;
  if (target?.length !== 3 || centre?.length !== 3) return { ...middle, method: 'picture-centre' };
  return {
    column: middle.column + (centre[0]! - target[0]!) / columnMm,
    row: middle.row + (centre[1]! - target[1]!) / rowMm,
    method: 'data-collection-centre',
  };
};

const misCentring = (series: SeriesFigures): Figure[] | string => {
  const bodies = withBody(series).filter(({ cutShare }) => cutShare === 0);
  if (bodies.length === 0) return withBody(series).length === 0 ? 'no-body' : 'body-cut-by-field';
  const offsets = bodies.map((row) => ({ row, isocentre: isocentreOf(row) }));
  const { method } = offsets[0]!.isocentre;
  const columnMm = medianOf(offsets.map(({ row, isocentre }) => (row.centreColumn - isocentre.column) * row.columnMm));
  const rowMm = medianOf(offsets.map(({ row, isocentre }) => (row.centreRow - isocentre.row) * row.rowMm));
  return [
    { value: columnMm, where: 'lateral', method: `body-centroid-to-${method}` },
    { value: rowMm, where: 'vertical', method: `body-centroid-to-${method}` },
  ];
};

const truncation = (series: SeriesFigures): Figure[] | string => {
  const bodies = withBody(series);
  if (bodies.length === 0) return 'no-body';
  const shares = bodies.map(({ cutShare }) => cutShare);
  return [
    { value: Math.max(...shares), where: 'worst-slice' },
    { value: shares.filter((share) => share > 0).length / shares.length, where: 'slices' },
  ];
};

const armsDown = (series: SeriesFigures): Figure | string => {
  const bodies = withBody(series);
  if (bodies.length === 0) return 'no-body';
  const part = bodies.find(({ facts }) => facts.bodyPartExamined)?.facts.bodyPartExamined;
  if (part === undefined) return 'body-part-unknown';
  if (!ARM_PARTS.test(part.toUpperCase())) return 'not-a-trunk-scan';
  return { value: bodies.filter(({ arms }) => arms > 0).length / bodies.length };
};

const metalShare = (series: SeriesFigures): Figure | string => {
  const bodies = withBody(series);
  return bodies.length === 0 ? 'no-body' : { value: bodies.filter((row) => row.hasMetal).length / bodies.length };
};

const streakShare = (series: SeriesFigures): Figure | string => {
  const bodies = withBody(series);
  if (bodies.length === 0) return 'no-body';
  if (!bodies.some((row) => row.hasMetal)) return { value: 0 };
  const level = commonestDeviation(series.noise) ?? commonestDeviation(series.metalNoise);
  if (level === undefined) return 'too-little-soft-tissue';
  return { value: shareAbove(series.metalNoise, STREAK_FROM_LEVELS * level) };
};

const positionsOf = ({ slices }: SeriesFigures): SlicePositions | string => {
  const places = slices.flatMap(({ place }) => (place === undefined ? [] : [place]));
  if (places.length === 0) return 'no-slice-positions';
  return slicePositionsOf(places) ?? 'one-slice';
};

const ofPositions =
  (read: (positions: SlicePositions, series: SeriesFigures) => Figure) =>
  (series: SeriesFigures): Figure | string => {
    const positions = positionsOf(series);
    return typeof positions === 'string' ? positions : read(positions, series);
  };

const sliceThickness = ({ slices }: SeriesFigures): Figure[] | string => {
  const stated = slices.flatMap(({ facts }) => ((facts.sliceThicknessMm ?? 0) > 0 ? [facts.sliceThicknessMm!] : []));
  if (stated.length === 0) return 'no-slice-thickness';
  const [low, high] = [Math.min(...stated), Math.max(...stated)];
  return low === high
    ? [{ value: low }]
    : [
        { value: low, where: 'min' },
        { value: high, where: 'max' },
      ];
};

/** Every metric of a CT series, in the order they are shown. */
export const ctRows: readonly CtRow[] = [
  {
    metric: 'water-equivalent-diameter',
    unit: 'mm',
    method: 'aapm-220-body-mask',
    version: 1,
    measure: waterEquivalentDiameter,
  },
  { metric: 'ssde-factor', unit: '1', method: 'aapm-204-mean-diameter', version: 1, measure: conversionFactors },
  { metric: 'ssde', unit: 'mGy', method: 'aapm-204-mean', version: 1, measure: sizeSpecificDose },
  { metric: 'global-noise', unit: 'HU', method: 'gni-soft-tissue-mode', version: 1, measure: globalNoise },
  { metric: 'mis-centring', unit: 'mm', method: 'body-centroid', version: 1, measure: misCentring },
  { metric: 'truncated-outline', unit: '1', method: 'outline-on-field-border', version: 1, measure: truncation },
  { metric: 'arms-down', unit: '1', method: 'limb-beside-trunk', version: 1, measure: armsDown },
  { metric: 'metal-slices', unit: '1', method: 'above-2500-hu', version: 1, measure: metalShare },
  { metric: 'metal-streaks', unit: '1', method: 'noisy-windows-of-metal-slices', version: 1, measure: streakShare },
  {
    metric: 'scan-length',
    unit: 'mm',
    method: 'slice-positions',
    version: 1,
    measure: ofPositions(({ placesMm, spacingMm }) => ({ value: placesMm.at(-1)! - placesMm[0]! + spacingMm })),
  },
  ...lungRangeRows,
  { metric: 'contrast-phase', unit: '1', method: 'none', version: 1, measure: () => contrastPhaseReason },
  {
    metric: 'slice-spacing',
    unit: 'mm',
    method: 'slice-positions',
    version: 1,
    measure: ofPositions(({ spacingMm }) => ({ value: spacingMm })),
  },
  {
    metric: 'slice-gaps',
    unit: '{count}',
    method: 'slice-positions',
    version: 1,
    measure: ofPositions(({ gaps }) => ({ value: gaps })),
  },
  {
    metric: 'repeated-slice-positions',
    unit: '{count}',
    method: 'slice-positions',
    version: 1,
    measure: ofPositions(({ repeated }) => ({ value: repeated })),
  },
  { metric: 'slice-thickness', unit: 'mm', method: 'header', version: 1, measure: sliceThickness },
];
