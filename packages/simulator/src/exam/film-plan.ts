import { positions, type Person, type PositionCode, type PositionSpec } from '../anatomy/positions.ts';
import type { Stance } from '../anatomy/body.ts';
import type { DemoDevice } from '../devices.ts';
import type { FieldEdges } from '../picture/expose.ts';
import type { Random } from '../picture/random.ts';
import {
  radiographDefects,
  type Defect,
  type DefectKind,
  type Marker,
  type PixelBox,
  type RadiographDefect,
} from '../truth.ts';
import { placeForeignObject, type ForeignObject } from './foreign-object.ts';

/** Everything that decides how one film will look, before a pixel is drawn. */
export interface FilmPlan {
  readonly spec: PositionSpec;
  readonly side: 'L' | 'R' | null;
  readonly person: Person;
  readonly stance: Stance;
  readonly field: FieldEdges;
  readonly dose: number;
  readonly motionMm: number;
  readonly blurMm: number;
  readonly secondExposureMm: readonly [number, number] | null;
  readonly gridLines: { readonly amplitude: number; readonly periodPx: number } | null;
  readonly deadColumns: readonly number[];
  readonly stitch: { readonly row: number; readonly offset: number } | null;
  readonly marker: {
    readonly letter: 'L' | 'R';
    readonly atMm: readonly [number, number];
    readonly heightMm: number;
  } | null;
  readonly foreign: ForeignObject | null;
  /** Header keywords left empty. */
  readonly omitted: readonly string[];
  readonly isDuplicated: boolean;
  readonly width: number;
  readonly height: number;
  readonly pixelMm: number;
  readonly defects: readonly Defect[];
}

export interface FilmRequest {
  readonly position: PositionCode;
  readonly side: 'L' | 'R' | null;
  readonly person: Person;
  readonly device: DemoDevice;
  readonly pixelMm: number;
  readonly defectRate: number;
  readonly forcedDefects: readonly DefectKind[];
  readonly random: Random;
}

const MARKER_HEIGHT_MM = 15;
/** Of films with a defect, the share that has a second one. */
const SECOND_DEFECT_SHARE = 0.15;
/** Spread of the deviation index of well-exposed films (TG-232 reports 1.3–3.6 in practice; a well-kept room has less). */
const USUAL_DI_SPREAD = 0.7;

const turnable: ReadonlySet<PositionCode> = new Set(['CH01', 'CH03', 'SP03', 'PV01', 'HD01']);
const widenable: ReadonlySet<PositionCode> = new Set(['UL01', 'LL02', 'LL03', 'SP03', 'SP04', 'HD01', 'HD02']);
/** Anatomy that leaves the field when a technologist centres badly, as a share of the picture: [across, down]. */
const cutShift: Readonly<Record<PositionCode, readonly [number, number]>> = {
  CH01: [0, -0.2],
  CH02: [0, 0.2],
  CH03: [0, -0.2],
  UL01: [0.28, 0],
  LL02: [0.3, 0],
  LL03: [-0.28, 0],
  SP03: [0.28, 0],
  SP04: [0.26, 0],
  PV01: [0, 0.24],
  HD01: [0, -0.2],
  HD02: [-0.16, 0],
};

/** Whether a defect can happen at a position (a knee has no rotation sign here, a chest film fills the detector anyway). */
export function defectFits(kind: RadiographDefect, position: PositionCode): boolean {
  if (kind === 'rotation') return turnable.has(position);
  if (kind === 'field-too-wide') return widenable.has(position);
  if (kind === 'grid-lines') return positions[position].hasGrid;
  return true;
}

