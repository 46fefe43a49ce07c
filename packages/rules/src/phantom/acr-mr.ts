import type { Plane } from '../picture/grey-plane.ts';
import { largestOutline } from '../picture/outline.ts';
import { figuresOf, lineProfile, medianOf, type Point } from '../picture/regions.ts';
import { lowContrastSpokes } from './acr-mr-low-contrast.ts';
import { ACR_DIAMETER_MM, type AcrMrPlace, locateAcrMr, outerEdge, signalLevel } from './acr-mr-locate.ts';
import { resolvedHoles } from './acr-mr-resolution.ts';
import { rampWidth } from './acr-mr-ramps.ts';
import { ghosting, integralUniformity, snrBySmoothing, snrBySubtraction, snrNormalisation } from './mr-signal.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { stackOf } from './slice-stack.ts';

/** Radius of the large region of interest of uniformity and ghosting, mm: 200 cm² [S45]. */
const LARGE_ROI_MM = 79.8;
/** Where the top edge is looked for, mm beside the middle line: the wedge slot, and on some phantoms a cap, spoil it. */
const BESIDE_SLOT_MM = [-32, -28, -24, -20, -16, -12, -8, 8, 12, 16, 20, 24, 28, 32] as const;

/** Area of the phantom on a sagittal picture, mm²: 148 by 190 less the corners [S42]. */
const SAGITTAL_FROM_MM2 = 20_000;
const SAGITTAL_TO_MM2 = 32_000; // mm² [S42]

/** Analyses the ACR MR phantom: 11 axial slices, a second run of them for subtraction, a sagittal localiser. */
export const analyseAcrMr = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const list = new ResultList();
  const axial = images.filter((image) => !isSagittal(image));
  const runs = runsOf(axial);
  const places = runs.map((run) => locateAcrMr(stackOf(run, 0)));
  const at = places.findIndex((place) => place !== undefined);
  const place = places[at];
  const length = sagittalLength(images.find(isSagittal));
  if (place === undefined && length === undefined) return undefined;
  if (place === undefined)
    for (const metric of axialMetrics) list.miss(metric, axial.length === 0 ? 'slices-missing' : 'phantom-not-found');
  else
    measureAxial(
      place,
      runs[at]!,
      places.find((other, index) => index > at && other !== undefined),
      list,
    );
  if (length === undefined) list.miss('sagittal-length', 'localizer-missing');
  else list.add({ metric: 'sagittal-length', value: length, unit: 'mm', method: 'outline-extent' });
  const confidence = place?.confidence ?? 0.6;
  return { kind: 'acr-mr', confidence, results: list.results, notMeasured: list.notMeasured };
};

const axialMetrics = [
  'geometric-accuracy',
  'slice-thickness',
  'slice-position',
  'percent-integral-uniformity',
  'ghosting',
  'snr',
  'spatial-resolution',
  'low-contrast-spokes',
] as const;

const isSagittal = ({ facts }: PhantomImage): boolean => Math.abs(facts.imageOrientationPatient?.[1] ?? 0) > 0.8;

/** The scans in the order they came, by series; a slice at a place that its scan has already begins the next one. */
const runsOf = (images: readonly PhantomImage[]): PhantomImage[][] => {
  const runs: { series: string; places: Set<string>; images: PhantomImage[] }[] = [];
  for (const image of images) {
    const series = image.facts.seriesInstanceUid ?? '';
    const place = String(image.facts.imagePositionPatientMm ?? image.facts.instanceNumber ?? '');
    let run = runs.find((each) => each.series === series && !each.places.has(place));
    if (run === undefined) {
      run = { series, places: new Set(), images: [] };
      runs.push(run);
    }
    run.places.add(place);
    run.images.push(image);
  }
  return runs.map((run) => run.images);
};

