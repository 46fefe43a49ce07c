/**
 * Logarithm, arc tangent and unit circle built from + − × ÷ √ only, which IEEE 754 rounds alike everywhere: the last bits of
 * Math.log or Math.sin differ between engines, and a figure must not.
 */
const LN_2 = 0.6931471805599453; // ln 2, rounded to a double
/** Odd terms of the series kept: the remainder is below 10⁻¹⁶ for arguments under 0.172. */
const LAST_TERM = 21;
const SQRT_2 = 1.4142135623730951; // √2, rounded to a double

/** Natural logarithm; −Infinity for 0, NaN below. Relative error under 10⁻¹⁵. */
export const naturalLog = (value: number): number => {
  if (!(value > 0)) return value === 0 ? -Infinity : Number.NaN;
  let exponent = 0;
  let mantissa = value;
  while (mantissa > SQRT_2) {
    mantissa /= 2;
    exponent += 1;
  }
  while (mantissa < SQRT_2 / 2) {
    mantissa *= 2;
    exponent -= 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let term = LAST_TERM; term >= 1; term -= 2) sum = sum * square + 1 / term;
  return 2 * s * sum + exponent * LN_2;
};

/** Logarithm to base 2. */
export const log2 = (value: number): number => naturalLog(value) / LN_2;

const DEGREES_PER_RADIAN = 57.29577951308232; // 180 ÷ π

/** Angle of a slope, degrees, −90 … 90. Error under 10⁻¹². */
export const slopeDegrees = (slope: number): number => {
  // Three halvings bring every slope under 0.2, where the series is short.
  let small = slope;
  for (let halving = 0; halving < 3; halving += 1) small /= 1 + Math.sqrt(1 + small * small);
  const square = small * small;
  let sum = 0;
  for (let term = LAST_TERM; term >= 1; term -= 2) sum = 1 / term - sum * square;
  return small * sum * 8 * DEGREES_PER_RADIAN;
};

/** cos and sin of 2πk/n for k = 0 … n−1, n a power of two from 4. */
export const unitCircle = (n: number): { cos: Float64Array; sin: Float64Array } => {
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  cos[0] = 1;
  sin[n / 4] = 1;
  cos[n / 2] = -1;
  sin[(3 * n) / 4] = -1;
  // Each point halfway between two known ones is their sum, scaled to length 1.
  for (let step = n / 4; step > 1; step /= 2) {
    for (let at = 0; at < n; at += step) {
      const next = (at + step) % n;
      const x = cos[at]! + cos[next]!;
      const y = sin[at]! + sin[next]!;
      const length = Math.sqrt(x * x + y * y);
      cos[at + step / 2] = x / length;
      sin[at + step / 2] = y / length;
    }
  }
  return { cos, sin };
};
