import type { Plane } from '../picture/grey-plane.ts';
import { largestOutline } from '../picture/outline.ts';
import { discFigures, figuresOf, type Point, pointAround, ringProfile } from '../picture/regions.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';
import { meanPlane, type SliceStack, stackOf } from './slice-stack.ts';

/** Outer diameter, mm [S46], and how far a scan may be off it [PD]. */
const DIAMETER_MM = 200;
const DIAMETER_WITHIN_MM = 8; // mm [PD]
/** Distances of modules 2, 3 and 4 from module 1, mm [S43]. */
const MODULES_MM = { contrast: 30, uniformity: 70, resolution: 100 } as const;
/** HU that parts the phantom from air. */
const PHANTOM_FROM_HU = -400;
/** Inserts of module 1: distance 63 mm from the middle; direction in degrees clockwise from 3 o'clock [S46]. */
const INSERT_RADIUS_MM = 63;
const INSERTS = { Bone: -135, Air: 135, Acrylic: 45, Polyethylene: -45 } as const;
/** Water-like rod of module 1 at 9 o'clock [S46]. */
const WATER_DEGREES = 180;
const INSERT_DISC_MM = 8; // mm, about 200 mm² inside a rod of 25 mm [GKU]
/** The 25 mm rod of module 2, and the place beside it that is its ground [S46]. */
const ROD = { radiusMm: 60, degrees: -90, discMm: 5.64 } as const;
const ROD_GROUND_DEGREES = -60; // degrees [GKU]
/** Regions of module 3: 400 mm² in the middle and near the rim [S37, GKU]. */
const UNIFORMITY_DISC_MM = 11.28; // mm, 400 mm²
const UNIFORMITY_RADIUS_MM = 76; // mm from the middle [GKU]
/** Bar groups of module 4 lie around 70 mm from the middle, eight of them, 4 … 12 line pairs per cm [S46, GKU]. */
const RESOLUTION_RADIUS_MM = 70;
const RESOLUTION_FIELD_MM = 6; // mm, inside a field of 15 mm
const RESOLUTION_PER_CM = [4, 5, 6, 7, 8, 9, 10, 12] as const;

/** Analyses an ACR CT phantom (Gammex 464); undefined when module 1 is not found. */
export const analyseAcrCt = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  const stack = stackOf(images, -1000);
  const place = locate(stack);
  if (place === undefined) return undefined;
  const list = new ResultList();
  list.add({ metric: 'roll', value: place.rollDegrees, unit: 'deg', method: 'air-and-bone-rods' });
  list.add({ metric: 'origin-slice', value: place.origin, unit: '{index}', method: 'middle-of-module-1' });
  const plane = meanPlane(stack, place.origin, 1);
  for (const [where, degrees] of [...Object.entries(INSERTS), ['Water', WATER_DEGREES] as const]) {
    const at = pointAround(plane, place.centre, INSERT_RADIUS_MM, degrees + place.rollDegrees);
    const { mean } = discFigures(plane, at, INSERT_DISC_MM);
    list.add({ metric: 'ct-number', where, value: mean, unit: 'HU', method: 'insert-disc-mean' });
  }
  contrast(stack, place, list);
  uniformity(stack, place, list);
  resolution(stack, place, list);
  return { kind: 'acr-ct', confidence: place.confidence, results: list.results, notMeasured: list.notMeasured };
};

interface AcrCtPlace {
  readonly origin: number;
  readonly centre: Point;
  readonly rollDegrees: number;
  /** 1 when module 2 lies at higher slices than module 1. */
  readonly along: 1 | -1;
  readonly confidence: number;
}

const discCentre = (plane: Plane): Point | undefined => {
  const outline = largestOutline(plane, PHANTOM_FROM_HU);
  return outline !== undefined && Math.abs(outline.diameterMm - DIAMETER_MM) < DIAMETER_WITHIN_MM
    ? outline.centre
    : undefined;
};

const locate = (stack: SliceStack): AcrCtPlace | undefined => {
  const modules = stack.planes.map((plane) => {
    const centre = discCentre(plane);
    const turn = centre === undefined ? undefined : turnOf(plane, centre);
    return centre === undefined || turn === undefined ? undefined : { centre, turn };
  });
  const found = modules.flatMap((module, at) => (module === undefined ? [] : [at]));
  if (found.length === 0) return undefined;
  const origin = found[(found.length - 1) >> 1]!;
  const { centre, turn } = modules[origin]!;
  const spread = (offsetMm: number): number => {
    const slice = origin + Math.round(offsetMm / (stack.spacingMm || offsetMm));
    const plane = stack.planes[slice];
    if (plane === undefined) return 0;
    const ring = { fromMm: RESOLUTION_RADIUS_MM - 2, toMm: RESOLUTION_RADIUS_MM + 2, rings: 3, count: 720 };
    return figuresOf(ringProfile(plane, centre, ring)).standardDeviation;
  };
  const [up, down] = [spread(MODULES_MM.resolution), spread(-MODULES_MM.resolution)];
  return { origin, centre, rollDegrees: turn, along: up >= down ? 1 : -1, confidence: 0.9 };
};

