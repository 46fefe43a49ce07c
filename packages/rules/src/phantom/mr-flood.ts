import { planeOf, type Plane } from '../picture/grey-plane.ts';
import { largestOutline, type Outline } from '../picture/outline.ts';
import { discFigures, figuresOf, type Point, pointAround } from '../picture/regions.ts';
import { signalLevel } from './acr-mr-locate.ts';
import { integralUniformity, snrBySmoothing, snrBySubtraction, snrNormalisation } from './mr-signal.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';

/** A flood phantom fills this share of the field at least, and is a disc [PD]. */
const FLOOD_FROM_MM = 100;
const FLOOD_TO_MM = 260; // mm, larger than any head coil takes [PD]
/** How far from round: width against height, and the largest thing against its disc [PD]. */
const ROUND_WITHIN = 0.12;
/** Largest step of neighbouring means inside a thing without structure, as a share of the signal [PD]. */
const PLAIN_BELOW = 0.2;
/** Share of the radius that is looked at for uniformity: WS/T 263 leaves about 1 cm at the rim [S40]. */
const INNER_SHARE = 0.84;
/** Radius of the nine regions of WS/T 263, mm: 1 cm² [S40]. */
const REGION_MM = 5.64;

/** A plain round thing on an MR picture. */
export interface PlainDisc {
  readonly plane: Plane;
  readonly outline: Outline;
  readonly level: number;
}

/** The plain disc of a picture; undefined when the largest thing is not round or has structure inside. */
export const plainDiscOf = (plane: Plane): PlainDisc | undefined => {
  const level = signalLevel(plane);
  const outline = level === undefined ? undefined : largestOutline(plane, level / 3);
  if (level === undefined || outline === undefined) return undefined;
  const { widthMm, heightMm, diameterMm, centre } = outline;
  if (Math.abs(widthMm - heightMm) > ROUND_WITHIN * diameterMm || Math.max(widthMm, heightMm) > 1.1 * diameterMm)
    return undefined;
  for (let radius = 0; radius < 0.75 * (diameterMm / 2); radius += diameterMm / 40) {
    for (let degrees = 0; degrees < 360; degrees += 15) {
      const here = discFigures(plane, pointAround(plane, centre, radius, degrees), diameterMm / 50);
      const next = discFigures(plane, pointAround(plane, centre, radius + diameterMm / 40, degrees), diameterMm / 50);
      if (Math.abs(here.mean - next.mean) > PLAIN_BELOW * level) return undefined;
    }
  }
  return { plane, outline, level };
};

/** Analyses one or two pictures of a plain phantom: uniformity, and noise by smoothing or by the difference of the pair. */
export const analyseMrFlood = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  if (images.length > 2) return undefined;
  const disc = plainDiscOf(planeOf(images[0]!.plane, 0));
  if (disc === undefined) return undefined;
  const { plane, outline } = disc;
  const { diameterMm, centre } = outline;
  if (diameterMm < FLOOD_FROM_MM || diameterMm > FLOOD_TO_MM) return undefined;
  const list = new ResultList();
  list.add({ metric: 'diameter', value: diameterMm, unit: 'mm', method: 'equal-area-disc' });
  const inner = INNER_SHARE * (diameterMm / 2);
  list.add({
    metric: 'percent-integral-uniformity',
    value: integralUniformity(plane, centre, inner),
    unit: '%',
    method: 'acr-1cm2-extremes',
  });
  const nine = ninePlaces(plane, centre, inner - REGION_MM).map((place) => discFigures(plane, place, REGION_MM).mean);
  const { min, max } = figuresOf(nine);
  const uniformity = 1 - (max - min) / (max + min);
  list.add({ metric: 'uniformity', value: 100 * uniformity, unit: '%', method: 'ws-t-263-nine-regions' });
  const smoothing = snrBySmoothing(plane, centre);
  list.add({
    metric: 'snr',
    where: 'smoothing',
    value: smoothing,
    unit: '1',
    method: 'mccann-2013-smoothed-subtraction',
  });
  const factor = snrNormalisation(images[0]!.facts, plane);
  list.add(
    { metric: 'snr-normalisation', value: factor, unit: '1', method: 'voxel-bandwidth-time' },
    'header-incomplete',
  );
  const second = images[1] === undefined ? undefined : planeOf(images[1].plane, 0);
  if (second === undefined) list.miss('snr', 'second-picture-missing', 'subtraction');
  else {
    const value = snrBySubtraction(plane, second, centre);
    list.add(
      { metric: 'snr', where: 'subtraction', value, unit: '1', method: 'nema-ms1-difference' },
      'pictures-differ-in-size',
    );
  }
  return { kind: 'mr-flood', confidence: 0.75, results: list.results, notMeasured: list.notMeasured };
};

/** The middle and eight places around it at 45° [S40]. */
const ninePlaces = (plane: Plane, centre: Point, radiusMm: number): Point[] => [
  centre,
  ...[0, 45, 90, 135, 180, 225, 270, 315].map((degrees) => pointAround(plane, centre, radiusMm, degrees)),
];
