import type { Point } from '../picture/shapes.ts';
import type { Body } from './body.ts';

/** Thick walls in the shafts, thin towards the joint at y = 0. */
const kneeCortex = (_x: number, y: number): number => 0.8 + 3.8 * Math.min(1, Math.max(0, (Math.abs(y) - 48) / 70));

/** Left knee seen from the front: the fibula is on the right of the picture. */
export function drawKneeAp(body: Body): void {
  body.soft(
    [
      [-70, -260],
      [-66, -150],
      [-60, -60],
      [-56, -10],
      [-54, 30],
      [-60, 90],
      [-62, 150],
      [-54, 260],
      [56, 260],
      [64, 150],
      [62, 90],
      [56, 30],
      [56, -10],
      [62, -60],
      [70, -150],
      [76, -260],
    ],
    112,
    52,
  );
  body.soft(
    [
      [-40, -6],
      [40, -6],
      [44, 8],
      [-44, 8],
    ],
    6,
    8,
  );
  const femur: Point[] = [
    [-15, -260],
    [-15.5, -130],
    [-18, -84],
    [-28, -54],
    [-40, -32],
    [-43, -17],
    [-41, -4],
    [-31, 3.5],
    [-16, 2.5],
    [-8, -7],
    [0, -14],
    [8, -7],
    [16, 2],
    [31, 3],
    [40, -4],
    [43, -18],
    [40, -32],
    [28, -54],
    [18, -84],
    [15.5, -130],
    [15, -260],
  ];
  body.bone(femur, { cortexMm: 1, halfDepthMm: 21, trabeculae: 1, grainAngle: 0, cortexAt: kneeCortex, density: 0.85 });
  body.bone(
    [
      [-42, 13],
      [-38, 8.5],
      [-22, 10],
      [-8, 8.5],
      [-4, 3],
      [0, 7],
      [4, 3],
      [8, 8.5],
      [22, 9.5],
      [38, 8],
      [43, 13],
      [42, 24],
      [32, 46],
      [20, 80],
      [15, 130],
      [13, 260],
      [-13, 260],
      [-14, 130],
      [-18, 80],
      [-30, 46],
      [-41, 25],
    ],
    { cortexMm: 1, halfDepthMm: 19, trabeculae: 1, cortexAt: kneeCortex, density: 0.85 },
  );
  body.boneTube(
    [
      [37, 27, 7],
      [40, 32, 9.5],
      [38, 46, 7.5],
      [36, 70, 5.4],
      [35, 130, 5.6],
      [33, 260, 6],
    ],
    { cortexMm: 0.8, shaftCortexMm: 1.8, trabeculae: 0.9, density: 0.9 },
  );
  for (const s of [-1, 1]) {
    body.boneTube(
      [
        [s * 9, 9.6, 0.8],
        [s * 24, 10.4, 1.2],
        [s * 39, 9.8, 0.8],
      ],
      { cortexMm: 0.8, trabeculae: 0, density: 1.3, halfDepthMm: 5 },
    );
    body.boneTube(
      [
        [s * 14, 1.6, 0.6],
        [s * 26, 2.6, 1],
        [s * 38, -1, 0.6],
      ],
      { cortexMm: 0.8, trabeculae: 0, density: 1.1, halfDepthMm: 4 },
    );
  }
  body.bone(
    [
      [0, -56],
      [16, -52],
      [22, -38],
      [18, -24],
      [2, -14],
      [-16, -24],
      [-21, -38],
      [-14, -52],
    ],
    { cortexMm: 0.9, halfDepthMm: 8, trabeculae: 0.5, density: 0.62 },
  );
  body.boneTube(
    [
      [-28, -36, 0.5],
      [-20, -44, 0.7],
      [0, -62, 0.5],
    ],
    { cortexMm: 0.5, trabeculae: 0, density: 0.6 },
  );
  body.boneTube(
    [
      [-36, 28, 0.4],
      [0, 24, 0.7],
      [36, 28, 0.4],
    ],
    { cortexMm: 0.5, trabeculae: 0, density: 0.7 },
  );
}

/** Knee from the side, flexed; the patella is on the left of the picture. */
export function drawKneeLateral(body: Body): void {
  body.softTubes(
    [
      [
        [150, -210, 74],
        [92, -130, 66],
        [40, -60, 58],
        [8, -16, 54],
      ],
      [
        [4, -20, 53],
        [14, 50, 52],
        [34, 130, 54],
        [52, 260, 46],
      ],
      [
        [60, -130, 52],
        [6, -70, 46],
        [-22, -34, 34],
        [-20, 10, 32],
        [-2, 56, 36],
        [14, 110, 42],
      ],
    ],
    102,
  );
  const shaft: Point[] = [
    [150, -232],
    [92, -134],
    [54, -74],
    [38, -40],
    [36, -16],
    [26, 2],
    [8, 9],
    [-12, 6],
    [-24, -8],
    [-27, -24],
    [-18, -42],
    [2, -60],
    [26, -92],
    [66, -150],
    [126, -250],
  ];
  const thick = (x: number, y: number): number => 0.8 + 4 * Math.min(1, Math.max(0, (Math.hypot(x, y) - 66) / 60));
  body.bone(shaft, { cortexMm: 1, halfDepthMm: 19, trabeculae: 1, grainAngle: 0.6, cortexAt: thick, density: 0.72 });
  body.bone(
    [
      [38, -30],
      [34, -10],
      [24, 4],
      [8, 8],
      [-8, 5],
      [-20, -8],
      [-16, -24],
      [4, -36],
      [26, -40],
    ],
    { cortexMm: 0.9, halfDepthMm: 14, trabeculae: 0.7, density: 0.5 },
  );
  body.boneTube(
    [
      [-16, -22, 0.6],
      [4, -20, 1],
      [28, -28, 0.6],
    ],
    { cortexMm: 0.6, trabeculae: 0, density: 0.8 },
  );
  body.bone(
    [
      [-14, 17],
      [0, 14],
      [22, 15],
      [40, 17],
      [43, 26],
      [38, 40],
      [34, 64],
      [40, 120],
      [60, 260],
      [34, 260],
      [14, 130],
      [4, 70],
      [-7, 52],
      [-17, 40],
      [-18, 26],
    ],
    {
      cortexMm: 1,
      halfDepthMm: 18,
      trabeculae: 1,
      cortexAt: (_x, y) => 0.8 + 3.6 * Math.min(1, Math.max(0, (y - 58) / 60)),
      density: 0.8,
    },
  );
  body.boneTube(
    [
      [-12, 16.5, 0.8],
      [12, 15.6, 1.1],
      [38, 18, 0.8],
    ],
    { cortexMm: 0.8, trabeculae: 0, density: 1.2, halfDepthMm: 5 },
  );
  body.boneTube(
    [
      [40, 36, 7],
      [42, 46, 8],
      [42, 62, 6],
      [50, 110, 5.2],
      [72, 260, 5.6],
    ],
    { cortexMm: 0.8, shaftCortexMm: 1.8, trabeculae: 0.8, density: 0.9 },
  );
  body.bone(
    [
      [-46, -52],
      [-38, -50],
      [-33, -38],
      [-32, -24],
      [-38, -12],
      [-45, -20],
      [-50, -38],
    ],
    { cortexMm: 1, halfDepthMm: 15, trabeculae: 0.8, density: 0.85 },
  );
  body.softTube(
    [
      [-44, -12, 3.4],
      [-32, 16, 3.2],
      [-16, 40, 3],
    ],
    1.1,
  );
}