/** Turn of module 1, by the angle at which all four rods have their material; undefined when none fits. */
const turnOf = (plane: Plane, centre: Point): number | undefined => {
  const count = 720;
  const ring = ringProfile(plane, centre, {
    fromMm: INSERT_RADIUS_MM - 3,
    toMm: INSERT_RADIUS_MM + 3,
    rings: 4,
    count,
  });
  const read = (degrees: number): number => ring[(Math.round((degrees / 360) * count) + 2 * count) % count]!;
  let [weight, sum] = [0, 0];
  for (let turn = -20; turn <= 20; turn += 0.5) {
    const fits =
      read(INSERTS.Air + turn) < -800 &&
      read(INSERTS.Bone + turn) > 500 &&
      read(INSERTS.Polyethylene + turn) < -50 &&
      read(INSERTS.Polyethylene + turn) > -200 &&
      read(INSERTS.Acrylic + turn) > 70 &&
      read(INSERTS.Acrylic + turn) < 250;
    if (!fits) continue;
    weight += 1;
    sum += turn;
  }
  return weight === 0 ? undefined : sum / weight;
};

const sliceAt = (stack: SliceStack, { origin, along }: AcrCtPlace, offsetMm: number): number | undefined => {
  const slice = stack.spacingMm === 0 ? -1 : origin + Math.round((along * offsetMm) / stack.spacingMm);
  return stack.planes[slice] === undefined ? undefined : slice;
};

const contrast = (stack: SliceStack, place: AcrCtPlace, list: ResultList): void => {
  const slice = sliceAt(stack, place, MODULES_MM.contrast);
  if (slice === undefined) return list.miss('contrast-to-noise', 'module-not-in-scan');
  const plane = stack.planes[slice]!;
  const at = (degrees: number) => pointAround(plane, place.centre, ROD.radiusMm, degrees + place.rollDegrees);
  const rod = discFigures(plane, at(ROD.degrees), ROD.discMm);
  const ground = discFigures(plane, at(ROD_GROUND_DEGREES), ROD.discMm);
  const value = Math.abs(rod.mean - ground.mean) / ground.standardDeviation;
  list.add({ metric: 'contrast-to-noise', value, unit: '1', method: 'rod-minus-ground-over-noise' });
};

const uniformity = (stack: SliceStack, place: AcrCtPlace, list: ResultList): void => {
  const slice = sliceAt(stack, place, MODULES_MM.uniformity);
  if (slice === undefined) return list.miss('uniformity', 'module-not-in-scan');
  const plane = stack.planes[slice]!;
  const middle = discFigures(plane, place.centre, UNIFORMITY_DISC_MM);
  const base = { metric: 'uniformity', unit: 'HU', method: '400-mm2-disc-mean' };
  list.add({ ...base, where: 'Center', value: middle.mean });
  list.add({ metric: 'noise', value: middle.standardDeviation, unit: 'HU', method: 'centre-400-mm2' });
  const rim = (['Right', 'Bottom', 'Left', 'Top'] as const).map((where, at) => {
    const { mean } = discFigures(
      plane,
      pointAround(plane, place.centre, UNIFORMITY_RADIUS_MM, 90 * at),
      UNIFORMITY_DISC_MM,
    );
    list.add({ ...base, where, value: mean });
    return Math.abs(mean - middle.mean);
  });
  list.add({ metric: 'uniformity-deviation', value: Math.max(...rim), unit: 'HU', method: 'largest-rim-minus-centre' });
};

/** Deviation in each bar field over that in the coarsest: which field is which follows from the order around the ring. */
const resolution = (stack: SliceStack, place: AcrCtPlace, list: ResultList): void => {
  const slice = sliceAt(stack, place, MODULES_MM.resolution);
  if (slice === undefined) return list.miss('bar-contrast', 'module-not-in-scan');
  const plane = stack.planes[slice]!;
  const deviations = RESOLUTION_PER_CM.map((_, at) => {
    const centre = pointAround(plane, place.centre, RESOLUTION_RADIUS_MM, -90 + 45 * at + place.rollDegrees);
    return discFigures(plane, centre, RESOLUTION_FIELD_MM).standardDeviation;
  });
  const coarsest = Math.max(...deviations);
  RESOLUTION_PER_CM.forEach((perCm, at) => {
    const value = deviations[at]! / coarsest;
    list.add({ metric: 'bar-contrast', where: `${perCm}/cm`, value, unit: '1', method: 'field-deviation-to-coarsest' });
  });
};
