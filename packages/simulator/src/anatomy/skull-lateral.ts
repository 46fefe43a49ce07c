import type { Point } from '../picture/shapes.ts';
import { dome, type Body } from './body.ts';
import { drawVertebraLateral, oval } from './vertebra.ts';

/** Skull from the side, face to the left. */
export function drawSkullLateral(body: Body): void {
  const { tissue } = body;
  body.soft(
    [
      [-20, -122],
      [-70, -100],
      [-96, -56],
      [-100, -14],
      [-114, 24],
      [-108, 40],
      [-108, 62],
      [-108, 92],
      [-112, 116],
      [-96, 130],
      [-40, 132],
      [-16, 156],
      [-10, 260],
      [86, 260],
      [80, 120],
      [98, 70],
      [108, 10],
      [100, -50],
      [60, -102],
      [20, -121],
    ],
    132,
    62,
  );
  const vault: Point[] = [
    [-20, -116],
    [-62, -100],
    [-88, -62],
    [-92, -22],
    [-84, 2],
    [-62, 16],
    [-30, 26],
    [6, 36],
    [26, 52],
    [56, 62],
    [84, 46],
    [100, 8],
    [94, -44],
    [62, -92],
    [20, -114],
  ];
  body.bone(vault, { cortexMm: 2.4, halfDepthMm: 60, trabeculae: 0.6, density: 0.5, marrow: 0.25 });
  body.bone(
    vault.map(([x, y]) => [x * 0.935 + 0.4, (y + 20) * 0.935 - 20] as const),
    { cortexMm: 1.6, halfDepthMm: 55, trabeculae: 0.6, density: 0.42, marrow: 0.15 },
  );
  drawGrooves(body);
  body.bone(
    [
      [-4, 30],
      [14, 14],
      [38, 10],
      [56, 24],
      [58, 44],
      [40, 56],
      [16, 54],
    ],
    { cortexMm: 2, halfDepthMm: 26, trabeculae: 0.9, density: 1.1, marrow: 1.6 },
  );
  for (const [x, y, r] of [
    [28, 38, 6],
    [40, 44, 9],
    [50, 38, 7],
    [44, 54, 6],
  ] as const) {
    body.paint(oval(x, y, r, r), (edge) => -tissue.spongiosa * 16 * dome(edge, r * 0.7));
  }
  body.boneTube(
    [
      [-34, 12, 1],
      [-22, 10, 1.4],
      [-16, 14, 1.2],
      [-12, 22, 1.4],
      [-4, 24, 1.4],
      [2, 18, 1.4],
      [6, 8, 1.6],
      [12, 22, 1.6],
    ],
    { cortexMm: 1.2, trabeculae: 0, halfDepthMm: 9, density: 0.5 },
  );
  body.boneTube(
    [
      [-84, 0, 1.4],
      [-60, -2, 1.2],
      [-36, 6, 1.4],
      [-24, 10, 1],
    ],
    { cortexMm: 1, trabeculae: 0, halfDepthMm: 9, density: 0.5 },
  );
  face(body);
  for (let i = 0; i < 5; i++)
    drawVertebraLateral(body, {
      at: [32 - i * 2, 72 + i * 18],
      half: [9.5, 7.4],
      tiltDegrees: 0,
      density: 0.8,
      processMm: i === 1 ? 18 : 12,
    });
  body.boneTube(
    [
      [26, 62, 3.4],
      [27, 84, 4.6],
    ],
    { cortexMm: 1.4, trabeculae: 0.3 },
  );
}

function drawGrooves(body: Body): void {
  const { tissue } = body;
  const groove = (stations: (readonly [number, number, number])[]): void =>
    body.vessels(
      stations.slice(1).map((to, i) => [stations[i] as typeof to, to] as const),
      -tissue.cortex / tissue.soft / 3,
    );
  groove([
    [-18, 12, 1],
    [-26, -20, 1],
    [-30, -56, 0.9],
    [-24, -88, 0.7],
  ]);
  groove([
    [-26, -20, 0.9],
    [-4, -54, 0.8],
    [14, -84, 0.6],
  ]);
  groove([
    [-10, 4, 0.9],
    [30, -18, 0.8],
    [62, -40, 0.6],
  ]);
  body.vessels(
    [
      [
        [-46, -104, 0.8],
        [-36, -60, 0.7],
      ],
      [
        [-36, -60, 0.7],
        [-34, -10, 0.6],
      ],
    ],
    -1,
  );
}

function face(body: Body): void {
  const { tissue } = body;
  body.paint(oval(-82, -2, 9, 12), (edge) => -tissue.soft * 26 * dome(edge, 6));
  body.paint(oval(-72, 48, 20, 18), (edge) => -tissue.soft * 44 * dome(edge, 12));
  body.paint(oval(-30, 32, 13, 9), (edge) => -tissue.soft * 30 * dome(edge, 8));
  body.paint(
    [
      [-40, 60],
      [-10, 56],
      [2, 80],
      [0, 130],
      [-12, 180],
      [-20, 180],
      [-14, 120],
      [-24, 76],
    ],
    (edge) => -tissue.soft * 34 * dome(edge, 8),
  );
  for (const [dx, dy] of [
    [0, 0],
    [5, 3],
  ] as const) {
    body.boneTube(
      [
        [-92 + dx, 10 + dy, 1.6],
        [-78 + dx, 26 + dy, 2],
        [-84 + dx, 36 + dy, 1.6],
      ],
      { cortexMm: 1.4, trabeculae: 0.2, halfDepthMm: 7, density: 0.6 },
    );
    body.boneTube(
      [
        [18 + dx, 52 + dy, 5],
        [12 + dx, 70 + dy, 8],
        [2 + dx, 94 + dy, 10],
        [-20 + dx, 108 + dy, 9],
        [-60 + dx, 116 + dy, 9],
        [-92 + dx, 112 + dy, 8],
      ],
      { cortexMm: 1.8, trabeculae: 0.7, halfDepthMm: 8, density: 0.85 },
    );
    body.boneTube(
      [
        [-86 + dx, 38 + dy, 2],
        [-60 + dx, 40 + dy, 2],
        [-24 + dx, 38 + dy, 2],
      ],
      { cortexMm: 1.3, trabeculae: 0.2, halfDepthMm: 5, density: 0.6 },
    );
  }
  body.bone(
    [
      [-102, 66],
      [-94, 62],
      [-60, 66],
      [-42, 70],
      [-46, 82],
      [-98, 82],
    ],
    { cortexMm: 1.4, halfDepthMm: 12, trabeculae: 0.6, density: 0.8 },
  );
  for (let i = 0; i < 7; i++) {
    const x = -97 + i * 8;
    body.boneTube(
      [
        [x + 1, 72, 2.6],
        [x, 88, 3.6],
      ],
      { cortexMm: 2.6, trabeculae: 0, density: 1.1 },
    );
    body.boneTube(
      [
        [x, 95, 3.4],
        [x + 1, 110, 2.4],
      ],
      { cortexMm: 2.4, trabeculae: 0, density: 1.1 },
    );
  }
  body.boneTube(
    [
      [-94, -16, 1.6],
      [-98, 4, 1.6],
      [-106, 18, 1.2],
    ],
    { cortexMm: 1.2, trabeculae: 0, halfDepthMm: 5, density: 0.6 },
  );
}
