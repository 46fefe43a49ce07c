import { heart, leftLung, mediastinum, rightLung } from './chest-outlines.ts';
import type { Body } from './body.ts';
import { dome } from './body.ts';
import type { Point, Station } from '../picture/shapes.ts';
import { cloud } from '../picture/texture.ts';

/** The thorax from behind, arms rolled forward; the patient's right is on the left of the picture. */
export function drawChestPa(body: Body, person: { female: boolean; heartSize: number; arms: 'rolled' | 'down' }): void {
  const { tissue, random } = body;
  torso(body);
  const lungDepth = random.between(165, 180);
  const air = -tissue.soft * 0.78;
  const size = person.heartSize;
  const breath = { right: random.between(-13, 9), left: random.between(-11, 9) };
  const breathe = (points: readonly Point[]): Point[] => points.map((point) => lowered(point, breath));
  const solid = body.solids([
    {
      points: breathe(heart).map(([x, y]) => [x * size, 40 + (y - 40) * (0.5 + size / 2)] as const),
      depthMm: 118,
      roundMm: 46,
      z: 25,
    },
    { points: mediastinum, depthMm: 120, roundMm: 20, z: 0 },
  ]);
  for (const lung of [breathe(rightLung), breathe(leftLung)]) {
    body.paint(lung, (edge, x, y, index) => {
      const depth = lungDepth * (0.25 + 0.75 * dome(edge, 62)) * Math.min(1, edge / 2.5);
      const left = depth - Math.min(depth * 0.86, solid[index] as number);
      return (
        air * left * (0.66 + 0.34 * Math.min(1, Math.max(0, (y + 165) / 150))) * (1 + 0.02 * cloud.at(x * 2.2, y * 2.2))
      );
    });
  }
  recess(body, air, breathe);
  lungVessels(body);
  airways(body);
  thoracicSpine(body);
  ribCage(body);
  shoulderGirdle(body, person.arms);
  const bubble = random.between(0.55, 1.15);
  body.paint(
    breathe(stomach.map(([x, y]) => [73 + (x - 73) * bubble, 100 + (y - 97) * bubble] as const)),
    (edge) => -tissue.soft * 42 * bubble * dome(edge, 16),
    10,
  );
  if (person.female) breasts(body);
}

/** Gas bubble under the left dome. */
const stomach: readonly Point[] = [
  [44, 116],
  [60, 100],
  [84, 97],
  [102, 106],
  [100, 124],
  [74, 132],
  [50, 130],
];

/** Moves what lies near the diaphragm down with the depth of the breath, mm; the two sides differ a little. */
function lowered([x, y]: Point, breath: { readonly right: number; readonly left: number }): Point {
  const share = Math.min(1, Math.max(0, (y - 30) / 45));
  const across = Math.min(1, Math.max(0, (x + 20) / 40));
  return [x, y + share * (breath.right * (1 - across) + breath.left * across)];
}

function torso(body: Body): void {
  const side: Point[] = [
    [44, -420],
    [44, -330],
    [44, -260],
    [46, -205],
    [58, -184],
    [96, -170],
    [150, -158],
    [190, -142],
    [215, -110],
    [222, -70],
    [205, -48],
    [180, -34],
    [166, -8],
    [160, 50],
    [160, 120],
    [164, 180],
    [170, 260],
    [170, 340],
    [170, 420],
  ];
  body.soft([...side, ...side.toReversed().map(([x, y]) => [-x, y] as const)], 225, 92);
  body.paint(
    [
      [-150, 70],
      [-80, 52],
      [0, 92],
      [80, 66],
      [150, 90],
      [160, 260],
      [-160, 260],
    ],
    (edge) => body.tissue.soft * 8 * dome(edge, 60),
  );
}

/** Lung behind and below the dome of the diaphragm. */
function recess(body: Body, air: number, breathe: (points: readonly Point[]) => Point[]): void {
  for (const s of [-1, 1]) {
    body.paint(
      breathe([
        [s * 12, 70],
        [s * 60, 62],
        [s * 130, 84],
        [s * 139, 118],
        [s * 110, 128],
        [s * 60, 124],
        [s * 14, 112],
      ]),
      (edge) => air * 16 * dome(edge, 24),
      -60,
    );
  }
}

