import { type BrightObject, type BrightObjects, brightObjectsOf, fellowsOf } from './bright-objects.ts';
import { type Film, placeOfReduced, anatomyQuantile } from './film.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';
import { findMarkers } from './side-marker.ts';

/** What lies in the brightest two hundredths of the anatomy is bone or metal; metal is brighter still [PD]. */
const BRIGHTER_THAN = 0.98;
/** Anything so far above its surroundings with so steep an outline is metal, whatever its shape [PD]. */
const METAL_ABOVE = 0.3; // grey of the film's span [PD]
const METAL_EDGE = 0.2; // grey per pixel of the reduced picture [PD]
/** A compact thing needs less: buttons, coins and teeth of a zip are round or square, edges of bones are long [PD]. */
const COMPACT = { above: 0.2, edge: 0.1, brighter: 0.05, filled: 0.6, longest: 2.5 } as const;
/** A thin line over a chest that no rib or clavicle is as steep as: a chain or wire, lengths in pixels of the reduced picture [PD]. */
const THIN = { above: 0.3, edge: 0.15, brighter: -0.15, longer: 20, width: 4 } as const;
/** A line beside the edge of the field is its edge, as a share of the longer side [PD]. */
const EDGE_SHARE = 0.02;
/** Smallest object, as a share of the picture: 2 mm² on a chest film [PD]. */
const SMALLEST_SHARE = 0.00003;
/** An object over the patient has at least this share of anatomy around it, and little of what lies outside [PD]. */
const OVER_ANATOMY = 0.5;
const BESIDE_OUTSIDE = 0.05; // [PD]
const MOST_PLACES = 8; // listed; the rest is counted [PD]

/** Dense things with sharp outlines over the patient: how many (`count`), and the area of each with its place (`object`). */
export const foreignObjects: RadiographMetric = {
  metric: 'foreign-objects',
  unit: '1',
  method:
    'bright patches with steep outlines over the anatomy, compact or thin ones with less; letters and text left out',
  version: 2,
  measure: (film): RadiographAnswer => {
    const markers = findMarkers(film).map(({ object }) => object);
    const patches = brightObjectsOf(film);
    const bright = anatomyQuantile(film, BRIGHTER_THAN);
    const size = film.grey.length;
    const dense = patches.objects.filter(
      (object) =>
        isOverAnatomy(film, object) &&
        !markers.some((marker) => isInside(marker, object)) &&
        ((!isText(object, patches) && (isDense(object, bright) || isCompact(object, bright))) ||
          isThin(film, object, bright)),
    );
    const places = dense.slice(0, MOST_PLACES).map((object) => ({
      value: object.area / size,
      where: 'object',
      place: placeOfReduced(film, object),
    }));
    const all = dense.length === 0 ? {} : { place: placeOfReduced(film, boxAround(dense)) };
    return { figures: [{ value: dense.length, where: 'count', ...all }, ...places] };
  },
};

const isOverAnatomy = (film: Film, object: BrightObject): boolean =>
  object.area >= SMALLEST_SHARE * film.grey.length &&
  object.besideAnatomy >= OVER_ANATOMY &&
  object.besideOutside <= BESIDE_OUTSIDE;

const boxAround = (objects: readonly BrightObject[]) => ({
  left: Math.min(...objects.map(({ left }) => left)),
  right: Math.max(...objects.map(({ right }) => right)),
  top: Math.min(...objects.map(({ top }) => top)),
  bottom: Math.max(...objects.map(({ bottom }) => bottom)),
});

const isInside = (one: BrightObject, other: BrightObject): boolean =>
  one.left >= other.left && one.right <= other.right && one.top >= other.top && one.bottom <= other.bottom;

const isDense = ({ grey, above, edge }: BrightObject, bright: number): boolean =>
  grey > bright && above >= METAL_ABOVE && edge >= METAL_EDGE;

const sidesOf = ({ left, right, top, bottom }: BrightObject) => {
  const [width, height] = [right - left + 1, bottom - top + 1];
  return { long: Math.max(width, height), short: Math.min(width, height) };
};

const isCompact = (object: BrightObject, bright: number): boolean => {
  const { long, short } = sidesOf(object);
  return (
    object.grey - bright > COMPACT.brighter &&
    object.above >= COMPACT.above &&
    object.edge >= COMPACT.edge &&
    object.area >= COMPACT.filled * long * short &&
    long <= COMPACT.longest * short
  );
};

const isThin = ({ facts, border, scan }: Film, object: BrightObject, bright: number): boolean => {
  const { long } = sidesOf(object);
  const inset = EDGE_SHARE * Math.max(scan.reduced.rows, scan.reduced.columns);
  return (
    facts.part === 'chest' &&
    object.grey - bright > THIN.brighter &&
    object.above >= THIN.above &&
    object.edge >= THIN.edge &&
    long >= THIN.longer &&
    object.area <= THIN.width * long &&
    object.left > border.left + inset &&
    object.right < border.right - inset
  );
};

/** Two more patches of like height on the same line make a text [PD]. */
const TEXT_FELLOWS = 2;
const isText = (object: BrightObject, all: BrightObjects): boolean => fellowsOf(object, all) >= TEXT_FELLOWS;
