import type { Random } from '../picture/random.ts';
import { cloud } from '../picture/texture.ts';
import { ellipse, type Canvas } from './canvas.ts';

/** Typical attenuation in HU. */
const HU = {
  fat: -95,
  muscle: 55,
  blood: 42,
  liver: 58,
  spleen: 50,
  kidney: 34,
  fluid: 8,
  lung: -850,
  air: -1000,
  marrow: 180,
  cortex: 950,
  grey: 37,
  white: 28,
  dense: 1400,
  table: -300,
};

export type CtRegion = 'CT-HEAD' | 'CT-CHEST' | 'CT-ABDOMEN';

/** Draws the slice at `level` (0 top, 1 bottom of the scanned range). */
export function drawCtSlice(canvas: Canvas, region: CtRegion, level: number, random: Random): void {
  const { data } = canvas.plane;
  data.fill(HU.air);
  if (region === 'CT-HEAD') head(canvas, level);
  else trunk(canvas, region, level, random);
}

/** The couch does not move with the patient. */
export function drawCouch(canvas: Canvas, isHead: boolean): void {
  const y = isHead ? 122 : 150;
  const half = isHead ? 90 : 205;
  const curve = (inset: number): [number, number][] => {
    const w = half - inset;
    return [
      [-w, y - 22 + inset],
      [-w * 0.6, y + inset * 0.4],
      [0, y + 9 + inset * 0.2],
      [w * 0.6, y + inset * 0.4],
      [w, y - 22 + inset],
      [w * 0.9, y + 16 - inset],
      [0, y + 26 - inset],
      [-w * 0.9, y + 16 - inset],
    ];
  };
  canvas.fill(curve(0), HU.table);
  canvas.fill(curve(3), -930);
}

function head(c: Canvas, level: number): void {
  const size = Math.sqrt(Math.max(0.1, 1 - (0.82 * (0.62 - level)) ** 2 - Math.max(0, 0.22 - level) * 2.2));
  const [w, h] = [74 * size, 92 * size];
  const skin = ellipse(0, 0, w, h, 0.008);
  c.fill(skin, 20);
  c.rim(skin, -60, 5);
  c.fill(ellipse(0, 0, w - 6, h - 6, 0.008), HU.dense, 0.8);
  c.fill(ellipse(0, 0, w - 12.5, h - 12.5, 0.01), HU.fluid, 0.8);
  const texture = (x: number, y: number): number => {
    const fold = cloud.at(x * 5.2 + level * 90, y * 5.2);
    const rim = Math.hypot(x / (w - 14), y / (h - 14));
    return (rim > 0.8 ? (fold > 0.95 ? -18 : 4) : rim > 0.62 ? fold * 3.5 : -5) + 0.8 * cloud.at(x * 2, y * 2);
  };
  c.fill(ellipse(0, 0, w - 14, h - 14, 0.012), 33, 1.2, texture);
  for (const s of [-1, 1]) c.disc(0, s * h * 0.58, 1, h * 0.3, 46, 0.6);
  if (level > 0.3 && level < 0.75) ventricles(c, level);
  if (level > 0.62) skullBase(c, level, w, h);
}

function ventricles(c: Canvas, level: number): void {
  const open = 1 - Math.abs(level - 0.48) * 2.6;
  if (open <= 0) return;
  for (const s of [-1, 1]) {
    c.fill(
      [
        [s * 2.5, -24 * open - 6],
        [s * 12 * open + 2, -30 * open - 4],
        [s * 10, -14],
        [s * 4, 0],
        [s * 12, 16],
        [s * 21 * open + 2, 34],
        [s * 14, 32],
        [s * 6, 12],
        [s * 2, 2],
      ],
      HU.fluid,
      1.4,
    );
    c.disc(s * 12, -2, 5, 9, HU.grey + 4, 2.5);
    c.disc(s * 22, -4, 6, 12, HU.grey + 5, 3);
    c.disc(s * 9, 10, 8, 9, HU.grey + 4, 3);
    if (level > 0.44) c.disc(s * 17, 28, 2, 2.6, 120, 1);
  }
  if (level > 0.5) c.disc(0, 8, 1.8, 8, HU.fluid, 0.9);
  c.disc(0, 24, 2.2, 2, 160, 1);
}

