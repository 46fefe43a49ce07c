/** One group of bars: its frequency, how many bright bars it has, and a profile across them. */
export interface BarGroup {
  readonly perMm: number;
  readonly bars: number;
  readonly profile: Float64Array;
}

/** Contrast of a group over that of the first. */
export interface BarContrast {
  readonly perMm: number;
  readonly contrast: number;
}

/** How much of a peak's height above the ground a bar must have: half of the brightest [PD]. */
const BAR_FROM_SHARE = 0.4;

/**
 * Contrast of every group of bars against the first: `(mean of bars − mean of gaps) / (their sum)`. A group that shows
 * fewer bars than it has is not resolved: its contrast is 0.
 */
export const barContrasts = (groups: readonly BarGroup[]): BarContrast[] => {
  const modulations = groups.map(({ profile, bars }) => modulationOf(profile, bars));
  const first = modulations[0] ?? 0;
  return groups.map(({ perMm }, at) => ({ perMm, contrast: first > 0 ? modulations[at]! / first : 0 }));
};

/** Harmonics of a bar pattern and the weight they have in its sine response (Coltman 1954, J. Opt. Soc. Am. 44:468). */
const COLTMAN: readonly (readonly [number, number])[] = [
  [3, 1 / 3],
  [5, -1 / 5],
  [7, 1 / 7],
];

/**
 * The modulation transfer of sine waves from the contrast of bars, relative to the first group: a bar's edges hold
 * higher frequencies, so that bars alone flatter the system. Between groups straight lines, beyond the last 0.
 */
export const sineContrasts = (contrasts: readonly BarContrast[]): BarContrast[] => {
  const sines = contrasts.map(({ perMm, contrast }) => {
    const harmonics = COLTMAN.reduce((sum, [times, weight]) => sum + weight * contrastAt(contrasts, times * perMm), 0);
    return { perMm, contrast: (Math.PI / 4) * (contrast + harmonics) };
  });
  const first = sines[0]?.contrast ?? 0;
  return sines.map(({ perMm, contrast }) => ({ perMm, contrast: first > 0 ? contrast / first : 0 }));
};

const contrastAt = (contrasts: readonly BarContrast[], perMm: number): number => {
  const after = contrasts.findIndex((each) => each.perMm >= perMm);
  if (after < 0) return 0;
  if (after === 0) return contrasts[0]!.contrast;
  const [low, high] = [contrasts[after - 1]!, contrasts[after]!];
  return low.contrast + ((perMm - low.perMm) / (high.perMm - low.perMm)) * (high.contrast - low.contrast);
};

/** The frequency at which the contrast falls to a share, by straight lines between groups; undefined when it does not. */
export const frequencyAtContrast = (contrasts: readonly BarContrast[], share: number): number | undefined => {
  for (let at = 1; at < contrasts.length; at += 1) {
    const [before, after] = [contrasts[at - 1]!, contrasts[at]!];
    if (before.contrast >= share && after.contrast < share) {
      const part = (before.contrast - share) / (before.contrast - after.contrast);
      return before.perMm + part * (after.perMm - before.perMm);
    }
  }
  return undefined;
};

/** (bars − gaps) / (bars + gaps) of one group; 0 when fewer bars show than there are. */
export const modulationOf = (profile: Float64Array, bars: number): number => {
  const levels = barLevels(profile, bars);
  if (levels === undefined || levels.top + levels.gap <= 0) return 0;
  return Math.max(0, (levels.top - levels.gap) / (levels.top + levels.gap));
};

/** bars − gaps of one group, in the unit of the profile; 0 when fewer bars show than there are. */
export const barSwing = (profile: Float64Array, bars: number): number => {
  const levels = barLevels(profile, bars);
  return levels === undefined ? 0 : Math.max(0, levels.top - levels.gap);
};

/** Mean of the brightest `bars` tops, and of the lowest values between neighbours of them. */
const barLevels = (profile: Float64Array, bars: number): { top: number; gap: number } | undefined => {
  const peaks = barPeaks(profile);
  if (peaks.length < bars) return undefined;
  const strongest = peaks.toSorted((one, other) => profile[other]! - profile[one]!).slice(0, bars);
  const inOrder = strongest.toSorted((one, other) => one - other);
  const tops = inOrder.map((at) => profile[at]!);
  const gaps = inOrder.slice(1).map((at, before) => Math.min(...profile.subarray(inOrder[before], at + 1)));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { top: mean(tops), gap: mean(gaps) };
};

/** Tops between which the profile falls; of a flat top the middle. */
const barPeaks = (profile: Float64Array): number[] => {
  const low = Math.min(...profile);
  const high = Math.max(...profile);
  const from = low + BAR_FROM_SHARE * (high - low);
  const fall = 0.04 * (high - low);
  const peaks: number[] = [];
  let top = -1;
  let valley = low;
  for (let at = 0; at < profile.length; at += 1) {
    const value = profile[at]!;
    if (top < 0) {
      valley = Math.min(valley, value);
      if (value >= from && value > valley + fall) top = at;
    } else if (value > profile[top]!) top = at;
    else if (value < profile[top]! - fall) {
      peaks.push(top);
      top = -1;
      valley = value;
    }
  }
  if (top >= 0) peaks.push(top);
  return peaks;
};
