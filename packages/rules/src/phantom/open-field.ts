import { hasSpacing, planeOf } from '../picture/grey-plane.ts';
import { largestOutline } from '../picture/outline.ts';
import { otsuThreshold } from '../picture/otsu.ts';
import { figuresOf, lineProfile } from '../picture/regions.ts';
import { tiltedBoxOf } from '../picture/tilted-box.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';

/** Share of the field, from its middle, in which flatness and symmetry are judged: the usual 80 % (IEC 60976). */
const FLAT_SHARE = 0.8;
/** How much of its rectangle an open field fills [PD]. */
const FILL_FROM = 0.97;
/** Variation inside 80 % of an open field stays below this share of its mean [PD]. */
const PLAIN_BELOW = 0.15;
/** Share of the mean outside the field, at most: what is brighter is no collimated field [PD]. */
const OUTSIDE_BELOW = 0.35;

/** Analyses an open field: size, flatness, symmetry and penumbra; undefined when the picture is none. */
export const analyseOpenField = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  if (images.length > 1) return undefined;
  const image = images[0]!;
  const plane = planeOf(image.plane, 0);
  const { min, max } = figuresOf(plane.values);
  const threshold = otsuThreshold(plane.values, min, max);
  if (threshold === undefined) return undefined;
  const rough = largestOutline(plane, threshold);
  if (rough === undefined) return undefined;
  // The edge of a field is half of the signal in its middle (IEC 60976).
  const middle = plane.values[Math.round(rough.centre.y) * plane.columns + Math.round(rough.centre.x)]!;
  const outline = largestOutline(plane, middle / 2);
  const box = outline === undefined ? undefined : tiltedBoxOf(outline.mask, plane.rows, plane.columns);
  if (outline === undefined || box === undefined || box.fill < FILL_FROM) return undefined;
  const { left, right, top, bottom } = outline.component;
  if (left === 0 || top === 0 || right === plane.columns - 1 || bottom === plane.rows - 1) return undefined;
  const { centre } = outline;
  const profiles = {
    horizontal: lineProfile(plane, { x: 0, y: centre.y }, { x: plane.columns - 1, y: centre.y }, plane.columns, 5),
    vertical: lineProfile(plane, { x: centre.x, y: 0 }, { x: centre.x, y: plane.rows - 1 }, plane.rows, 5),
  };
  const inside = figuresOf(flatPart(profiles.horizontal, centre.x));
  if (inside.standardDeviation > PLAIN_BELOW * inside.mean) return undefined;
  if (outsideMean(plane.values, outline.mask) > OUTSIDE_BELOW * inside.mean) return undefined;
  const scale = atAxis(image);
  const list = new ResultList();
  for (const where of ['horizontal', 'vertical'] as const) {
    const mm = (where === 'horizontal' ? plane.columnMm : plane.rowMm) * scale;
    addAxis(
      list,
      profiles[where],
      where,
      where === 'horizontal' ? centre.x : centre.y,
      hasSpacing(image.plane) ? mm : undefined,
    );
  }
  return { kind: 'open-field', confidence: 0.7, results: list.results, notMeasured: list.notMeasured };
};

/** From the plane of the detector to that of the axis. */
const atAxis = ({ facts }: PhantomImage): number => {
  const { sourceToImageMm, sourceToAxisMm } = facts;
  return sourceToImageMm !== undefined && sourceToAxisMm !== undefined && sourceToImageMm > 0
    ? sourceToAxisMm / sourceToImageMm
    : 1;
};

const addAxis = (
  list: ResultList,
  profile: Float64Array,
  where: string,
  centre: number,
  mm: number | undefined,
): void => {
  const level = profile[Math.round(centre)]!;
  const [left, right] = [edge(profile, centre, -1, level / 2), edge(profile, centre, 1, level / 2)];
  const flat = flatPart(profile, centre);
  const { min, max } = figuresOf(flat);
  const flatness = (100 * (max - min)) / (max + min);
  list.add({ metric: 'flatness', where, value: flatness, unit: '%', method: 'difference-over-sum-80-percent' });
  let symmetry = 0;
  for (let at = 0; at < flat.length >> 1; at += 1) {
    const other = flat[flat.length - 1 - at]!;
    const difference = (100 * (flat[at]! - other)) / level;
    if (Math.abs(difference) > Math.abs(symmetry)) symmetry = difference;
  }
  list.add({ metric: 'symmetry', where, value: symmetry, unit: '%', method: 'largest-point-difference-80-percent' });
  if (mm === undefined) {
    for (const metric of ['field-size', 'penumbra']) list.miss(metric, 'no-pixel-spacing', where);
    return;
  }
  list.add({ metric: 'field-size', where, value: (right - left) * mm, unit: 'mm', method: 'half-of-centre' });
  const penumbra = (step: 1 | -1): number =>
    Math.abs(edge(profile, centre, step, 0.8 * level) - edge(profile, centre, step, 0.2 * level)) * mm;
  list.add({ metric: 'penumbra', where, value: (penumbra(1) + penumbra(-1)) / 2, unit: 'mm', method: '80-20-percent' });
};

/** The middle 80 % between the half-level edges. */
const flatPart = (profile: Float64Array, centre: number): Float64Array => {
  const level = profile[Math.round(centre)]! / 2;
  const [left, right] = [edge(profile, centre, -1, level), edge(profile, centre, 1, level)];
  const half = (FLAT_SHARE * (right - left)) / 2;
  const middle = (left + right) / 2;
  return profile.subarray(Math.ceil(middle - half), Math.floor(middle + half) + 1);
};

const edge = (profile: Float64Array, from: number, step: 1 | -1, level: number): number => {
  for (let at = Math.round(from); at + step >= 0 && at + step < profile.length; at += step) {
    const [here, next] = [profile[at]!, profile[at + step]!];
    if (here >= level && next < level) return at + (step * (here - level)) / (here - next);
  }
  return Number.NaN;
};

const outsideMean = (values: Float32Array, mask: Uint8Array): number => {
  let [sum, count] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    if (mask[at] === 1) continue;
    sum += values[at]!;
    count += 1;
  }
  return sum / Math.max(1, count);
};
