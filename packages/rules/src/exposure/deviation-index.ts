/**
 * How far the exposure was from its target, in steps of 10·log10: +1 is 26 % more, −3 is half. Undefined when one of
 * the two is absent, zero or negative. Source: IEC 62494-1, formula as in [S60].
 */
export const deviationIndexOf = (
  exposureIndex: number | undefined,
  targetExposureIndex: number | undefined,
): number | undefined => {
  if (exposureIndex === undefined || targetExposureIndex === undefined) return undefined;
  if (!(exposureIndex > 0) || !(targetExposureIndex > 0)) return undefined;
  return 10 * Math.log10(exposureIndex / targetExposureIndex);
};
