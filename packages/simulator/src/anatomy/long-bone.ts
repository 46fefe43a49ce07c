import type { Point } from '../picture/shapes.ts';
import type { Body } from './body.ts';

export interface LongBone {
  readonly from: Point;
  readonly to: Point;
  /** Half widths at base, narrowest shaft and head, mm. */
  readonly base: number;
  readonly shaft: number;
  readonly head: number;
  readonly shaftCortexMm: number;
  readonly halfDepthMm?: number;
}

/** A tubular bone from its concave base to its rounded head, with thick cortex in the shaft and thin at the ends. */
export function drawLongBone(body: Body, bone: LongBone): void {
  const [ax, ay] = bone.from;
  const length = Math.hypot(bone.to[0] - ax, bone.to[1] - ay);
  const [ux, uy] = [(bone.to[0] - ax) / length, (bone.to[1] - ay) / length];
  const { base: b, shaft: s, head: h } = bone;
  const side: Point[] = [
    [0, 0.72 * b],
    [0.06, 0.99 * b],
    [0.15, 0.84 * b],
    [0.32, 1.04 * s],
    [0.5, s],
    [0.68, 1.04 * s],
    [0.84, 0.86 * h],
    [0.93, h],
    [0.985, 0.68 * h],
  ];
  const local: Point[] = [[0.035, 0], ...side.map(([t, w]) => [t, -w] as const), [1, 0], ...side.toReversed()];
  const points = local.map(([t, w]) => [ax + ux * t * length - uy * w, ay + uy * t * length + ux * w] as const);
  const [px, py] = body.project(ax, ay, 0);
  const [qx, qy] = body.project(bone.to[0], bone.to[1], 0);
  const l2 = (qx - px) ** 2 + (qy - py) ** 2;
  body.bone(points, {
    cortexMm: 0.5,
    halfDepthMm: bone.halfDepthMm ?? (s + h) / 2,
    trabeculae: 0.8,
    grainAngle: Math.atan2(ux, -uy),
    cortexAt: (x, y) => {
      const t = ((x - px) * (qx - px) + (y - py) * (qy - py)) / l2;
      return 0.45 + bone.shaftCortexMm * Math.max(0, 1 - ((t - 0.5) / 0.36) ** 2);
    },
  });
}
