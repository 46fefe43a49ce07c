import { blurInPlace, clamp } from '../picture/blur.ts';
import { planeOf, type Plane } from '../picture/plane.ts';
import type { Random } from '../picture/random.ts';
import { cloud } from '../picture/texture.ts';
import { canvasOn, ellipse, type Canvas } from './canvas.ts';

export type MrWeighting = 'T1' | 'T2' | 'FLAIR';

export interface MrPlan {
  readonly weighting: MrWeighting;
  readonly matrix: number;
  readonly fieldOfViewMm: number;
  /** Noise as a share of white-matter signal. */
  readonly noise: number;
  /** Strength of ghosts along the phase direction (down the picture), 0 when none. */
  readonly ghost: number;
  /** Anatomy beyond this share of the field of view folds over; 1 when none does. */
  readonly phaseField: number;
}

/** Relative signals of a spin-echo brain at 1.5 T. */
const signals: Readonly<
  Record<MrWeighting, Readonly<Record<'white' | 'grey' | 'fluid' | 'fat' | 'bone' | 'muscle', number>>>
> = {
  T1: { white: 640, grey: 500, fluid: 170, fat: 1050, bone: 60, muscle: 430 },
  T2: { white: 380, grey: 520, fluid: 1250, fat: 820, bone: 50, muscle: 220 },
  FLAIR: { white: 430, grey: 560, fluid: 90, fat: 760, bone: 50, muscle: 280 },
};
const MAXIMUM = 4095;

/** One transverse brain slice; `level` is 0 at the vertex and 1 at the skull base. */
export function renderMrSlice(plan: MrPlan, level: number, random: Random): Uint16Array {
  const plane = planeOf(plan.matrix, plan.matrix, plan.fieldOfViewMm / plan.matrix);
  drawBrain(canvasOn(plane, [0, 0]), plan.weighting, level);
  blurInPlace(plane.data, plane.width, plane.height, 0.55);
  applyCoilProfile(plane);
  if (plan.phaseField < 1) foldOver(plane, plan.phaseField);
  if (plan.ghost > 0) addGhosts(plane, plan.ghost);
  const sigma = plan.noise * signals[plan.weighting].white;
  // Magnitude of a complex signal: Rician noise, never negative.
  return new Uint16Array(plane.data.length).map((_, i) => {
    const value = plane.data[i] as number;
    const re = value + sigma * random.gaussian();
    const im = sigma * random.gaussian();
    return Math.round(clamp(Math.hypot(re, im), 0, MAXIMUM));
  });
}

function drawBrain(c: Canvas, weighting: MrWeighting, level: number): void {
  const s = signals[weighting];
  const size = Math.sqrt(Math.max(0.12, 1 - (0.85 * (0.6 - level)) ** 2 - Math.max(0, 0.2 - level) * 2));
  const [w, h] = [74 * size, 92 * size];
  c.fill(ellipse(0, 0, w, h, 0.008), s.fat, 1);
  c.fill(ellipse(0, 0, w - 5, h - 5, 0.008), s.bone, 1);
  c.fill(ellipse(0, 0, w - 7, h - 7, 0.008), s.fat * 0.5, 1);
  c.fill(ellipse(0, 0, w - 10, h - 10, 0.008), s.bone, 1);
  c.fill(ellipse(0, 0, w - 12, h - 12, 0.01), s.fluid, 1);
  const gyri = (x: number, y: number): number => {
    const rim = Math.hypot(x / (w - 13), y / (h - 13));
    const fold = cloud.at(x * 4.6 + level * 120, y * 4.6) + 0.5 * cloud.at(x * 9 + 40, y * 9);
    const sulcus = rim > 0.72 ? ramp(fold, 0.85, 1.35) : 0;
    const cortex = Math.max(ramp(rim, 0.86, 0.92), rim > 0.56 ? ramp(fold, 0.05, 0.5) * ramp(rim, 0.56, 0.66) : 0);
    return (s.grey - s.white) * cortex * (1 - sulcus) + (s.fluid - s.white) * 0.8 * sulcus + 6 * cloud.at(x * 3, y * 3);
  };
  c.fill(ellipse(0, 0, w - 13, h - 13, 0.012), s.white, 1.2, gyri);
  for (const end of [-1, 1]) c.disc(0, end * h * 0.58, 1.5, h * 0.28, s.fluid, 0.8);
  if (level > 0.25 && level < 0.75) deepBrain(c, s, level);
  if (level > 0.7) lowerBrain(c, s, level, w, h);
}

