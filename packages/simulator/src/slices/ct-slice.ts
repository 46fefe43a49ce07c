import { blurInPlace, clamp } from '../picture/blur.ts';
import { planeOf, type Plane } from '../picture/plane.ts';
import { randomOf, type Random } from '../picture/random.ts';
import { canvasOn, ellipse } from './canvas.ts';
import { drawCouch, drawCtSlice, type CtRegion } from './ct-anatomy.ts';

export interface CtPlan {
  readonly region: CtRegion;
  readonly matrix: number;
  readonly reconstructionMm: number;
  /** Patient centre against the isocentre, mm. */
  readonly shiftMm: readonly [number, number];
  readonly noiseHu: number;
  /** Names the patient: vessels and bowel differ between patients and agree between scans of one. */
  readonly anatomySeed: string;
  readonly metalMm: readonly [number, number] | null;
}

const LOWEST_HU = -1024;
const HIGHEST_HU = 3071;

/** One CT slice in HU, row-major, in the plan's matrix. */
export function renderCtSlice(plan: CtPlan, level: number, random: Random): Int16Array {
  const pitch = plan.reconstructionMm / plan.matrix;
  const plane = planeOf(plan.matrix, plan.matrix, pitch);
  drawCtSlice(
    canvasOn(plane, plan.shiftMm),
    plan.region,
    level,
    randomOf(`${plan.anatomySeed} ${Math.round(level * 1000)}`),
  );
  drawCouchBelow(plane, plan);
  blurInPlace(plane.data, plane.width, plane.height, 0.55 / pitch);
  if (plan.metalMm !== null) addStreaks(plane, plan.metalMm, plan.shiftMm);
  addNoise(plane, plan, random);
  const radius = plan.matrix / 2;
  return new Int16Array(plane.data.length).map((_, i) => {
    const hu = plane.data[i] as number;
    const outside = Math.hypot((i % plan.matrix) - radius + 0.5, Math.floor(i / plan.matrix) - radius + 0.5) > radius;
    return outside ? LOWEST_HU : Math.round(clamp(hu, LOWEST_HU, HIGHEST_HU));
  });
}

function drawCouchBelow(plane: Plane, plan: CtPlan): void {
  const couch = planeOf(plane.width, plane.height, plane.pitchMm);
  couch.data.fill(-1000);
  drawCouch(canvasOn(couch, plan.shiftMm), plan.region === 'CT-HEAD');
  for (let i = 0; i < plane.data.length; i++) {
    if ((plane.data[i] as number) < -990) plane.data[i] = Math.max(plane.data[i] as number, couch.data[i] as number);
  }
}

/** Dark and bright rays around a metal body, strongest along the line of the longest bone path (across). */
function addStreaks(plane: Plane, metal: readonly [number, number], shift: readonly [number, number]): void {
  const [mx, my] = [metal[0] + shift[0], metal[1] + shift[1]];
  const { width, height, pitchMm, data } = plane;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = (x - width / 2) * pitchMm - mx;
      const dy = (y - height / 2) * pitchMm - my;
      const r = Math.hypot(dx, dy);
      if (r < 4 || (data[y * width + x] as number) < -990) continue;
      const a = Math.atan2(dy, dx);
      const ray =
        Math.sin(11 * a + 0.7) + 0.7 * Math.sin(23 * a) + 0.5 * Math.sin(47 * a + 1.1) - 0.9 * Math.cos(2 * a);
      data[y * width + x] = (data[y * width + x] as number) + ((ray * 1500) / (r + 9)) * Math.exp(-r / 130);
    }
  }
  canvasOn(plane, shift).fill(ellipse(metal[0], metal[1], 6, 4.5), HIGHEST_HU, 0.8);
}

function addNoise(plane: Plane, plan: CtPlan, random: Random): void {
  const noise = new Float32Array(plane.data.length).map(() => random.gaussian());
  blurInPlace(noise, plane.width, plane.height, 0.8);
  let sum = 0;
  for (const value of noise) sum += value * value;
  const scale = plan.noiseHu / Math.sqrt(sum / noise.length);
  const { width, height, pitchMm } = plane;
  for (let i = 0; i < noise.length; i++) {
    const r = Math.hypot(((i % width) - width / 2) * pitchMm, (Math.floor(i / width) - height / 2) * pitchMm);
    // Less noise away from the centre, where rays are shorter.
    const local = 1.15 - 0.5 * Math.min(1, r / 180);
    plane.data[i] = (plane.data[i] as number) + (noise[i] as number) * scale * local;
  }
}