function skullBase(c: Canvas, level: number, w: number, h: number): void {
  const deep = Math.min(1, (level - 0.62) / 0.2);
  c.fill(ellipse(0, h * 0.5, w * 0.55, h * 0.3), 36, 3);
  c.disc(0, h * 0.12, 13, 11, 35, 3);
  for (const s of [-1, 1]) {
    c.fill(
      [
        [s * 12, 8],
        [s * 30, 2],
        [s * (w - 10), 14],
        [s * (w - 8), 34],
        [s * 42, 30],
        [s * 20, 20],
      ],
      HU.dense * 0.75 * deep + 40 * (1 - deep),
      2,
      (x, y) => 160 * cloud.at(x * 6, y * 6),
    );
    if (level > 0.74) {
      for (let i = 0; i < 7; i++) c.disc(s * (44 + (i % 3) * 5), 19 + Math.floor(i / 3) * 5, 1.8, 1.8, -820, 0.8);
      c.disc(s * 30, -h * 0.58, 15, 15, -30, 2);
      c.disc(s * 30, -h * 0.62, 12, 12, 18, 1.5);
      c.disc(s * 9, -h * 0.5, 6, 17, -950, 1.2);
    }
  }
  if (level > 0.8) c.disc(0, -h * 0.28, 13, 8, -900, 1.5);
}

function trunk(c: Canvas, region: CtRegion, level: number, random: Random): void {
  const isChest = region === 'CT-CHEST';
  const t = isChest ? level : 1 + level;
  const [w, h] = isChest ? [166 + 12 * level, 108 + 8 * level] : [170, 112];
  const skin = ellipse(0, 10, w, h, 0.012);
  c.fill(skin, HU.muscle - 4, 1, (x, y) => 3 * cloud.at(x, y));
  c.rim(skin, HU.fat, isChest ? 13 : 17);
  c.rim(skin, 20, 1.6);
  if (isChest) chest(c, level, w, h, random);
  else abdomen(c, level, random);
  spine(c);
  ribsRing(c, w - 20, h - 20, t);
}

function chest(c: Canvas, level: number, w: number, h: number, random: Random): void {
  const grow = Math.min(1, 0.5 + level * 0.9);
  for (const s of [-1, 1]) {
    const inner = level > 0.45 && s > 0 ? 44 : 20;
    const shape = [
      [s * inner, -58 * grow],
      [s * 60, -76 * grow],
      [s * (w - 44) * grow, -40],
      [s * (w - 34) * grow, 14],
      [s * (w - 54) * grow, 64],
      [s * 60, 88 * grow],
      [s * 28, 74],
      [s * 22, 30],
      [s * (inner - 2), -6],
    ] as const;
    c.fill(shape, HU.lung, 1.6, (x, y) => 24 * cloud.at(x * 3, y * 3) + (y > 40 ? (y - 40) * 1.2 : 0));
    for (let i = 0; i < 70; i++) {
      const reach = Math.sqrt(random.next());
      const x = s * (34 + reach * (w - 84) * grow);
      const y = random.between(-58, 74) * grow * (1 - reach * 0.35);
      const r = (1 - reach) * 4 + 0.5;
      c.disc(x, y, r * random.between(0.8, 2), r, -40 - 420 * reach, r * 0.8);
    }
  }
  if (level < 0.4) {
    c.disc(0, 0, 34, 44, HU.fat, 4);
    c.disc(-1, 2, 9, 8.5, HU.air, 1);
    for (const [x, y, r] of [
      [-17, -22, 9],
      [-6, -30, 7],
      [8, -24, 6],
      [19, -12, 8],
    ] as const)
      c.disc(x, y, r, r, HU.blood, 1.2);
    c.disc(4, 18, 6, 5, 30, 1);
  } else if (level < 0.55) {
    c.disc(2, -4, 38, 46, HU.fat, 5);
    c.disc(-12, -22, 15, 15, HU.blood, 1.4);
    c.disc(12, -18, 20, 13, HU.blood, 1.4);
    c.disc(-28, -8, 8, 9, HU.blood, 1.2);
    c.disc(-11, 12, 7.5, 6.5, HU.air, 1);
    c.disc(11, 14, 7, 6, HU.air, 1);
    c.disc(18, 44, 12.5, 12.5, HU.blood, 1.2);
  } else {
    c.fill(
      [
        [-38, -8],
        [-30, -44],
        [4, -62],
        [52, -48],
        [76, -10],
        [62, 22],
        [20, 34],
        [-20, 26],
      ],
      HU.fat,
      3,
    );
    c.fill(
      [
        [-34, -8],
        [-26, -38],
        [6, -54],
        [48, -42],
        [70, -8],
        [56, 18],
        [20, 28],
        [-16, 22],
      ],
      HU.blood,
      2,
      (x, y) => 5 * cloud.at(x, y),
    );
    c.disc(16, 48, 12, 12, HU.blood, 1.2);
    c.disc(3, 40, 5, 4, 20, 1);
    if (level > 0.86) c.disc(-80, 4, 58 * (level - 0.6), 60 * (level - 0.5), HU.liver, 3);
  }
  c.disc(0, -h + 26, 18, 6, HU.marrow, 1.5);
  c.rim(ellipse(0, -h + 26, 19, 7), 520, 1.4);
}