function airways(body: Body): void {
  const tubes: Station[][] = [
    [
      [-1, -230, 8.5],
      [0, -160, 8.5],
      [1, -120, 8.3],
      [4, -84, 8.2],
      [4, -66, 8],
    ],
    [
      [3, -66, 7],
      [-14, -50, 6.4],
      [-30, -34, 5.4],
      [-40, -16, 4],
    ],
    [
      [5, -66, 6.6],
      [22, -52, 6],
      [42, -40, 5],
      [52, -28, 3.6],
    ],
  ];
  body.softTubes(tubes, 40, -1.25);
}

function lungVessels(body: Body): void {
  const { random } = body;
  const segments: (readonly [Station, Station])[] = [];
  const grow = (x: number, y: number, angle: number, r: number, left: number, side: number): void => {
    if (r < 0.36 || left <= 0) return;
    const length = random.between(8, 15) * (0.5 + r / 5);
    const nx = x + Math.cos(angle) * length;
    const ny = y + Math.sin(angle) * length;
    const limit = 134 - Math.max(0, -70 - ny) * 0.62;
    const low = side < 0 ? 84 : 94;
    if (nx * side < 8 || nx * side > limit || ny < -152 || ny > low + (nx * side > 100 ? 20 : 0)) return;
    segments.push([
      [x, y, r],
      [nx, ny, r * 0.88],
    ]);
    const bend = random.between(-0.22, 0.22);
    grow(nx, ny, angle + bend, r * 0.85, left - 1, side);
    if (random.chance(0.62)) {
      const turn = (random.chance(0.5) ? 1 : -1) * random.between(0.4, 0.85);
      grow(nx, ny, angle + turn, r * random.between(0.55, 0.78), left - 1, side);
    }
  };
  for (const side of [-1, 1]) {
    const toSide = (angle: number): number => (side < 0 ? Math.PI - angle : angle);
    for (let i = 0; i < 17; i++) {
      const angle = -1.45 + (i / 16) * 2.95 + random.between(-0.08, 0.08);
      const y = -28 + (i / 16) * 34;
      grow(
        side * random.between(34, 44),
        y,
        toSide(angle),
        random.between(2.4, 3.8) + Math.max(0, i / 16 - 0.3) * 1.6,
        14,
        side,
      );
      if (i % 3 === 0)
        segments.push([
          [side * 36, y, random.between(5, 7)],
          [side * random.between(42, 50), y + random.between(2, 10), random.between(3, 5)],
        ]);
    }
  }
  body.vessels(segments, 1.5);
}

function thoracicSpine(body: Body): void {
  for (let i = -1; i <= 14; i++) {
    const y = -168 + i * 21.5;
    const w = 14.5 + i * 0.55;
    body.bone(
      [
        [-w, y - 8],
        [-w + 2.5, y],
        [-w, y + 8],
        [0, y + 8.6],
        [w, y + 8],
        [w - 2.5, y],
        [w, y - 8],
        [0, y - 8.6],
      ],
      { cortexMm: 1, halfDepthMm: 13, z: -45, trabeculae: 0.4, density: 0.42 },
    );
    for (const s of [-1, 1]) {
      body.boneTube(
        [
          [s * (w - 4), y - 4, 3.4],
          [s * (w - 4), y + 1, 3.4],
        ],
        { cortexMm: 1.1, z: -62, density: 0.5 },
      );
      body.boneTube(
        [
          [s * (w - 1), y - 4, 4.2],
          [s * (w + 14), y - 8, 3.6],
        ],
        { cortexMm: 1, z: -70, halfDepthMm: 3.5, density: 0.6 },
      );
    }
    body.boneTube(
      [
        [0, y + 4, 2.8],
        [0, y + 13, 3.3],
      ],
      { cortexMm: 1.2, z: -85, halfDepthMm: 7, density: 0.45 },
    );
  }
}

