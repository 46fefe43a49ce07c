import { blurInPlace } from '../picture/blur.ts';
import type { Random } from '../picture/random.ts';
import { addField, type Field, type Plane } from '../picture/plane.ts';
import { outlineField, segmentsField, tubeField, type Point, type Station } from '../picture/shapes.ts';
import { cloud, grain } from '../picture/texture.ts';

/** Effective linear attenuation per mm at one beam quality (order of NIST XCOM values, hardened by the patient). */
export interface Tissue {
  readonly soft: number;
  readonly cortex: number;
  readonly spongiosa: number;
  readonly air: number;
}

/** Beam qualities: bone loses contrast against soft tissue as the tube voltage rises. */
export function tissueAt(kv: number): Tissue {
  const soft = 0.0155 + 0.0085 * Math.max(0, (125 - kv) / 75);
  return { soft, cortex: soft * (2.2 + (125 - kv) / 60), spongiosa: soft * (0.35 + (125 - kv) / 300), air: -soft };
}

/** Width over which merging tubes flow into each other. */
const MERGE_MM = 1.1;

/** What an anatomy draws on: mm coordinates of the body, turned and moved as the patient stood. */
export interface Body {
  readonly plane: Plane;
  readonly tissue: Tissue;
  readonly random: Random;
  soft(points: readonly Point[], depthMm: number, roundMm: number, z?: number): void;
  softTube(stations: readonly Station[], factor?: number, z?: number): void;
  /** Soft tissue of several tubes that merge (fingers, vessels). */
  softTubes(tubes: readonly (readonly Station[])[], flattenMm: number, factor?: number): void;
  bone(points: readonly Point[], shape: BoneShape): void;
  boneTube(stations: readonly Station[], shape: BoneShape): void;
  /** A tube whose stations are already projected, for bones that cross all depths. */
  boneTubeOnFilm(stations: readonly Station[], shape: BoneShape): void;
  /** Adds `perPixel` inside an outline, for anything the other strokes do not cover. */
  paint(points: readonly Point[], perPixel: PerPixel, z?: number): void;
  /** Depth in mm of solid organs that push the lung aside, the deepest counting, per pixel of the plane. */
  solids(organs: readonly { points: readonly Point[]; depthMm: number; roundMm: number; z: number }[]): Float32Array;
  vessels(segments: readonly (readonly [Station, Station])[], factor: number): void;
  project(x: number, y: number, z: number): Point;
}

type PerPixel = (edgeMm: number, xMm: number, yMm: number, index: number) => number;

export interface BoneShape {
  readonly cortexMm: number;
  /** Half thickness along the beam; for tubes the radius itself when absent. */
  readonly halfDepthMm?: number;
  readonly z?: number;
  /** Strength of the trabecular pattern, 0–1. */
  readonly trabeculae?: number;
  /** Direction of the trabeculae in radians from the vertical. */
  readonly grainAngle?: number;
  /** Extra cortex where the tube is thinner than its thickest place (diaphysis of long bones). */
  readonly shaftCortexMm?: number;
  /** Cortex by place, where one thickness is not enough (long bones). */
  readonly cortexAt?: (xMm: number, yMm: number) => number;
  readonly density?: number;
  /** Marrow attenuation relative to the tissue table. */
  readonly marrow?: number;
  /** Weakens the bone towards an end: 0–1 by place. */
  readonly fade?: (xMm: number, yMm: number) => number;
}

export interface Stance {
  /** Rotation about the long axis. */
  readonly turnDegrees: number;
  readonly shiftMm: Point;
  /** Size relative to the drawing, across and along the body. */
  readonly scale: readonly [across: number, down: number];
  /** Rotation in the image plane. */
  readonly tiltDegrees: number;
  readonly mirrored: boolean;
}

