import type { Point } from '../picture/shapes.ts';
import { dome, type Body } from './body.ts';
import { oval } from './vertebra.ts';

/** Skull from behind, face to the detector. */
export function drawSkullPa(body: Body): void {
  const { tissue } = body;
  const mirror = (half: readonly Point[]): Point[] => [...half, ...half.toReversed().map(([x, y]) => [-x, y] as const)];
  body.soft(
    mirror([
      [0, -120],
      [40, -112],
      [70, -80],
      [78, -30],
      [76, 20],
      [66, 80],
      [46, 122],
      [42, 160],
      [60, 260],
    ]),
    168,
    60,
  );
  body.bone(
    mirror([
      [0, -114],
      [38, -105],
      [64, -76],
      [72, -30],
      [69, 10],
      [58, 38],
      [46, 44],
      [0, 46],
    ]),
    { cortexMm: 2.4, halfDepthMm: 66, trabeculae: 0.6, density: 0.5, marrow: 0.25 },
  );
  body.bone(
    mirror([
      [0, -107],
      [35, -99],
      [59, -72],
      [66.5, -30],
      [63, 8],
      [54, 34],
      [0, 40],
    ]),
    { cortexMm: 1.4, halfDepthMm: 60, trabeculae: 0.5, density: 0.4, marrow: 0.12 },
  );
  for (const s of [-1, 1]) {
    body.paint(oval(s * 33, 8, 20, 18), (edge) => -tissue.soft * 26 * dome(edge, 8));
    body.boneTube(
      [
        [s * 14, 0, 1.2],
        [s * 22, -10, 1.6],
        [s * 36, -13, 2],
        [s * 50, -6, 2.2],
        [s * 54, 8, 2],
        [s * 48, 22, 1.8],
        [s * 30, 28, 1.6],
        [s * 16, 20, 1.2],
      ],
      { cortexMm: 1.3, trabeculae: 0, halfDepthMm: 7, density: 0.6 },
    );
    body.bone(
      [
        [s * 8, 16],
        [s * 30, 8],
        [s * 58, 8],
        [s * 66, 22],
        [s * 58, 36],
        [s * 30, 30],
        [s * 10, 28],
      ],
      { cortexMm: 1.8, halfDepthMm: 18, trabeculae: 0.8, density: 0.85, marrow: 1.6, z: -20 },
    );
    body.paint(oval(s * 28, 17, 6, 2.4), (edge) => -tissue.spongiosa * 12 * dome(edge, 2), -20);
    body.paint(oval(s * 12, -20, 9, 7), (edge) => -tissue.soft * 18 * dome(edge, 5), 70);
    body.paint(
      [
        [s * 18, 34],
        [s * 42, 32],
        [s * 40, 54],
        [s * 26, 66],
        [s * 18, 56],
      ],
      (edge) => -tissue.soft * 34 * dome(edge, 10),
      60,
    );
    body.boneTube(
      [
        [s * 56, 14, 2],
        [s * 62, 34, 3],
        [s * 44, 50, 2.4],
        [s * 34, 64, 2],
      ],
      { cortexMm: 1.4, trabeculae: 0.3, halfDepthMm: 6 },
    );
    body.boneTube(
      [
        [s * 58, 34, 5],
        [s * 59, 60, 6.5],
        [s * 52, 88, 7.5],
        [s * 32, 110, 8.5],
        [0, 118, 9],
      ],
      { cortexMm: 1.8, trabeculae: 0.6, halfDepthMm: 9, density: 0.9 },
    );
    for (let i = 0; i < 5; i++) {
      const x = s * (3.8 + i * 6.6 - i * i * 0.3);
      body.boneTube(
        [
          [x * 0.94, 66, 2.2],
          [x, 80, 3.4 - i * 0.1],
        ],
        { cortexMm: 2.4, trabeculae: 0, density: 1 },
      );
      body.boneTube(
        [
          [x * 0.95, 87, 3],
          [x * 0.92, 102, 2],
        ],
        { cortexMm: 2.2, trabeculae: 0, density: 1 },
      );
    }
  }
  body.paint(
    [
      [0, 16],
      [10, 34],
      [12, 52],
      [0, 56],
      [-12, 52],
      [-10, 34],
    ],
    (edge) => -tissue.soft * 26 * dome(edge, 6),
    70,
  );
  body.boneTube(
    [
      [0, 4, 1],
      [1, 30, 1.2],
      [-1, 54, 1],
    ],
    { cortexMm: 1, trabeculae: 0, halfDepthMm: 12, density: 0.4 },
  );
  body.boneTube(
    [
      [0, -22, 1],
      [0, -4, 1.4],
      [0, 4, 1],
    ],
    { cortexMm: 1, trabeculae: 0, halfDepthMm: 9, density: 0.5 },
  );
  for (let i = 0; i < 5; i++) {
    const y = 92 + i * 17;
    body.bone(
      [
        [-14, y - 6],
        [14, y - 6],
        [15, y + 6],
        [-15, y + 6],
      ],
      { cortexMm: 1, halfDepthMm: 9, trabeculae: 0.6, density: 0.7, z: -30 },
    );
  }
}