function ribCage(body: Body): void {
  const steepness = body.random.between(0.86, 1.12);
  const widths = [58, 86, 108, 122, 131, 137, 141, 143, 142, 138, 130, 112];
  widths.forEach((half, i) => {
    const y0 = -158 + i * 21.6;
    const drop = steepness * ([34, 56, 68, 76, 82, 86, 90, 92, 92, 90, 60, 36][i] as number);
    const end = i > 9 ? 0.5 : 0.8;
    for (const s of [-1, 1]) {
      const at = (phi: number): Station => {
        const y = y0 + 10 * phi + (drop * (1 - Math.cos(phi * Math.PI))) / 2 - 5 * Math.sin(phi * Math.PI * 2);
        const z = -Math.cos(phi * Math.PI) * 82;
        const [x, py] = body.project(s * half * Math.sin(phi * Math.PI) ** 0.9, y, z);
        return [x, py, (i === 0 ? 6.4 : 6.1) - 0.8 * phi];
      };
      const arc = (from: number, to: number): Station[] =>
        Array.from({ length: 9 }, (_, k) => at(from + ((to - from) * k) / 8));
      const shape = { cortexMm: 0.6, halfDepthMm: 4.2, trabeculae: 0.3, density: 1.25, marrow: 2.2 };
      const fadeAt =
        ([ex, ey]: Station, reach: number) =>
        (x: number, y: number): number =>
          Math.min(1, Math.hypot(x - ex, y - ey) / reach);
      const side = arc(0.05, 0.54);
      body.boneTubeOnFilm(side, { ...shape, fade: fadeAt(side.at(-1) as Station, 14) });
      if (end <= 0.52) return;
      const front = arc(0.47, end);
      const fadeFront = fadeAt(front.at(-1) as Station, 34);
      const fadeSide = fadeAt(front[0] as Station, 14);
      body.boneTubeOnFilm(front, { ...shape, density: 0.95, fade: (x, y) => fadeFront(x, y) * fadeSide(x, y) });
    }
  });
}

function shoulderGirdle(body: Body, arms: 'rolled' | 'down'): void {
  const out = arms === 'rolled' ? 0 : -22;
  for (const s of [-1, 1]) {
    body.boneTube(
      [
        [s * 20, -112, 8],
        [s * 34, -117, 6.6],
        [s * 64, -130, 5.2],
        [s * 100, -146, 5.2],
        [s * 132, -153, 5.8],
        [s * 158, -154, 6.6],
      ],
      { cortexMm: 1.1, shaftCortexMm: 0.6, z: 62, trabeculae: 0.5 },
    );
    body.bone(
      [
        [s * (148 + out), -128],
        [s * (146 + out), -84],
        [s * (152 + out), -36],
        [s * (160 + out), -16],
        [s * (170 + out), -40],
        [s * (182 + out), -92],
        [s * (190 + out), -118],
        [s * (172 + out), -132],
      ],
      { cortexMm: 1.1, halfDepthMm: 2.6, z: -60, trabeculae: 0.3 },
    );
    body.boneTube(
      [
        [s * (150 + out), -128, 4],
        [s * (176 + out), -142, 5],
        [s * (196 + out), -152, 6],
      ],
      { cortexMm: 1.2, z: -60, halfDepthMm: 4 },
    );
    body.boneTube(
      [
        [s * 206, -132, 22],
        [s * 214, -100, 15],
        [s * 224, -40, 13],
      ],
      { cortexMm: 1, shaftCortexMm: 3, trabeculae: 0.6 },
    );
    body.bone(
      [
        [s * 10, -122],
        [s * 20, -118],
        [s * 22, -104],
        [s * 16, -90],
        [0, -84],
        [0, -120],
      ],
      { cortexMm: 0.9, halfDepthMm: 5, z: 75, trabeculae: 0.3, density: 0.7 },
    );
  }
}

function breasts(body: Body): void {
  for (const s of [-1, 1]) {
    body.soft(
      [
        [s * 34, -6],
        [s * 80, -22],
        [s * 130, 0],
        [s * 148, 44],
        [s * 130, 82],
        [s * 84, 96],
        [s * 44, 74],
        [s * 28, 34],
      ],
      26,
      40,
      90,
    );
  }
}