export function bodyOn(plane: Plane, tissue: Tissue, random: Random, stance: Stance): Body {
  const turn = (stance.turnDegrees * Math.PI) / 180;
  const tilt = (stance.tiltDegrees * Math.PI) / 180;
  const project = (x: number, y: number, z: number): Point => {
    const across = (x * Math.cos(turn) + z * Math.sin(turn)) * stance.scale[0] * (stance.mirrored ? -1 : 1);
    const down = y * stance.scale[1];
    return [
      across * Math.cos(tilt) - down * Math.sin(tilt) + stance.shiftMm[0],
      across * Math.sin(tilt) + down * Math.cos(tilt) + stance.shiftMm[1],
    ];
  };
  const points = (list: readonly Point[], z: number): Point[] => list.map(([x, y]) => project(x, y, z));
  const stations = (list: readonly Station[], z: number): Station[] =>
    list.map(([x, y, r]) => [...project(x, y, z), r * thickness] as const);
  const thickness = (stance.scale[0] + stance.scale[1]) / 2;
  const offset = random.between(0, 512);
  return {
    plane,
    tissue,
    random,
    project,
    soft: (list, depthMm, roundMm, z = 0) =>
      addField(plane, outlineField(plane, points(list, z)), (edge, _r, x, y) => {
        const d = depthMm * dome(edge, roundMm);
        return tissue.soft * d * (1 + 0.006 * cloud.at(x * 1.1 + offset, y * 1.1));
      }),
    softTube: (list, factor = 1, z = 0) =>
      addField(plane, tubeField(plane, stations(list, z)), (edge, r) => tissue.soft * factor * chord(edge, r)),
    softTubes: (tubes, flattenMm, factor = 1) => {
      const segments = tubes.flatMap((tube) => {
        const s = stations(tube, 0);
        return s.slice(1).map((to, i) => [s[i] as Station, to] as const);
      });
      const field = segmentsField(plane, segments);
      const depth = field.edgeMm.map((edge, i) => {
        const full = edge > 0 ? chord(edge, field.radiusMm?.[i] ?? 0) : 0;
        return full < flattenMm ? full : flattenMm + (full - flattenMm) * 0.3;
      });
      blurInPlace(depth, field.width, field.height, MERGE_MM / plane.pitchMm);
      addField(plane, { ...field, edgeMm: depth }, (thickness, _r, x, y) => {
        return tissue.soft * factor * thickness * (1 + 0.012 * cloud.at(x * 1.6 + offset, y * 1.6));
      });
    },
    bone: (list, shape) =>
      addBone(plane, outlineField(plane, points(list, shape.z ?? 0)), tissue, { ...shape, offset }),
    boneTube: (list, shape) =>
      addBone(plane, tubeField(plane, stations(list, shape.z ?? 0)), tissue, { ...shape, offset }),
    boneTubeOnFilm: (list, shape) => addBone(plane, tubeField(plane, list), tissue, { ...shape, offset }),
    paint: (list, perPixel, z = 0) =>
      addField(plane, outlineField(plane, points(list, z)), (edge, _r, x, y, index) => perPixel(edge, x, y, index)),
    solids: (organs) => {
      const depth = new Float32Array(plane.data.length);
      for (const { points: list, depthMm, roundMm, z } of organs) {
        addField({ ...plane, data: depth }, outlineField(plane, points(list, z)), (edge, _r, _x, _y, index) =>
          Math.max(0, depthMm * dome(edge, roundMm) - (depth[index] as number)),
        );
      }
      return depth;
    },
    vessels: (segments, factor) =>
      addField(
        plane,
        segmentsField(
          plane,
          segments.map(([a, b]) => [stations([a], 0)[0] as Station, stations([b], 0)[0] as Station] as const),
        ),
        (edge, r) => tissue.soft * factor * chord(edge, r),
      ),
  };
}

/** Height of a rounded slab, 0–1, as the distance to its edge grows to `roundMm`. */
export function dome(edgeMm: number, roundMm: number): number {
  if (edgeMm >= roundMm) return 1;
  const t = 1 - edgeMm / roundMm;
  return Math.sqrt(1 - t * t);
}

/** Path length through a cylinder of radius r at `edge` from its border. */
export function chord(edgeMm: number, radiusMm: number): number {
  const e = Math.min(edgeMm, radiusMm);
  return 2 * Math.sqrt(e * (2 * radiusMm - e));
}

function addBone(plane: Plane, field: Field, tissue: Tissue, shape: BoneShape & { offset: number }): void {
  const density = shape.density ?? 1;
  const pattern = shape.trabeculae ?? 0.5;
  const [cos, sin] = [Math.cos(shape.grainAngle ?? 0), Math.sin(shape.grainAngle ?? 0)];
  let thickest = 0;
  if (field.radiusMm !== undefined) for (const r of field.radiusMm) if (r > thickest) thickest = r;
  addField(plane, field, (edge, r, x, y) => {
    const half = shape.halfDepthMm ?? r;
    const round = r > 0 ? r : half;
    const slim = thickest > 0 ? Math.min(1, ((thickest - r) / thickest) * 2.5) : 0;
    const cortex = shape.cortexAt?.(x, y) ?? shape.cortexMm + slim * (shape.shaftCortexMm ?? 0);
    const squash = r > 0 && shape.halfDepthMm !== undefined ? half / r : 1;
    const outer = chord(edge, round) * squash;
    const inner = edge > cortex ? chord(edge - cortex, Math.max(0.1, round - cortex)) * squash : 0;
    const u = (x * cos + y * sin) * 3.4 + shape.offset;
    const v = (y * cos - x * sin) * 1.5;
    const lace = pattern * (0.16 * grain.at(u, v) + 0.08 * grain.at(u * 0.5, v * 0.6) + 0.09 * cloud.at(x * 3, y * 3));
    const hollow = 1 - 0.6 * Math.min(1, Math.max(0, cortex - 0.9) / 3);
    const spongy = tissue.spongiosa * hollow * (shape.marrow ?? 1) * inner * Math.max(0, 1 + lace);
    return (
      density *
      (shape.fade?.(x, y) ?? 1) *
      (tissue.cortex * (outer - inner) * (1 + pattern * 0.05 * grain.at(u, v)) + spongy)
    );
  });
}
