/** Bins of the histogram: fine enough that a threshold lies within 0.2 % of the range. */
const bins = 512;

/**
 * The value that parts values into two classes with the largest variance between them (Otsu 1979); undefined when all
 * values are alike. Values beyond `from … to` count at the ends.
 */
export const otsuThreshold = (values: ArrayLike<number>, from: number, to: number): number | undefined => {
  if (!(to > from)) return undefined;
  const histogram = new Float64Array(bins);
  const perBin = bins / (to - from);
  for (let at = 0; at < values.length; at += 1) {
    const bin = Math.floor((values[at]! - from) * perBin);
    histogram[bin < 0 ? 0 : bin >= bins ? bins - 1 : bin]! += 1;
  }
  let total = 0;
  for (let bin = 0; bin < bins; bin += 1) total += bin * histogram[bin]!;
  let below = 0;
  let sumBelow = 0;
  let best = -1;
  let first = 0;
  let last = 0;
  for (let bin = 0; bin < bins - 1; bin += 1) {
    below += histogram[bin]!;
    sumBelow += bin * histogram[bin]!;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const difference = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * difference * difference;
    if (between > best) {
      best = between;
      first = bin;
      last = bin;
    } else if (between === best) last = bin;
  }
  // Empty bins between two classes all do equally well: the middle of them is farthest from both.
  return from + ((first + last) / 2 + 1) / perBin;
};
