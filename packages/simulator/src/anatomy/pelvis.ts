import type { Point } from '../picture/shapes.ts';
import { dome, type Body } from './body.ts';
import { drawAbdomenAp, drawBowelGas } from './abdomen.ts';
import { drawVertebraAp, oval } from './vertebra.ts';

/** Iliac wing of one side; `y` is the level of the crest. */
export function drawIlium(body: Body, side: number, y: number): void {
  const at = (list: readonly Point[]): Point[] => list.map(([x, dy]) => [side * x, y + dy] as const);
  body.bone(
    at([
      [46, 34],
      [62, 12],
      [86, -4],
      [112, -2],
      [136, 18],
      [149, 46],
      [151, 62],
      [144, 72],
      [130, 82],
      [122, 96],
      [124, 106],
      [116, 114],
      [120, 128],
      [104, 134],
      [84, 128],
      [70, 118],
      [62, 104],
      [50, 96],
      [42, 70],
    ]),
    { cortexMm: 1.3, halfDepthMm: 6.5, trabeculae: 1, density: 0.8, marrow: 1.5 },
  );
  const crest = [
    [46, 34, 1.6],
    [62, 13, 2.2],
    [86, -2, 2.4],
    [112, 0, 2.4],
    [135, 19, 2.2],
    [148, 46, 1.8],
    [150, 62, 1.2],
  ] as const;
  body.boneTube(
    crest.map(([x, dy, r]) => [side * x, y + dy, r] as const),
    { cortexMm: 1, trabeculae: 0.2, halfDepthMm: 5, density: 0.45 },
  );
  body.boneTube(
    (
      [
        [46, 78, 1],
        [62, 102, 1.3],
        [78, 122, 1.2],
      ] as const
    ).map(([x, dy, r]) => [side * x, y + dy, r] as const),
    { cortexMm: 1, trabeculae: 0, halfDepthMm: 6, density: 0.5 },
  );
}

/** Sacrum and coccyx from the front; `y` is the level of the promontory. */
export function drawSacrumAp(body: Body, y: number): void {
  const half: Point[] = [
    [0, 2],
    [24, 0],
    [44, 10],
    [54, 30],
    [48, 58],
    [34, 84],
    [20, 104],
    [9, 120],
    [5, 140],
    [0, 148],
  ];
  body.bone(
    [...half, ...half.toReversed().map(([x, dy]) => [-x, dy] as const)].map(([x, dy]) => [x, y + dy] as const),
    { cortexMm: 1, halfDepthMm: 12, trabeculae: 1, density: 0.72, marrow: 1.3, z: -40 },
  );
  for (let i = 0; i < 4; i++) {
    for (const s of [-1, 1]) {
      const x = s * (24 - i * 3.4);
      const level = y + 34 + i * 20;
      body.paint(oval(x, level, 5.6 - i * 0.5, 4 - i * 0.2), (edge) => -body.tissue.spongiosa * 9 * dome(edge, 3), -40);
      body.boneTube(
        [
          [x - 6.4, level - 3.6, 0.8],
          [x, level - 5.6, 1.1],
          [x + 6.4, level - 3.6, 0.8],
        ],
        { cortexMm: 0.8, trabeculae: 0, halfDepthMm: 4, z: -40, density: 0.55 },
      );
    }
  }
  for (const s of [-1, 1]) {
    body.boneTube(
      [
        [s * 47, y + 18, 0.8],
        [s * 53, y + 40, 1.2],
        [s * 45, y + 70, 0.8],
      ],
      { cortexMm: 0.8, trabeculae: 0, halfDepthMm: 6, z: -40, density: 0.5 },
    );
  }
  body.boneTube(
    Array.from({ length: 5 }, (_, i) => [0, y + 18 + i * 18, 2.4] as const),
    { cortexMm: 1, halfDepthMm: 4, trabeculae: 0.2, density: 0.7, z: -55 },
  );
}