const measureAxial = (
  place: AcrMrPlace,
  images: readonly PhantomImage[],
  second: AcrMrPlace | undefined,
  list: ResultList,
): void => {
  geometry(place, list);
  const thickness = sliceThickness(place);
  list.add(
    { metric: 'slice-thickness', value: thickness, unit: 'mm', method: 'crossed-ramps-fwhm' },
    'ramps-not-found',
  );
  for (const slice of [1, 11]) {
    const value = barDifference(place.planes[slice - 1]!, place.centres[slice - 1]!);
    list.add({ metric: 'slice-position', where: `slice-${slice}`, value, unit: 'mm', method: 'bar-length-difference' });
  }
  const plane = place.planes[6]!;
  const centre = place.centres[6]!;
  list.add({
    metric: 'percent-integral-uniformity',
    value: integralUniformity(plane, centre, LARGE_ROI_MM),
    unit: '%',
    method: 'acr-1cm2-extremes',
  });
  const ghost = ghosting(plane, centre, LARGE_ROI_MM, ACR_DIAMETER_MM / 2);
  list.add(
    { metric: 'ghosting', value: ghost, unit: '%', method: 'acr-percent-signal-ghosting' },
    'no-room-beside-phantom',
  );
  const snr = snrBySmoothing(plane, centre);
  list.add({ metric: 'snr', where: 'smoothing', value: snr, unit: '1', method: 'mccann-2013-smoothed-subtraction' });
  const factor = snrNormalisation(images[0]!.facts, plane);
  list.add(
    { metric: 'snr-normalisation', value: factor, unit: '1', method: 'voxel-bandwidth-time' },
    'header-incomplete',
  );
  if (second === undefined) list.miss('snr', 'second-run-missing', 'subtraction');
  else {
    const value = snrBySubtraction(plane, second.planes[6]!, centre);
    list.add({ metric: 'snr', where: 'subtraction', value, unit: '1', method: 'nema-ms1-difference' });
  }
  const holes = resolvedHoles(place.planes[0]!, place.centres[0]!);
  for (const where of ['UL', 'LR'] as const) {
    const base = { metric: 'spatial-resolution', where, unit: 'mm', method: 'hole-array-contrast' };
    list.add(
      { ...base, value: holes?.[where] ?? Number.NaN },
      holes === undefined ? 'arrays-not-found' : 'none-resolved',
    );
  }
  const spokes = [8, 9, 10, 11].map((slice) =>
    lowContrastSpokes(place.planes[slice - 1]!, place.centres[slice - 1]!, slice),
  );
  spokes.forEach((value, at) => {
    const base = { metric: 'low-contrast-spokes', unit: '{count}', method: 'discs-over-empty-places' };
    list.add({ ...base, where: `slice-${at + 8}`, value: value ?? Number.NaN }, 'insert-not-found');
  });
  const total = spokes.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0);
  const base = { metric: 'low-contrast-spokes', where: 'total', unit: '{count}', method: 'discs-over-empty-places' };
  list.add({ ...base, value: total }, 'insert-not-found');
};

const geometry = ({ planes, centres }: AcrMrPlace, list: ResultList): void => {
  const base = { metric: 'geometric-accuracy', unit: 'mm', method: 'half-level-edges' };
  const lengths: number[] = [];
  for (const [slice, directions] of [
    [1, ['horizontal', 'vertical']],
    [5, ['horizontal', 'vertical', 'diagonal-down', 'diagonal-up']],
  ] as const) {
    for (const direction of directions) {
      const value = diameter(planes[slice - 1]!, centres[slice - 1]!, direction);
      list.add({ ...base, where: `slice-${slice} ${direction}`, value });
      lengths.push(value);
    }
  }
  const { mean, standardDeviation } = figuresOf(lengths);
  const errors = lengths.map((length) => length - ACR_DIAMETER_MM);
  list.add({ metric: 'distortion-mean', value: mean - ACR_DIAMETER_MM, unit: 'mm', method: 'six-diameters' });
  list.add({ metric: 'distortion-max', value: Math.max(...errors.map(Math.abs)), unit: 'mm', method: 'six-diameters' });
  const variation = (100 * standardDeviation) / mean;
  list.add({ metric: 'distortion-variation', value: variation, unit: '%', method: 'six-diameters' });
};

type Direction = 'horizontal' | 'vertical' | 'diagonal-down' | 'diagonal-up';