const ramp = (value: number, from: number, to: number): number => clamp((value - from) / (to - from), 0, 1);

type Signals = (typeof signals)[MrWeighting];

function deepBrain(c: Canvas, s: Signals, level: number): void {
  const open = 1 - Math.abs(level - 0.48) * 2.6;
  for (const side of [-1, 1]) {
    c.disc(side * 22, -4, 7, 14, s.grey * 0.98, 2);
    c.disc(side * 10, 9, 8, 10, s.grey * 0.97, 2);
    c.disc(side * 13, -13, 5, 9, s.grey, 1.6);
    c.fill(
      [
        [side * 36, -18],
        [side * 42, -4],
        [side * 38, 12],
        [side * 34, 0],
      ],
      s.grey,
      1.5,
    );
    c.fill(
      [
        [side * 2.5, -22 * open - 6],
        [side * 11 * open + 2, -29 * open - 4],
        [side * 9, -14],
        [side * 3.6, 0],
        [side * 11, 16],
        [side * 20 * open + 2, 34],
        [side * 13, 32],
        [side * 6, 12],
        [side * 2, 2],
      ],
      s.fluid,
      1.2,
    );
  }
  if (level > 0.48) c.disc(0, 9, 1.8, 8, s.fluid, 0.8);
}

function lowerBrain(c: Canvas, s: Signals, level: number, w: number, h: number): void {
  c.disc(0, h * 0.5, w * 0.58, h * 0.28, s.fluid, 2);
  c.fill(ellipse(0, h * 0.5, w * 0.55, h * 0.26), s.grey * 0.95, 1.6, (x, y) =>
    Math.sin(Math.hypot(x, y - h * 0.5) * 1.4) > 0.55 ? s.fluid * 0.18 : 0,
  );
  c.disc(0, h * 0.14, 14, 12, s.white, 1.6);
  c.disc(0, h * 0.29, 5, 3, s.fluid, 1);
  if (level <= 0.82) return;
  for (const side of [-1, 1]) {
    c.disc(side * 30, -h * 0.6, 16, 16, s.fat, 1.5);
    c.disc(side * 30, -h * 0.64, 12, 12, s.fluid, 1.2);
    c.disc(side * 9, -h * 0.52, 5, 17, s.bone, 1.4);
    c.disc(side * 46, h * 0.2, 13, 7, s.bone * 1.6, 2);
  }
}

/** A head coil receives the rim more strongly than the middle, and one side a little better. */
function applyCoilProfile(plane: Plane): void {
  const { width, height, data } = plane;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width - 0.5, y / height - 0.5];
      data[y * width + x] = (data[y * width + x] as number) * (0.9 + 0.9 * (u * u + v * v) + 0.1 * u - 0.08 * v);
    }
  }
}

/** Periodic movement repeats the head along the phase direction. */
function addGhosts(plane: Plane, strength: number): void {
  const { width, height, data } = plane;
  const still = data.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const [shift, weight] of [
        [0.17, 1],
        [-0.17, 1],
        [0.34, 0.5],
        [-0.34, 0.5],
      ] as const) {
        const from = (y + Math.round(shift * height) + height) % height;
        sum += weight * (still[from * width + x] as number);
      }
      data[y * width + x] = (data[y * width + x] as number) * (1 - strength) + strength * 0.6 * sum;
    }
  }
}

/** Too small a phase field: what lies outside appears on the opposite side. */
function foldOver(plane: Plane, share: number): void {
  const { width, height, data } = plane;
  const whole = data.slice();
  const period = Math.round(height * share);
  const top = Math.floor((height - period) / 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      if (y >= top && y < top + period) {
        for (let from = y - period; from <= y + period; from += period) {
          if (from >= 0 && from < height) sum += whole[from * width + x] as number;
        }
      }
      data[y * width + x] = sum;
    }
  }
}
