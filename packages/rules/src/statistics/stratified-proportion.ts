import type { ProportionInterval } from './wilson.ts';

/** Two-sided 95 % point of the standard normal distribution. */
const z95 = 1.959963984540054;

/** One stratum of a sample: films that there were, films that were read, and those of them that count. */
export interface StratumCount {
  readonly population: number;
  readonly read: number;
  readonly counted: number;
}

/**
 * A rate of all films from a stratified sample: each stratum counts by its size, `p = Σ W_h p_h`, with the variance
 * `Σ W_h² (1 − n_h/N_h) p_h(1 − p_h)/(n_h − 1)`, so that a stratum that was read completely adds no doubt. 95 %, cut to
 * 0 … 1. A stratum with a single film read of several has no variance of its own and takes the largest there can be.
 * Null (not measurable) when nothing was read in some stratum that has films: its rate is unknown.
 * Source: Cochran, Sampling Techniques, 3rd ed. 1977, equations 5.1 and 5.15.
 */
export const stratifiedProportion = (strata: readonly StratumCount[]): ProportionInterval | null => {
  const held = strata.filter(({ population }) => population > 0);
  const all = held.reduce((sum, { population }) => sum + population, 0);
  if (all === 0 || held.some(({ read }) => read === 0)) return null;
  let proportion = 0;
  let variance = 0;
  for (const { population, read, counted } of held) {
    const weight = population / all;
    const rate = counted / read;
    proportion += weight * rate;
    const spread = read > 1 ? (rate * (1 - rate)) / (read - 1) : 1 / 4;
    variance += weight ** 2 * (1 - read / population) * spread;
  }
  const half = z95 * Math.sqrt(variance);
  return { proportion, lower: Math.max(0, proportion - half), upper: Math.min(1, proportion + half) };
};
