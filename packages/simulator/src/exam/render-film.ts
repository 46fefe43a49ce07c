import { bodyOn, chord, tissueAt } from '../anatomy/body.ts';
import { exposeFilm, FILM_MAXIMUM, type Film } from '../picture/expose.ts';
import { letterSegments } from '../picture/letters.ts';
import { addField, planeOf } from '../picture/plane.ts';
import type { Random } from '../picture/random.ts';
import { segmentsField } from '../picture/shapes.ts';
import type { DemoDevice } from '../devices.ts';
import type { FilmPlan } from './film-plan.ts';

/** Attenuation per mm of the lead letters' alloy and of jewellery at diagnostic beam qualities, as effective values. */
const LEAD_PER_MM = 1.6;
const METAL_PER_MM = 0.55;

/** Draws one planned film: the anatomy is the patient's, the noise that of one exposure. */
export function renderFilm(plan: FilmPlan, device: DemoDevice, random: { anatomy: Random; noise: Random }): Film {
  const { spec } = plan;
  const plane = planeOf(plan.width / 2, plan.height / 2, plan.pixelMm * 2);
  const body = bodyOn(plane, tissueAt(spec.kv), random.anatomy, plan.stance);
  spec.draw(body, plan.person);
  if (plan.foreign !== null) {
    addField(plane, segmentsField(plane, plan.foreign.segments), (edge, r) => METAL_PER_MM * chord(edge, r));
  }
  if (plan.marker !== null) {
    const letter = letterSegments(plan.marker.letter, plan.marker.atMm, plan.marker.heightMm);
    addField(plane, segmentsField(plane, letter), (edge, r) => LEAD_PER_MM * chord(edge, r));
  }
  const film = exposeFilm(plane, {
    field: plan.field,
    processing: { ...spec.processing, isShuttered: device.isShuttered },
    random: random.noise,
    faults: {
      deadColumns: plan.deadColumns,
      ...(plan.stitch === null ? {} : { stitchRow: plan.stitch.row, stitchOffset: plan.stitch.offset }),
    },
    beam: {
      dose: plan.dose,
      openPhotons: spec.openPhotons,
      scatter: spec.scatter,
      blurMm: plan.blurMm,
      motionMm: plan.motionMm,
      ...(plan.secondExposureMm === null ? {} : { secondExposureMm: plan.secondExposureMm }),
      ...(plan.gridLines === null ? {} : { gridLines: plan.gridLines }),
    },
  });
  if (device.isInverted) {
    for (let i = 0; i < film.pixels.length; i++) film.pixels[i] = FILM_MAXIMUM - (film.pixels[i] as number);
  }
  return film;
}