/** Distance of opposite outer edges through the centre, mm; of the vertical the top is read beside the wedge slot. */
const diameter = (plane: Plane, centre: Point, direction: Direction): number => {
  const level = signalLevel(plane) ?? Number.NaN;
  if (direction === 'vertical') {
    const offsets = BESIDE_SLOT_MM.map((mm) => ({ x: centre.x + mm / plane.columnMm, y: centre.y }));
    const tops = offsets.map((start) => outerEdge(plane, start, -90, level)?.y ?? Number.NaN);
    const bottom = outerEdge(plane, centre, 90, level)?.y ?? Number.NaN;
    return (bottom - Math.min(...tops)) * plane.rowMm;
  }
  const start = { horizontal: 0, 'diagonal-down': 45, 'diagonal-up': -45 }[direction];
  const lanes = [-3, 0, 3].map((lane) => {
    const one = outerEdge(plane, centre, start + lane, level);
    const other = outerEdge(plane, centre, start + 180 + lane, level);
    if (one === undefined || other === undefined) return Number.NaN;
    return Math.hypot((one.x - other.x) * plane.columnMm, (one.y - other.y) * plane.rowMm);
  });
  return medianOf(lanes);
};

/** `0.2 · top · bottom / (top + bottom)` of the two ramps of slope 1:10 [S43]. */
const sliceThickness = ({ planes, centres }: AcrMrPlace): number => {
  const widths = rampWidth(planes[0]!, centres[0]!);
  return widths === undefined ? Number.NaN : (0.2 * widths.top * widths.bottom) / (widths.top + widths.bottom);
};

/** Length of the right bar minus that of the left one, mm; twice the offset of the slice from the crossing of the wedges. */
const barDifference = (plane: Plane, centre: Point): number => {
  const top = centre.y - (ACR_DIAMETER_MM / 2 - 12) / plane.rowMm;
  const across = lineProfile(
    plane,
    { x: centre.x - 20 / plane.columnMm, y: top },
    { x: centre.x + 20 / plane.columnMm, y: top },
    401,
    3,
  );
  const level = (Math.max(...across) + Math.min(...across)) / 2;
  const dark = [...across.keys()].filter((at) => across[at]! < level);
  const [left, right] = [dark[0], dark.at(-1)];
  if (left === undefined || right === undefined) return Number.NaN;
  const middle = centre.x + ((left + right) / 2 / 10 - 20) / plane.columnMm;
  const quarter = (right - left) / 10 / 4 / plane.columnMm;
  const ends = [middle - quarter, middle + quarter].map((x) => barEnd(plane, x, top));
  return (ends[1]! - ends[0]!) * plane.rowMm;
};

/** Row at which a bar ends, seen from its dark inside downwards. */
const barEnd = (plane: Plane, x: number, fromRow: number): number => {
  const rows = Math.round(45 / plane.rowMm);
  const step = 0.1;
  const profile = lineProfile(plane, { x, y: fromRow }, { x, y: fromRow + rows }, Math.round(rows / step) + 1, 3);
  const bright = medianOf(profile.subarray(profile.length >> 1));
  const half = (bright + Math.min(...profile)) / 2;
  const end = profile.findIndex((value) => value >= half);
  return end < 1 ? Number.NaN : fromRow + end * step;
};

/** Length of the phantom along the bore on a sagittal picture, mm: 148 inside [S42]. */
const sagittalLength = (image: PhantomImage | undefined): number | undefined => {
  if (image === undefined) return undefined;
  const [plane] = stackOf([image], 0).planes;
  if (plane === undefined) return undefined;
  const level = signalLevel(plane);
  if (level === undefined) return undefined;
  const outline = largestOutline(plane, level / 2);
  // 148 by 190 mm on this picture: anything much smaller or larger is another thing.
  if (outline === undefined || outline.areaMm2 < SAGITTAL_FROM_MM2 || outline.areaMm2 > SAGITTAL_TO_MM2)
    return undefined;
  const isAlongRows = Math.abs(image.facts.imageOrientationPatient?.[2] ?? 0) > 0.8;
  const { left, right, top, bottom } = outline.component;
  const centre = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const lengths = [-20, -10, 10, 20].map((mm) => {
    const start = isAlongRows
      ? { ...centre, y: centre.y + mm / plane.rowMm }
      : { ...centre, x: centre.x + mm / plane.columnMm };
    const angles = isAlongRows ? [0, 180] : [90, -90];
    const [one, other] = angles.map((angle) => outerEdge(plane, start, angle, level));
    if (one === undefined || other === undefined) return Number.NaN;
    return Math.hypot((one.x - other.x) * plane.columnMm, (one.y - other.y) * plane.rowMm);
  });
  return medianOf(lengths);
};