function abdomen(c: Canvas, level: number, random: Random): void {
  c.fill(ellipse(0, 2, 138, 84, 0.02), HU.fat + 4, 2);
  if (level < 0.85) {
    const l = 1 - level * 0.6;
    c.fill(
      [
        [-132 * l - 4, 0],
        [-118, -54 * l],
        [-60, -76 * l],
        [10 * l, -70 * l],
        [30 * l, -46 * l],
        [-20, -26],
        [-50, 10],
        [-74, 56 * l],
        [-116, 46 * l],
      ],
      HU.liver,
      2,
      (x, y) => 3 * cloud.at(x * 2, y * 2),
    );
    for (let i = 0; i < 9; i++)
      c.disc(
        random.between(-110, -40),
        random.between(-44, 30) * l,
        random.between(1.6, 4),
        random.between(1.6, 3),
        44,
        1.5,
      );
    c.disc(-44, -38 * l, 14, 20, 12, 2);
  }
  if (level < 0.6) {
    c.fill(
      [
        [104, 2],
        [128, 18],
        [122, 56],
        [96, 66],
        [92, 40],
      ],
      HU.spleen,
      2,
    );
    c.fill(
      [
        [20, -66],
        [70, -70],
        [108, -40],
        [90, -8],
        [50, -22],
        [26, -40],
      ],
      30,
      2,
    );
    c.fill(
      [
        [34, -68],
        [68, -70],
        [96, -48],
        [60, -50],
      ],
      HU.air,
      2,
    );
  }
  if (level > 0.25)
    for (const s of [-1, 1]) {
      c.fill(ellipse(s * 66, 48, 27, 30, 0.03), HU.kidney, 1.6);
      c.disc(s * 56, 46, 10, 10, HU.fat + 20, 3);
    }
  c.fill(
    [
      [-26, -8],
      [0, -20],
      [40, -12],
      [86, 4],
      [84, 14],
      [40, 2],
      [4, -4],
      [-22, 6],
    ],
    40,
    2.5,
    (x, y) => 10 * cloud.at(x * 5, y * 5),
  );
  c.disc(10, 34, 11, 11, HU.blood, 1.2);
  c.disc(-16, 34, 12, 9, HU.blood, 1.2);
  for (let i = 0; i < 9; i++) {
    const [x, y] = [random.between(-70, 100), random.between(-66, -8)];
    if (level < 0.5 && x < 30) continue;
    c.disc(x, y, random.between(8, 15), random.between(7, 12), 28, 2);
    if (random.chance(0.5)) c.disc(x, y - 2, 5, 4, -880, 2);
  }
}

function spine(c: Canvas): void {
  for (const s of [-1, 1]) c.fill(ellipse(s * 34, 88, 26, 17, 0.03), HU.muscle + 4, 2);
  const bodyOutline = [
    [-22, 60],
    [-14, 52],
    [0, 50],
    [14, 52],
    [22, 60],
    [20, 74],
    [0, 78],
    [-20, 74],
  ] as const;
  c.fill(bodyOutline, HU.marrow, 1, (x, y) => 28 * cloud.at(x * 9, y * 9));
  c.rim(bodyOutline, 560, 2);
  c.disc(0, 84, 9.5, 8, 12, 1);
  c.disc(0, 84, 5, 4.5, 36, 1);
  for (const s of [-1, 1]) {
    c.fill(
      [
        [s * 12, 74],
        [s * 16, 82],
        [s * 13, 92],
        [s * 4, 98],
        [s * 9, 90],
        [s * 10, 80],
      ],
      640,
      1.2,
    );
    c.fill(
      [
        [s * 14, 78],
        [s * 42, 86],
        [s * 42, 91],
        [s * 14, 88],
      ],
      420,
      1.4,
    );
  }
  c.fill(
    [
      [-3, 95],
      [3, 95],
      [3, 114],
      [-3, 114],
    ],
    560,
    1.2,
  );
}

function ribsRing(c: Canvas, rx: number, ry: number, phase: number): void {
  for (let i = 0; i < 14; i++) {
    const a = (i / 14) * 2 * Math.PI + phase * 1.7;
    if (Math.abs(Math.sin(a) + 1) < 0.14 || Math.sin(a) > 0.93) continue;
    const along = 11;
    const [x, y] = [rx * Math.cos(a), 10 + ry * Math.sin(a)];
    const [tx, ty] = [-Math.sin(a) * along, Math.cos(a) * along];
    const [nx, ny] = [Math.cos(a) * 3.6, Math.sin(a) * 3.6];
    const shape = [
      [x - tx, y - ty],
      [x + nx, y + ny],
      [x + tx, y + ty],
      [x - nx, y - ny],
    ] as const;
    c.fill(shape, 260, 1);
    c.rim(shape, 760, 1.5);
  }
}
