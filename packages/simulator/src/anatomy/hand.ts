import type { Point, Station } from '../picture/shapes.ts';
import type { Body } from './body.ts';
import { drawLongBone } from './long-bone.ts';

interface Ray {
  readonly bones: readonly (readonly [from: Point, to: Point])[];
  readonly widthMm: number;
}

const rays: readonly Ray[] = [
  {
    widthMm: 1.06,
    bones: [
      [
        [23, 40],
        [50, 9],
      ],
      [
        [53, 5],
        [66, -27],
      ],
      [
        [67.5, -31],
        [74, -55],
      ],
    ],
  },
  {
    widthMm: 1,
    bones: [
      [
        [14, 33],
        [24, -31],
      ],
      [
        [25, -33.5],
        [33, -76],
      ],
      [
        [33.8, -78.5],
        [38.3, -104],
      ],
      [
        [38.8, -106],
        [41.5, -125],
      ],
    ],
  },
  {
    widthMm: 1.02,
    bones: [
      [
        [3, 31],
        [4, -34],
      ],
      [
        [4.2, -36.5],
        [5.8, -84],
      ],
      [
        [6, -86.5],
        [7, -116],
      ],
      [
        [7.2, -118],
        [7.8, -138],
      ],
    ],
  },
  {
    widthMm: 0.94,
    bones: [
      [
        [-8, 32],
        [-15.5, -27],
      ],
      [
        [-16, -29.5],
        [-24.5, -73],
      ],
      [
        [-25, -75.5],
        [-30.5, -104],
      ],
      [
        [-31, -106],
        [-34, -125],
      ],
    ],
  },
  {
    widthMm: 0.86,
    bones: [
      [
        [-18, 35],
        [-32, -17],
      ],
      [
        [-33, -19],
        [-46, -53],
      ],
      [
        [-47, -55.5],
        [-54, -75],
      ],
      [
        [-54.8, -77],
        [-60.5, -93],
      ],
    ],
  },
];

const carpals: readonly (readonly Point[])[] = [
  [
    [8, 49],
    [15, 44],
    [21, 47],
    [20, 54],
    [14, 60],
    [8, 60],
    [7, 54],
  ],
  [
    [-4, 50],
    [2, 47.5],
    [7, 51],
    [7, 59],
    [0, 61.5],
    [-5, 58],
  ],
  [
    [-16, 48],
    [-11, 44],
    [-5, 49],
    [-5.5, 56],
    [-12, 57],
    [-17, 53],
  ],
  [
    [-17, 48],
    [-12, 45.5],
    [-9.5, 50],
    [-12, 54.5],
    [-16.5, 53],
  ],
  [
    [17, 44],
    [16.5, 37],
    [22, 35],
    [28, 39],
    [27, 45],
    [21, 46.5],
  ],
  [
    [8.5, 43.5],
    [9, 35.5],
    [15, 34.5],
    [16, 42],
    [12, 44.5],
  ],
  [
    [-4, 34],
    [3, 32],
    [8, 35],
    [7.5, 44],
    [4, 48.5],
    [-2, 47.5],
    [-4.5, 41],
  ],
  [
    [-20, 37],
    [-13, 34],
    [-6, 35],
    [-5, 43],
    [-6.5, 48.5],
    [-12, 43],
    [-18, 41],
  ],
];

/** The right hand from behind, palm on the detector; the mirrored stance gives the left. */
export function drawHandPa(body: Body): void {
  const skin: Station[][] = rays.map((ray, i) => {
    const [first, last] = [ray.bones[0], ray.bones.at(-1)] as [readonly [Point, Point], readonly [Point, Point]];
    const tips = ray.bones.slice(1).map(([from]) => [from[0], from[1], (i === 0 ? 10.4 : 9) * ray.widthMm] as const);
    const [tx, ty] = last[1];
    const [bx, by] = last[0];
    const n = Math.hypot(tx - bx, ty - by);
    return [
      [first[0][0], first[0][1], 14],
      [first[1][0], first[1][1], i === 0 ? 13 : 11.8],
      ...tips,
      [tx, ty, 7.6 * ray.widthMm],
      [tx + ((tx - bx) / n) * 1.5, ty + ((ty - by) / n) * 1.5, 6.6 * ray.widthMm],
    ];
  });
  const palm: Station[][] = [
    [
      [0, 200, 36],
      [0, 110, 31],
      [0, 70, 28.5],
      [2, 40, 28],
    ],
    [
      [16, 40, 17],
      [16, 5, 16],
      [18, -16, 15],
    ],
    [
      [-12, 45, 17],
      [-16, 10, 17],
      [-22, -6, 14],
    ],
    [
      [2, 30, 22],
      [2, -20, 16],
    ],
    [
      [24, 42, 15],
      [36, 20, 15],
      [26, 4, 10],
    ],
  ];
  body.softTubes([...skin, ...palm], 27);
  for (const ray of rays) ray.bones.forEach(([from, to], k) => drawRayBone(body, ray, from, to, k));
  for (const points of carpals) body.bone(points, { cortexMm: 0.7, halfDepthMm: 6.5, trabeculae: 0.8 });
  forearm(body);
  for (const [x, y, r] of [
    [46, 13, 2.4],
    [53, 11.5, 2.2],
    [26, -27, 1.5],
  ] as const) {
    body.boneTube(
      [
        [x, y, r],
        [x + 1.5, y - 1, r],
      ],
      { cortexMm: 0.6, trabeculae: 0.3, density: 0.8 },
    );
  }
}

function drawRayBone(body: Body, ray: Ray, from: Point, to: Point, index: number): void {
  const isThumb = ray.bones.length === 3;
  const kind =
    index === 0 ? 'metacarpal' : index === ray.bones.length - 1 ? 'distal' : index === 1 ? 'proximal' : 'middle';
  const w = ray.widthMm;
  const size = {
    metacarpal: { base: 8.6, shaft: isThumb ? 5.6 : 4.5, head: 7.6, shaftCortexMm: 1.7 },
    proximal: { base: 7.5, shaft: 4.4, head: 5.6, shaftCortexMm: 1.5 },
    middle: { base: 6.5, shaft: 3.8, head: 4.9, shaftCortexMm: 1.2 },
    distal: { base: 5.6, shaft: 2.5, head: 3.4, shaftCortexMm: 0.6 },
  }[kind];
  drawLongBone(body, { from, to, ...size, base: size.base * w, shaft: size.shaft * w, head: size.head * w });
}

function forearm(body: Body): void {
  body.bone(
    [
      [-2, 65],
      [6, 64],
      [16, 60.5],
      [22, 56.5],
      [23.5, 62],
      [19, 76],
      [15.5, 98],
      [14.5, 150],
      [14.5, 230],
      [3, 230],
      [3, 150],
      [2, 98],
      [-3.5, 76],
    ],
    {
      cortexMm: 0.7,
      halfDepthMm: 9,
      trabeculae: 0.9,
      cortexAt: (_x, y) => 0.6 + 1.9 * Math.min(1, Math.max(0, (y - 78) / 40)),
    },
  );
  body.bone(
    [
      [-19, 64.5],
      [-17, 57],
      [-14.8, 64],
      [-7, 67],
      [-7.5, 78],
      [-9.5, 100],
      [-10, 230],
      [-19, 230],
      [-19, 100],
      [-20, 78],
    ],
    {
      cortexMm: 0.7,
      halfDepthMm: 6,
      trabeculae: 0.8,
      cortexAt: (_x, y) => 0.6 + 1.6 * Math.min(1, Math.max(0, (y - 76) / 40)),
    },
  );
}
