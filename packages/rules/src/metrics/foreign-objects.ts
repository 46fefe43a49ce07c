import { type BrightObject, type BrightObjects, brightObjectsOf, fellowsOf } from './bright-objects.ts';
import { type Film, placeOfReduced, anatomyQuantile } from './film.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';
import { findMarkers } from './side-marker.ts';

/** Metal is brighter than this share of the anatomy, stands so far above its surroundings, and has so steep an outline [PD]. */
const BRIGHTER_THAN = 0.98;
const METAL_ABOVE = 0.3; // grey of the film's span [PD]
const METAL_EDGE = 0.2; // grey per pixel of the reduced picture [PD]
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
  method: 'bright patches with steep outlines over the anatomy, letters and text left out',
  version: 1,
  measure: (film): RadiographAnswer => {
    const markers = new Set(findMarkers(film).map(({ object }) => object));
    const all = brightObjectsOf(film);
    const bright = anatomyQuantile(film, BRIGHTER_THAN);
    const size = film.grey.length;
    const dense = all.objects.filter(
      (object) => !markers.has(object) && isDense(film, object, bright) && !isText(object, all),
    );
    const places = dense.slice(0, MOST_PLACES).map((object) => ({
      value: object.area / size,
      where: 'object',
      place: placeOfReduced(film, object),
    }));
    return { figures: [{ value: dense.length, where: 'count' }, ...places] };
  },
};

const isDense = (film: Film, object: BrightObject, bright: number): boolean =>
  object.area >= SMALLEST_SHARE * film.grey.length &&
  object.grey > bright &&
  object.above >= METAL_ABOVE &&
  object.edge >= METAL_EDGE &&
  object.besideAnatomy >= OVER_ANATOMY &&
  object.besideOutside <= BESIDE_OUTSIDE;

/** Two more patches of like height on the same line make a text [PD]. */
const TEXT_FELLOWS = 2;
const isText = (object: BrightObject, all: BrightObjects): boolean => fellowsOf(object, all) >= TEXT_FELLOWS;
