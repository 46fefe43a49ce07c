import type { Point } from '../picture/shapes.ts';
import type { Body } from './body.ts';

export interface VertebraSize {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly density: number;
  readonly transverse: number;
}

/** A vertebra from the front: waisted body, end plates, pedicle rings, lamina, spinous and transverse processes. */
export function drawVertebraAp(body: Body, v: VertebraSize): void {
  const { x, y, halfWidth: w, halfHeight: h, density } = v;
  const waist = w * 0.86;
  body.bone(
    [
      [x - w, y - h],
      [x - waist, y - h * 0.35],
      [x - waist, y + h * 0.35],
      [x - w, y + h],
      [x, y + h * 1.02],
      [x + w, y + h],
      [x + waist, y + h * 0.35],
      [x + waist, y - h * 0.35],
      [x + w, y - h],
      [x, y - h * 0.98],
    ],
    { cortexMm: 1, halfDepthMm: 16, trabeculae: 1, grainAngle: Math.PI / 2, density: density * 0.7, marrow: 1.5 },
  );
  for (const s of [-1, 1]) {
    body.boneTube(
      [
        [x - w + 2, y + s * (h - 0.8), 0.9],
        [x, y + s * (h - 0.2), 1.3],
        [x + w - 2, y + s * (h - 0.8), 0.9],
      ],
      { cortexMm: 0.9, trabeculae: 0, density: density * 0.55, halfDepthMm: 6 },
    );
    body.bone(oval(x + s * w * 0.66, y - h * 0.25, w * 0.17, h * 0.4), {
      cortexMm: 1.5,
      halfDepthMm: 7,
      trabeculae: 0.3,
      density,
      z: -22,
    });
    body.boneTube(
      [
        [x + s * w * 0.8, y - h * 0.15, 4.6],
        [x + s * (w + v.transverse * 0.5), y - h * 0.25, 3.6],
        [x + s * (w + v.transverse), y - h * 0.4, 3.2],
      ],
      { cortexMm: 0.8, halfDepthMm: 3, trabeculae: 0.5, density, z: -28 },
    );
    body.bone(
      [
        [x + s * 4, y],
        [x + s * w * 0.5, y - h * 0.6],
        [x + s * w * 0.72, y - h * 1.25],
        [x + s * w * 0.86, y - h * 0.8],
        [x + s * w * 0.6, y + h * 0.5],
        [x + s * w * 0.66, y + h * 1.2],
        [x + s * w * 0.4, y + h * 1.3],
        [x + s * 5, y + h * 0.5],
      ],
      { cortexMm: 1, halfDepthMm: 5, trabeculae: 0.6, density: density * 0.8, z: -38 },
    );
  }
  body.bone(
    [
      [x, y - h * 0.25],
      [x + 4, y + h * 0.3],
      [x + 4.6, y + h],
      [x, y + h * 1.25],
      [x - 4.6, y + h],
      [x - 4, y + h * 0.3],
    ],
    { cortexMm: 1.2, halfDepthMm: 10, trabeculae: 0.4, density: density * 0.8, z: -62 },
  );
}

export interface VertebraSide {
  readonly at: Point;
  /** Half sizes: front to back and top to bottom. */
  readonly half: Point;
  /** Forward tilt in degrees. */
  readonly tiltDegrees: number;
  readonly density: number;
  /** Length of the spinous process. */
  readonly processMm: number;
}

/** A vertebra from the side, its front to the left. */
export function drawVertebraLateral(body: Body, v: VertebraSide): void {
  const [w, h] = v.half;
  const a = (v.tiltDegrees * Math.PI) / 180;
  const place = (list: readonly Point[]): Point[] =>
    list.map(
      ([x, y]) => [v.at[0] + x * Math.cos(a) - y * Math.sin(a), v.at[1] + x * Math.sin(a) + y * Math.cos(a)] as const,
    );
  const plates = (s: number): void => {
    const [p, q, r] = place([
      [-w + 1, s * (h - 0.6)],
      [0, s * (h - 1.2)],
      [w - 1, s * (h - 0.6)],
    ]) as [Point, Point, Point];
    body.boneTube(
      [
        [...p, 0.9],
        [...q, 1.2],
        [...r, 0.9],
      ],
      { cortexMm: 0.9, trabeculae: 0, density: v.density * 0.6, halfDepthMm: 6 },
    );
  };
  body.bone(
    place([
      [-w, -h],
      [-w * 0.9, 0],
      [-w, h],
      [0, h * 0.97],
      [w, h],
      [w * 0.93, 0],
      [w, -h],
      [0, -h * 0.95],
    ]),
    {
      cortexMm: 1,
      halfDepthMm: 17,
      trabeculae: 1,
      grainAngle: Math.PI / 2 + a,
      density: v.density * 0.85,
      marrow: 1.4,
    },
  );
  plates(-1);
  plates(1);
  body.bone(
    place([
      [w - 1, -h * 0.8],
      [w + 9, -h * 0.7],
      [w + 14, -h * 1.25],
      [w + 19, -h * 0.9],
      [w + 17, h * 0.1],
      [w + 20, h * 1.2],
      [w + 14, h * 1.35],
      [w + 9, h * 0.1],
      [w - 1, h * 0.05],
    ]),
    { cortexMm: 1.1, halfDepthMm: 9, trabeculae: 0.5, density: v.density * 0.8 },
  );
  body.bone(
    place([
      [w + 14, -h * 0.25],
      [w + 14 + v.processMm, h * 0.1],
      [w + 15 + v.processMm, h * 0.9],
      [w + 10 + v.processMm * 0.6, h * 1.05],
      [w + 14, h * 0.5],
    ]),
    { cortexMm: 1, halfDepthMm: 4, trabeculae: 0.4, density: v.density * 0.9 },
  );
}

export function oval(x: number, y: number, rx: number, ry: number): Point[] {
  return Array.from({ length: 10 }, (_, i) => {
    const a = (i / 10) * 2 * Math.PI;
    return [x + rx * Math.cos(a), y + ry * Math.sin(a)] as const;
  });
}
