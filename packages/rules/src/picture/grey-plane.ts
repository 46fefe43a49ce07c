/**
 * A decoded grey picture as measurements take it, stored values row by row; the grey frame of the dicom package fits as
 * it is. Modality value = stored × slope + intercept.
 */
export interface GreyPlane {
  readonly rows: number;
  readonly columns: number;
  readonly samples: ArrayLike<number>;
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  /** Stored values, both inside, that stand for "nothing here". */
  readonly padding?: { readonly from: number; readonly to: number } | undefined;
  readonly pixelSpacing?: { readonly rowMm: number; readonly columnMm: number } | undefined;
}

/** Modality values of a picture, row by row, with the distance of pixel centres in mm. */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly rowMm: number;
  readonly columnMm: number;
}

/** Why a picture cannot be measured at all; undefined when it can. */
export const planeProblem = (plane: GreyPlane): PlaneProblem | undefined => {
  const { rows, columns, samples, rescaleSlope, rescaleIntercept } = plane;
  if (!(rows > 0) || !(columns > 0) || samples.length < rows * columns) return 'no-pixels';
  if (!Number.isFinite(rescaleSlope) || !Number.isFinite(rescaleIntercept)) return 'rescale-not-a-number';
  if (rescaleSlope === 0) return 'rescale-slope-zero';
  return undefined;
};

/** The picture says how far its pixels lie apart, with two positive numbers. */
export const hasSpacing = ({ pixelSpacing }: GreyPlane): boolean =>
  pixelSpacing !== undefined && isLength(pixelSpacing.rowMm) && isLength(pixelSpacing.columnMm);

const isLength = (value: number): boolean => Number.isFinite(value) && value > 0;

/** What `planeProblem` answers. */
export type PlaneProblem = 'no-pixels' | 'rescale-not-a-number' | 'rescale-slope-zero';

/** Modality values of a sound picture; padded pixels get `paddingValue`, pictures without spacing the one given. */
export const planeOf = (
  plane: GreyPlane,
  paddingValue: number,
  spacing?: { rowMm: number; columnMm: number },
): Plane => {
  const { rows, columns, samples, rescaleSlope, rescaleIntercept, padding } = plane;
  const count = rows * columns;
  const values = new Float32Array(count);
  for (let at = 0; at < count; at += 1) {
    const stored = samples[at]!;
    const isPadding = padding !== undefined && stored >= padding.from && stored <= padding.to;
    values[at] = isPadding ? paddingValue : stored * rescaleSlope + rescaleIntercept;
  }
  const stated = hasSpacing(plane) ? plane.pixelSpacing : undefined;
  const { rowMm, columnMm } = stated ?? spacing ?? { rowMm: 1, columnMm: 1 };
  return { rows, columns, values, rowMm, columnMm };
};
