import type { Point, Station } from '../picture/shapes.ts';
import { cloud } from '../picture/texture.ts';
import { dome, type Body } from './body.ts';
import { drawVertebraLateral } from './vertebra.ts';

const lung: readonly Point[] = [
  [8, -160],
  [-26, -146],
  [-62, -112],
  [-88, -66],
  [-100, -10],
  [-104, 44],
  [-98, 74],
  [-70, 62],
  [-30, 56],
  [10, 62],
  [50, 84],
  [82, 112],
  [98, 128],
  [106, 104],
  [112, 50],
  [114, -10],
  [106, -70],
  [84, -124],
  [44, -156],
];
const heart: readonly Point[] = [
  [-96, 74],
  [-95, 30],
  [-80, -6],
  [-52, -30],
  [-14, -32],
  [14, -4],
  [26, 36],
  [18, 70],
  [-30, 66],
];

/** Left lateral chest, front to the left of the picture, arms raised. */
export function drawChestLateral(body: Body): void {
  const { tissue } = body;
  body.soft(
    [
      [-36, -420],
      [-36, -340],
      [-36, -260],
      [-40, -200],
      [-60, -160],
      [-104, -100],
      [-122, -30],
      [-126, 60],
      [-122, 140],
      [-124, 220],
      [-124, 320],
      [124, 320],
      [124, 220],
      [128, 140],
      [140, 40],
      [144, -60],
      [126, -140],
      [84, -190],
      [70, -260],
      [70, -340],
      [70, -420],
    ],
    300,
    84,
  );
  body.softTubes(
    [
      [
        [-140, -250, 40],
        [-60, -200, 46],
        [0, -170, 40],
      ],
    ],
    40,
    0.7,
  );
  const solid = body.solids([
    { points: heart, depthMm: 105, roundMm: 42, z: 0 },
    {
      points: [
        [-40, -90],
        [-10, -110],
        [26, -104],
        [44, -70],
        [40, -20],
        [16, -20],
        [14, -64],
        [-20, -76],
      ],
      depthMm: 52,
      roundMm: 14,
      z: 0,
    },
  ]);
  body.paint(lung, (edge, x, y, index) => {
    const depth = 232 * (0.2 + 0.8 * dome(edge, 60)) * Math.min(1, edge / 2.5);
    const left = depth - Math.min(depth * 0.8, solid[index] as number);
    return (
      -tissue.soft *
      0.76 *
      left *
      (0.72 + 0.28 * Math.min(1, Math.max(0, (y + 165) / 120))) *
      (1 + 0.02 * cloud.at(x * 2.2, y * 2.2))
    );
  });
  body.paint(
    [
      [-98, 78],
      [-60, 70],
      [10, 70],
      [70, 104],
      [96, 132],
      [60, 112],
      [0, 92],
      [-60, 88],
    ],
    (edge) => -tissue.soft * 60 * dome(edge, 20),
  );
  hilum(body);
  body.softTubes(
    [
      [
        [8, -240, 8],
        [14, -170, 8],
        [24, -110, 8],
        [28, -74, 7],
      ],
    ],
    40,
    -1.5,
  );
  for (let i = -2; i < 15; i++) {
    const t = i / 14;
    drawVertebraLateral(body, {
      at: [62 + 30 * Math.sin(t * Math.PI) + t * 4, -176 + i * 22.6],
      half: [12 + i * 0.35, 8.6 + i * 0.2],
      tiltDegrees: 12 - 26 * t,
      density: 0.42,
      processMm: 14,
    });
  }
  ribs(body);
  body.boneTube(
    [
      [-66, -122, 5],
      [-84, -92, 6],
      [-100, -52, 4.6],
    ],
    { cortexMm: 1, trabeculae: 0.4, halfDepthMm: 12, density: 0.7 },
  );
  body.boneTube(
    [
      [-102, -48, 4.4],
      [-112, 0, 4.6],
      [-116, 46, 4],
    ],
    { cortexMm: 1, trabeculae: 0.4, halfDepthMm: 12, density: 0.7 },
  );
  for (const dx of [0, 12]) {
    body.bone(
      [
        [84 + dx, -150],
        [104 + dx, -120],
        [118 + dx, -60],
        [120 + dx, -24],
        [110 + dx, -54],
        [94 + dx, -110],
      ],
      { cortexMm: 1, halfDepthMm: 4, trabeculae: 0.3, density: 0.8 },
    );
  }
}

function hilum(body: Body): void {
  const { random } = body;
  const segments: (readonly [Station, Station])[] = [
    [
      [4, -46, 8],
      [18, -32, 9],
    ],
    [
      [18, -34, 7],
      [26, -18, 6],
    ],
  ];
  const grow = (x: number, y: number, angle: number, r: number, left: number): void => {
    if (r < 0.4 || left === 0) return;
    const length = random.between(8, 14);
    const [nx, ny] = [x + Math.cos(angle) * length, y + Math.sin(angle) * length];
    if (nx < -96 || nx > 104 || ny > 70 + Math.max(0, nx) * 0.5 || ny < -150 + Math.abs(nx) * 0.4) return;
    segments.push([
      [x, y, r],
      [nx, ny, r * 0.88],
    ]);
    grow(nx, ny, angle + random.between(-0.22, 0.22), r * 0.85, left - 1);
    if (random.chance(0.6)) grow(nx, ny, angle + random.between(-0.8, 0.8), r * 0.66, left - 1);
  };
  for (let i = 0; i < 18; i++) grow(14, -32, (i / 18) * 2 * Math.PI, random.between(2.4, 4), 12);
  body.vessels(segments, 1.4);
}

function ribs(body: Body): void {
  for (let i = 0; i < 11; i++) {
    for (const [dx, dy] of [
      [0, 0],
      [7, 5],
    ] as const) {
      const y = -168 + i * 22 + dy;
      const reach = Math.min(1, 0.5 + i * 0.09);
      const stations: Station[] = [
        [86 + dx + 20 * Math.sin((i / 10) * Math.PI), y, 5],
        [112 + dx - Math.abs(i - 6) * 3, y + 12, 5],
        [84 - i * 1.5, y + 40, 5.2],
        [20 - 14 * reach, y + 62, 5.2],
        [-50 * reach, y + 78, 4.8],
        [-88 * reach, y + 80, 4.2],
      ];
      body.boneTubeOnFilm(
        stations.map(([x, sy, r]) => [...body.project(x, sy, 0), r] as const),
        { cortexMm: 0.6, halfDepthMm: 3, trabeculae: 0.2, density: 0.62, marrow: 1.6 },
      );
    }
  }
}
