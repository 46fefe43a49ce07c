import { dome, type Body } from './body.ts';
import { drawAbdomenAp, drawBowelGas, drawPsoas } from './abdomen.ts';
import { drawIlium, drawSacrumAp } from './pelvis.ts';
import { drawVertebraAp, drawVertebraLateral } from './vertebra.ts';

/** Lumbar spine from the front, L3 in the centre. */
export function drawLumbarAp(body: Body): void {
  drawAbdomenAp(body, -230, 150, 165);
  for (const s of [-1, 1]) {
    body.paint(
      [
        [s * 30, -260],
        [s * 130, -260],
        [s * 140, -170],
        [s * 90, -196],
        [s * 40, -186],
      ],
      (edge) => -body.tissue.soft * 70 * dome(edge, 30),
    );
  }
  body.soft(
    [
      [-140, -190],
      [-60, -196],
      [-20, -150],
      [-50, -90],
      [-120, -40],
      [-146, -90],
    ],
    14,
    40,
  );
  drawPsoas(body, -110, 190);
  drawBowelGas(body, { left: -110, right: 110, top: -60, bottom: 150 }, 16);
  for (const s of [-1, 1]) {
    body.boneTube(
      [
        [s * 22, -178, 4.6],
        [s * 70, -158, 5],
        [s * 112, -116, 4.4],
      ],
      { cortexMm: 0.8, halfDepthMm: 3.4, trabeculae: 0.4, marrow: 1.6 },
    );
    body.boneTube(
      [
        [s * 22, -140, 4.2],
        [s * 56, -122, 4.4],
        [s * 84, -88, 3.4],
      ],
      { cortexMm: 0.8, halfDepthMm: 3, trabeculae: 0.4, marrow: 1.6 },
    );
    drawIlium(body, s, 96);
  }
  drawSacrumAp(body, 98);
  for (let i = -3; i < 5; i++) {
    const y = -76 + i * (i < 0 ? 34 : 37.5);
    drawVertebraAp(body, {
      x: 0,
      y,
      halfWidth: 21 + i * 1.15,
      halfHeight: 13.2 + i * 0.35,
      density: 0.95,
      transverse: i < 0 ? 8 : ([17, 20, 23, 20, 18][i] ?? 18),
    });
  }
}

/** Lumbar spine from the side, front to the left. */
export function drawLumbarLateral(body: Body): void {
  body.soft(
    [
      [-130, -260],
      [-128, -120],
      [-136, 0],
      [-128, 120],
      [-120, 260],
      [150, 260],
      [134, 150],
      [92, 70],
      [84, -20],
      [96, -120],
      [104, -260],
    ],
    285,
    80,
  );
  body.paint(
    [
      [-128, -260],
      [60, -260],
      [64, -176],
      [20, -196],
      [-60, -212],
      [-124, -186],
    ],
    (edge) => -body.tissue.soft * 130 * dome(edge, 40),
  );
  drawBowelGas(body, { left: -110, right: -45, top: -80, bottom: 150 }, 9);
  const bodies = [
    [33, -214, 15, 12.4, 6],
    [28, -180, 15.5, 13, 4],
    [20, -145, 16, 13.4, 1],
    [11, -108, 16.8, 13.8, -3],
    [4, -69, 17.4, 14.2, -3],
    [2, -29, 18, 14.4, 2],
    [7, 11, 18.4, 14.4, 10],
    [20, 50, 18.6, 14.2, 24],
  ] as const;
  bodies.forEach(([x, y, w, h, tilt], i) =>
    drawVertebraLateral(body, {
      at: [x, y],
      half: [w, h],
      tiltDegrees: -tilt,
      density: 1.05,
      processMm: i < 3 ? 20 : 25,
    }),
  );
  body.bone(
    [
      [22, 74],
      [40, 66],
      [62, 84],
      [84, 118],
      [92, 156],
      [82, 178],
      [70, 150],
      [50, 116],
      [32, 94],
    ],
    { cortexMm: 1.2, halfDepthMm: 18, trabeculae: 0.8 },
  );
  body.bone(
    [
      [-46, 66],
      [-24, 34],
      [20, 22],
      [64, 34],
      [84, 62],
      [70, 112],
      [40, 140],
      [0, 130],
      [-34, 104],
    ],
    { cortexMm: 1.4, halfDepthMm: 5, trabeculae: 0.7, density: 0.75 },
  );
  body.bone(
    [
      [-38, 72],
      [-18, 42],
      [24, 30],
      [66, 42],
      [84, 70],
      [72, 118],
      [42, 146],
      [4, 136],
      [-28, 110],
    ],
    { cortexMm: 1.4, halfDepthMm: 5, trabeculae: 0.7, density: 0.65 },
  );
  for (const [y0, y1] of [
    [-226, -188],
    [-192, -142],
  ] as const) {
    body.boneTube(
      [
        [62, y0, 5],
        [40, y0 + 26, 5],
        [-20, y1 + 20, 4.6],
        [-70, y1 + 46, 4],
      ],
      { cortexMm: 0.8, halfDepthMm: 3, trabeculae: 0.3, density: 0.8 },
    );
  }
}
