import { blurInPlace } from './blur.ts';
import { randomOf } from './random.ts';

const SIDE = 512;
const MASK = SIDE - 1;

/** Band-passed noise of unit standard deviation that repeats every 512 samples in both directions. */
export interface Texture {
  at(u: number, v: number): number;
}

let fine: Float32Array | undefined;
let coarse: Float32Array | undefined;

/** Trabecula-like grain: about two samples wide. */
export const grain: Texture = { at: (u, v) => sample((fine ??= tile('grain', 1.1, 3)), u, v) };
/** Cloud-like unevenness: about twenty samples wide. */
export const cloud: Texture = { at: (u, v) => sample((coarse ??= tile('cloud', 9, 60)), u, v) };

function sample(data: Float32Array, u: number, v: number): number {
  const u0 = Math.floor(u);
  const v0 = Math.floor(v);
  const fu = u - u0;
  const fv = v - v0;
  const top = (v0 & MASK) * SIDE;
  const low = ((v0 + 1) & MASK) * SIDE;
  const left = u0 & MASK;
  const right = (u0 + 1) & MASK;
  return (
    ((data[top + left] as number) * (1 - fu) + (data[top + right] as number) * fu) * (1 - fv) +
    ((data[low + left] as number) * (1 - fu) + (data[low + right] as number) * fu) * fv
  );
}

function tile(name: string, narrow: number, wide: number): Float32Array {
  const random = randomOf(`texture ${name}`);
  const white = new Float32Array(SIDE * SIDE).map(() => random.next() - 0.5);
  const passed = wrappedBlur(white, narrow);
  const low = wrappedBlur(white, wide);
  let sum = 0;
  for (let i = 0; i < passed.length; i++) {
    const value = (passed[i] as number) - (low[i] as number);
    passed[i] = value;
    sum += value * value;
  }
  const scale = 1 / Math.sqrt(sum / passed.length);
  for (let i = 0; i < passed.length; i++) passed[i] = (passed[i] as number) * scale;
  return passed;
}

function wrappedBlur(data: Float32Array, sigma: number): Float32Array {
  const large = new Float32Array(4 * SIDE * SIDE);
  for (let y = 0; y < 2 * SIDE; y++) {
    for (let x = 0; x < 2 * SIDE; x++) {
      large[y * 2 * SIDE + x] = data[((y + SIDE / 2) & MASK) * SIDE + ((x + SIDE / 2) & MASK)] as number;
    }
  }
  blurInPlace(large, 2 * SIDE, 2 * SIDE, sigma);
  const out = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) out[y * SIDE + x] = large[(y + SIDE / 2) * 2 * SIDE + x + SIDE / 2] as number;
  }
  return out;
}