export function planFilm(request: FilmRequest): FilmPlan {
  const { device, random, pixelMm } = request;
  const spec = positions[request.position];
  const kinds = chooseDefects(request);
  const has = (kind: RadiographDefect): boolean => kinds.includes(kind);
  const width = Math.round(spec.sizeMm[0] / pixelMm / 2) * 2;
  const height = Math.round(spec.sizeMm[1] / pixelMm / 2) * 2;
  const side = request.side;
  const centre = spec.centreMm ?? [0, 0];
  const cut: readonly [number, number] = has('anatomy-cut-off') ? cutShift[spec.code] : [0, 0];
  const sway = random.fork('stance');
  const turn = has('rotation') ? sway.between(13, 20) * (sway.chance(0.5) ? 1 : -1) : sway.gaussian() * 1.2;
  const stance: Stance = {
    turnDegrees: turn,
    tiltDegrees: sway.gaussian() * (spec.bodyPart === 'CHEST' ? 0.6 : 1.6),
    shiftMm: [
      centre[0] + cut[0] * spec.sizeMm[0] + sway.gaussian() * 3,
      centre[1] + cut[1] * spec.sizeMm[1] + sway.gaussian() * 4,
    ],
    scale: [request.person.build * request.person.girth, request.person.build],
    mirrored: side !== null && side !== spec.drawnSide,
  };
  const field = has('field-too-wide') ? wholeField(spec) : jitterField(spec.field, random.fork('field'));
  const dose = doseFor(has, random.fork('dose'));
  const faults = random.fork('faults');
  const deadColumns = has('dead-lines')
    ? Array.from({ length: 3 }, () => Math.floor(faults.between(0.2, 0.8) * width))
    : [];
  const stitch = has('stitching')
    ? { row: Math.floor(faults.between(0.35, 0.65) * height), offset: faults.between(0.05, 0.09) }
    : null;
  const second = has('double-exposure') ? ([faults.between(18, 34), faults.between(-50, -26)] as const) : null;
  const marker = has('marker-missing')
    ? null
    : placeMarker({ spec, side, field, isWrong: has('marker-wrong-side'), random: random.fork('marker') });
  const foreign = has('foreign-object') ? placeForeignObject(spec, random.fork('foreign')) : null;
  const omitted = has('annotation-missing') ? random.fork('header').pick(omissions) : [];
  const motionMm = has('motion') ? random.fork('motion').between(2.4, 4.5) : 0;
  const gridLines = has('grid-lines')
    ? { amplitude: faults.between(0.025, 0.045), periodPx: faults.between(7, 13) }
    : spec.hasGrid && !device.isMobile
      ? { amplitude: 0.0012, periodPx: 2.3 }
      : null;
  const boxOf = (kind: RadiographDefect): PixelBox | null => {
    if (kind === 'marker-wrong-side') return marker === null ? null : markerBox(marker, { width, height, pixelMm });
    if (kind === 'foreign-object') return foreign === null ? null : mmBox(foreign.boxMm, { width, height, pixelMm });
    if (kind === 'dead-lines')
      return {
        x: Math.min(...deadColumns),
        y: 0,
        width: Math.max(...deadColumns) - Math.min(...deadColumns) + 1,
        height,
      };
    if (kind === 'anatomy-cut-off') return mmBox(cutStrip(cut, field), { width, height, pixelMm });
    if (kind === 'field-too-wide' || kind === 'grid-lines' || kind === 'motion' || kind === 'double-exposure')
      return mmBox(boxOfField(field), { width, height, pixelMm });
    if (kind === 'stitching' && stitch !== null) return { x: 0, y: stitch.row, width, height: 1 };
    return null;
  };
  const factsOf = (kind: RadiographDefect): Defect['facts'] => {
    if (kind === 'rotation') return { turnDegrees: rounded(turn) };
    if (kind === 'under-exposure' || kind === 'over-exposure') return { dose: rounded(dose) };
    if (kind === 'motion') return { motionMm: rounded(motionMm) };
    if (kind === 'annotation-missing') return { omitted: omitted.join(',') };
    if (kind === 'foreign-object') return { object: foreign?.name ?? '' };
    if (kind === 'dead-lines') return { columns: deadColumns.join(',') };
    if (kind === 'anatomy-cut-off')
      return { acrossMm: rounded(cut[0] * spec.sizeMm[0]), downMm: rounded(cut[1] * spec.sizeMm[1]) };
    return {};
  };
  return {
    spec,
    side,
    person: request.person,
    stance,
    field,
    dose,
    motionMm,
    blurMm: 0.11,
    secondExposureMm: second,
    gridLines,
    deadColumns,
    stitch,
    marker,
    foreign,
    omitted,
    isDuplicated: has('duplicate'),
    width,
    height,
    pixelMm,
    defects: kinds.map((kind) => ({ kind, where: boxOf(kind), facts: factsOf(kind) })),
  };
}

type BoxMm = readonly [x: number, y: number, width: number, height: number];

const boxOfField = ({ left, right, top, bottom }: FieldEdges): BoxMm => [left, top, right - left, bottom - top];

/** Depth of the strip along the edge of the field behind which anatomy is missing, mm. */
const CUT_STRIP_MM = 15;

