/** Two-sided 95 % point of the standard normal distribution. */
const z95 = 1.959963984540054;

/** What the sample has to tell: a rate within so much to either side; both between 0 and 1. */
export interface WantedInterval {
  /** The rate that is expected; 0.5 needs the most and is right when nothing is known. */
  readonly expected: number;
  readonly halfWidth: number;
}

/**
 * How many films must be read so that a rate is known within the wanted interval, 95 %: `n0 = z²p(1−p)/E²`, and for a
 * population of N films `n = n0/(1 + (n0 − 1)/N)`; both rounded up, never more than N. Without N the population counts
 * as unlimited. Null (not measurable) for a half width of 0. Source: Cochran, Sampling Techniques, 3rd ed. 1977, § 4.4.
 */
export const sampleSize = ({ expected, halfWidth }: WantedInterval, population?: number): number | null => {
  if (halfWidth <= 0) return null;
  const unlimited = (z95 ** 2 * expected * (1 - expected)) / halfWidth ** 2;
  if (population === undefined) return Math.ceil(unlimited);
  if (population === 0) return 0;
  return Math.min(population, Math.ceil(unlimited / (1 + (unlimited - 1) / population)));
};
