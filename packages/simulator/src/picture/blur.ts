/** Three box passes in each direction, close to a Gaussian of `sigma` pixels; edges repeat the border pixel. */
export function blurInPlace(data: Float32Array, width: number, height: number, sigma: number): void {
  if (sigma < 0.3) return;
  const scratch = new Float32Array(data.length);
  if (sigma < 1.2) {
    smallKernel(data, scratch, width, height, sigma);
    return;
  }
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  for (let pass = 0; pass < 3; pass++) {
    boxRows(data, scratch, width, height, radius);
    boxColumns(scratch, data, width, height, radius);
  }
}

/** Averages blocks of `factor` × `factor` pixels. */
export function shrink(data: Float32Array, width: number, height: number, factor: number): Shrunk {
  const w = Math.max(1, Math.floor(width / factor));
  const h = Math.max(1, Math.floor(height / factor));
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let j = 0; j < factor; j++) {
        for (let i = 0; i < factor; i++) sum += data[(y * factor + j) * width + x * factor + i] as number;
      }
      out[y * w + x] = sum / (factor * factor);
    }
  }
  return { data: out, width: w, height: h };
}

export interface Shrunk {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A wide blur, computed on a reduced copy and interpolated back. */
export function wideBlur(data: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const factor = Math.max(1, Math.floor(sigma / 3));
  const small = shrink(data, width, height, factor);
  blurInPlace(small.data, small.width, small.height, sigma / factor);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = clamp((y + 0.5) / factor - 0.5, 0, small.height - 1);
    const v0 = Math.min(small.height - 1, Math.floor(v));
    const v1 = Math.min(small.height - 1, v0 + 1);
    const fv = v - v0;
    for (let x = 0; x < width; x++) {
      const u = clamp((x + 0.5) / factor - 0.5, 0, small.width - 1);
      const u0 = Math.floor(u);
      const u1 = Math.min(small.width - 1, u0 + 1);
      const fu = u - u0;
      const top =
        (small.data[v0 * small.width + u0] as number) * (1 - fu) + (small.data[v0 * small.width + u1] as number) * fu;
      const low =
        (small.data[v1 * small.width + u0] as number) * (1 - fu) + (small.data[v1 * small.width + u1] as number) * fu;
      out[y * width + x] = top * (1 - fv) + low * fv;
    }
  }
  return out;
}

export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

function smallKernel(data: Float32Array, scratch: Float32Array, width: number, height: number, sigma: number): void {
  const side = Math.exp(-0.5 / (sigma * sigma));
  const far = Math.exp(-2 / (sigma * sigma));
  const sum = 1 + 2 * side + 2 * far;
  const [k0, k1, k2] = [1 / sum, side / sum, far / sum];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const get = (i: number): number => data[row + clamp(i, 0, width - 1)] as number;
      scratch[row + x] =
        x > 1 && x < width - 2
          ? k0 * (data[row + x] as number) +
            k1 * ((data[row + x - 1] as number) + (data[row + x + 1] as number)) +
            k2 * ((data[row + x - 2] as number) + (data[row + x + 2] as number))
          : k0 * get(x) + k1 * (get(x - 1) + get(x + 1)) + k2 * (get(x - 2) + get(x + 2));
    }
  }
  for (let y = 0; y < height; y++) {
    const at = (j: number): number => clamp(y + j, 0, height - 1) * width;
    const [r0, r1, r2, r3, r4] = [at(-2), at(-1), at(0), at(1), at(2)];
    for (let x = 0; x < width; x++) {
      data[r2 + x] =
        k0 * (scratch[r2 + x] as number) +
        k1 * ((scratch[r1 + x] as number) + (scratch[r3 + x] as number)) +
        k2 * ((scratch[r0 + x] as number) + (scratch[r4 + x] as number));
    }
  }
}

function boxRows(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const first = from[row] as number;
    const last = from[row + width - 1] as number;
    let sum = first * radius;
    for (let i = 0; i < radius; i++) sum += from[row + Math.min(i, width - 1)] as number;
    for (let x = 0; x < width; x++) {
      sum += x + radius < width ? (from[row + x + radius] as number) : last;
      to[row + x] = sum * scale;
      sum -= x - radius >= 0 ? (from[row + x - radius] as number) : first;
    }
  }
}

function boxColumns(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const scale = 1 / (2 * radius + 1);
  const sum = new Float32Array(width);
  for (let j = -radius; j < radius; j++) {
    const row = clamp(j, 0, height - 1) * width;
    for (let x = 0; x < width; x++) sum[x] = (sum[x] as number) + (from[row + x] as number);
  }
  for (let y = 0; y < height; y++) {
    const enter = clamp(y + radius, 0, height - 1) * width;
    const leave = clamp(y - radius, 0, height - 1) * width;
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const now = (sum[x] as number) + (from[enter + x] as number);
      to[row + x] = now * scale;
      sum[x] = now - (from[leave + x] as number);
    }
  }
}