/** The edge of the field that the anatomy was moved towards: there it is cut. */
function cutStrip([across, down]: readonly [number, number], field: FieldEdges): BoxMm {
  const [x, y, width, height] = boxOfField(field);
  if (across > 0) return [field.right - CUT_STRIP_MM, y, CUT_STRIP_MM, height];
  if (across < 0) return [x, y, CUT_STRIP_MM, height];
  if (down > 0) return [x, field.bottom - CUT_STRIP_MM, width, CUT_STRIP_MM];
  return [x, y, width, CUT_STRIP_MM];
}

export function markerOf(plan: FilmPlan): Marker | null {
  return plan.marker === null ? null : { letter: plan.marker.letter, ...markerBox(plan.marker, plan) };
}

const omissions: readonly (readonly string[])[] = [
  ['PatientAge', 'PatientBirthDate'],
  ['OperatorsName'],
  ['AccessionNumber'],
  ['PatientName'],
  ['PatientSex', 'PatientAge'],
  ['InstitutionName'],
  ['BodyPartExamined', 'ImageLaterality'],
];

function chooseDefects(request: FilmRequest): RadiographDefect[] {
  const { random, position } = request;
  const draw = random.fork('defects');
  const fitting = radiographDefects.filter((kind) => defectFits(kind, position));
  const chosen = new Set(fitting.filter((kind) => request.forcedDefects.includes(kind)));
  if (draw.chance(request.defectRate)) {
    chosen.add(draw.pick(fitting));
    if (draw.chance(SECOND_DEFECT_SHARE)) chosen.add(draw.pick(fitting));
  }
  if (chosen.has('marker-missing')) chosen.delete('marker-wrong-side');
  if (chosen.has('under-exposure')) chosen.delete('over-exposure');
  return [...chosen];
}

function doseFor(has: (kind: RadiographDefect) => boolean, random: Random): number {
  if (has('under-exposure')) return random.between(0.16, 0.34);
  if (has('over-exposure')) return random.between(3, 5.5);
  return 10 ** ((random.gaussian() * USUAL_DI_SPREAD) / 10);
}

const wholeField = (spec: PositionSpec): FieldEdges => {
  const [halfWidth, halfHeight] = [spec.sizeMm[0] / 2 - 1, spec.sizeMm[1] / 2 - 1];
  return { left: -halfWidth, right: halfWidth, top: -halfHeight, bottom: halfHeight };
};

function jitterField(field: FieldEdges, random: Random): FieldEdges {
  const move = (): number => random.between(-3, 3);
  return {
    left: field.left + move(),
    right: field.right + move(),
    top: field.top + move(),
    bottom: field.bottom + move(),
  };
}

function placeMarker(request: {
  spec: PositionSpec;
  side: 'L' | 'R' | null;
  field: FieldEdges;
  isWrong: boolean;
  random: Random;
}): FilmPlan['marker'] {
  const { spec, side, field, isWrong, random } = request;
  const right =
    side ?? (spec.viewPosition === 'LL' || spec.viewPosition === 'LAT' ? 'L' : random.pick(['L', 'R'] as const));
  const letter: 'L' | 'R' = isWrong ? (right === 'L' ? 'R' : 'L') : right;
  const inset = MARKER_HEIGHT_MM * 0.5;
  // Films hang with the patient's right on the viewer's left: the right-hand marker belongs there.
  // On a lateral knee the thigh runs into the rear corner, so the marker lies in front.
  const isOnLeft = spec.code === 'LL03' ? right === 'L' : right === 'R';
  const x = isOnLeft ? field.left + inset + 2 : field.right - inset - MARKER_HEIGHT_MM * 0.65;
  const low = spec.code === 'SP03' || spec.code === 'PV01' || spec.code === 'SP04';
  const y = low
    ? field.bottom - MARKER_HEIGHT_MM - inset - random.between(0, 12)
    : field.top + inset + random.between(0, 10);
  return { letter, atMm: [x, y], heightMm: MARKER_HEIGHT_MM };
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixelMm: number;
}

function markerBox(marker: NonNullable<FilmPlan['marker']>, frame: Frame): PixelBox {
  const [x, y] = marker.atMm;
  return mmBox([x, y, marker.heightMm * 0.65, marker.heightMm], frame);
}

function mmBox([x, y, w, h]: BoxMm, frame: Frame): PixelBox {
  const left = Math.max(0, Math.floor(x / frame.pixelMm + frame.width / 2));
  const top = Math.max(0, Math.floor(y / frame.pixelMm + frame.height / 2));
  return {
    x: left,
    y: top,
    width: Math.min(frame.width - left, Math.ceil(w / frame.pixelMm)),
    height: Math.min(frame.height - top, Math.ceil(h / frame.pixelMm)),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
