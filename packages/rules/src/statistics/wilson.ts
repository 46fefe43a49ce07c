/** A proportion with the interval that its true value lies in; all three between 0 and 1. */
export interface ProportionInterval {
  readonly proportion: number;
  readonly lower: number;
  readonly upper: number;
}

/** Two-sided 95 % point of the standard normal distribution. */
const z95 = 1.959963984540054;

/**
 * How far a rate can be trusted: Wilson's score interval without continuity correction, 95 % unless another `z` is
 * given. Null (not measurable) when there are no trials. Source: Wilson, JASA 1927;22:209–212; Newcombe, Stat Med
 * 1998;17:857–872, method 3.
 */
export const wilsonInterval = (successes: number, trials: number, z = z95): ProportionInterval | null => {
  if (trials === 0) return null;
  const proportion = successes / trials;
  const zSquared = z * z;
  const centre = 2 * successes + zSquared;
  const spread = z * Math.sqrt(zSquared + 4 * successes * (1 - proportion));
  const divisor = 2 * (trials + zSquared);
  return {
    proportion,
    // At 0 and at n successes the bound is 0 or 1 by definition; rounding would miss it by an ulp.
    lower: successes === 0 ? 0 : (centre - spread) / divisor,
    upper: successes === trials ? 1 : (centre + spread) / divisor,
  };
};
