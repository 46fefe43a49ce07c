/**
 * Full width at half height of the one peak of a profile, in steps of the profile; undefined when the peak touches an
 * end. The ground is the lower quartile: a peak fills less than half of its profile.
 */
export const widthAtHalf = (profile: Float64Array): number | undefined => {
  const sorted = profile.toSorted();
  const ground = sorted[sorted.length >> 2] ?? 0;
  let top = 0;
  for (let at = 1; at < profile.length; at += 1) if (profile[at]! > profile[top]!) top = at;
  const half = (profile[top]! + ground) / 2;
  if (!(profile[top]! > ground)) return undefined;
  const left = crossing(profile, top, -1, half);
  const right = crossing(profile, top, 1, half);
  return left === undefined || right === undefined ? undefined : right - left;
};

/** Where a profile falls below a level going from `start`, between steps. */
const crossing = (profile: Float64Array, start: number, step: 1 | -1, level: number): number | undefined => {
  for (let at = start; at + step >= 0 && at + step < profile.length; at += step) {
    const here = profile[at]!;
    const next = profile[at + step]!;
    if (here >= level && next < level) return at + (step * (here - level)) / (here - next);
  }
  return undefined;
};

/**
 * Full width at half height of a plateau on a noisy, sloping ground, in steps: the profile is smoothed over a twentieth
 * of its length, the ground is the lower fifth, the height the upper twentieth.
 */
export const widthAtPlateauHalf = (profile: Float64Array): number | undefined => {
  const smooth = smoothed(profile, Math.max(1, Math.round(profile.length / 80)));
  const sorted = smooth.toSorted();
  const ground = sorted[Math.floor(sorted.length / 5)] ?? 0;
  const height = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  if (!(height > ground)) return undefined;
  // As the ACR sets the level: half of the mean of what is bright, not of its brightest spot.
  const bright = smooth.filter((value) => value >= (ground + height) / 2);
  const half = (ground + bright.reduce((sum, value) => sum + value, 0) / bright.length) / 2;
  let top = 0;
  for (let at = 1; at < smooth.length; at += 1) if (smooth[at]! > smooth[top]!) top = at;
  const left = crossing(smooth, top, -1, half);
  const right = crossing(smooth, top, 1, half);
  return left === undefined || right === undefined ? undefined : right - left;
};

const smoothed = (profile: Float64Array, reach: number): Float64Array =>
  profile.map((_, at) => {
    const window = profile.subarray(Math.max(0, at - reach), at + reach + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
