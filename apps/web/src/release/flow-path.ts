/** Top of the scale: the smallest even number that no value exceeds, at least 2, so that the middle line is whole. */
export const flowTop = (values: readonly number[]): number => {
  const most = Math.max(2, ...values);
  return most % 2 === 0 ? most : most + 1;
};

/** An SVG path through the values, one step of `xOf` each. */
export const flowPath = (
  values: readonly number[],
  xOf: (index: number) => number,
  yOf: (value: number) => number,
): string =>
  values.map((value, index) => `${index === 0 ? 'M' : 'L'}${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}`).join('');