/** Pelvis with both hips, from the front. */
export function drawPelvisAp(body: Body): void {
  drawAbdomenAp(body, -250, 160, 186);
  body.paint(
    [
      [-4, 150],
      [4, 150],
      [14, 260],
      [-14, 260],
    ],
    (edge) => -body.tissue.soft * 100 * dome(edge, 8),
  );
  for (const s of [-1, 1])
    body.soft(
      [
        [s * 20, 130],
        [s * 170, 60],
        [s * 190, 260],
        [s * 30, 260],
      ],
      8,
      60,
    );
  body.soft(
    [
      [-46, 34],
      [0, 16],
      [46, 34],
      [52, 62],
      [0, 84],
      [-52, 62],
    ],
    14,
    20,
  );
  drawBowelGas(body, { left: -90, right: 90, top: -150, bottom: 30 }, 13);
  drawVertebraAp(body, { x: 0, y: -147, halfWidth: 25, halfHeight: 14, density: 0.9, transverse: 18 });
  drawVertebraAp(body, { x: 0, y: -110, halfWidth: 26, halfHeight: 14, density: 0.9, transverse: 20 });
  drawSacrumAp(body, -88);
  for (const s of [-1, 1]) {
    drawIlium(body, s, -92);
    drawHip(body, s);
  }
}

function drawHip(body: Body, s: number): void {
  const at = (list: readonly (readonly [number, number, number])[]): (readonly [number, number, number])[] =>
    list.map(([x, y, r]) => [s * x, y, r] as const);
  body.boneTube(
    at([
      [78, 26, 17],
      [66, 38, 12],
      [48, 49, 9],
      [30, 58, 8],
      [14, 65, 9],
      [11, 79, 8.5],
      [16, 93, 7],
      [32, 108, 6.5],
      [49, 117, 10],
      [62, 96, 12],
      [72, 66, 14],
      [80, 40, 16],
    ]),
    { cortexMm: 1.2, trabeculae: 0.9, density: 0.85, halfDepthMm: 8 },
  );
  body.bone(oval(s * 93, 32, 27.5, 27.5), { cortexMm: 0.8, halfDepthMm: 15, trabeculae: 0.5, density: 0.35 });
  body.boneTube(
    at([
      [66, 44, 1.2],
      [65, 24, 1.8],
      [76, 5, 2.6],
      [94, -1, 2.8],
      [112, 6, 2.2],
    ]),
    { cortexMm: 1.2, trabeculae: 0.1, halfDepthMm: 8, density: 0.55 },
  );
  const femur: Point[] = [
    [70, 34],
    [72, 20],
    [84, 9],
    [99, 8],
    [112, 16],
    [118, 28],
    [126, 30],
    [136, 25],
    [148, 30],
    [154, 42],
    [153, 60],
    [147, 82],
    [143, 110],
    [141, 260],
    [111, 260],
    [111, 118],
    [108, 100],
    [100, 92],
    [102, 82],
    [108, 72],
    [102, 62],
    [88, 58],
    [76, 50],
  ];
  body.bone(
    femur.map(([x, y]) => [s * x, y] as const),
    {
      cortexMm: 1,
      halfDepthMm: 15,
      trabeculae: 1,
      grainAngle: s * -0.5,
      density: 0.85,
      marrow: 1.1,
      cortexAt: (_x, y) => 0.9 + 4 * Math.min(1, Math.max(0, (y - 72) / 60)),
    },
  );
  body.boneTube(
    at([
      [101, 90, 5],
      [104, 98, 6.5],
      [108, 106, 4],
    ]),
    { cortexMm: 1, trabeculae: 0.5, density: 0.7 },
  );
  body.boneTube(
    at([
      [118, 34, 0.8],
      [124, 60, 1.2],
      [112, 84, 0.8],
    ]),
    { cortexMm: 0.8, trabeculae: 0, halfDepthMm: 5, density: 0.45 },
  );
}
