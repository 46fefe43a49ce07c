/** Window centre and width in units of the rescaled value (HU for CT). */
export interface GreyWindow {
  readonly center: number;
  readonly width: number;
}
interface TableRequest extends GreyWindow {
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  readonly isSigned: boolean;
  readonly isInverted: boolean;
}

/** One entry for each pattern of 16 bits, so that signed and unsigned samples are looked up alike. */
export const TABLE_SIZE = 65_536;
const OPAQUE = 0xff00_0000;

/**
 * Fills `table` with opaque grey pixels: sample bits → RGBA. The grey value is the linear window function of
 * DICOM PS3.3 C.11.2.1.2.1, rounded to 0–255.
 */
export const fillWindowTable = (table: Uint32Array, request: TableRequest): void => {
  for (let bits = 0; bits < TABLE_SIZE; bits += 1) {
    const stored = request.isSigned && bits >= TABLE_SIZE / 2 ? bits - TABLE_SIZE : bits;
    const grey = greyOf(stored * request.rescaleSlope + request.rescaleIntercept, request);
    const shown = request.isInverted ? 255 - grey : grey;
    table[bits] = OPAQUE | (shown << 16) | (shown << 8) | shown;
  }
};

/** Grey 0–255 of one rescaled value. */
export const greyOf = (value: number, { center, width }: GreyWindow): number => {
  const span = Math.max(1, width) - 1;
  const middle = center - 0.5;
  if (value <= middle - span / 2) return 0;
  if (value > middle + span / 2) return 255;
  return Math.round(((value - middle) / span + 0.5) * 255);
};

/** The window that shows everything between two rescaled values. */
export const windowOver = (low: number, high: number): GreyWindow => ({
  center: (low + high) / 2 + 0.5,
  width: Math.max(1, high - low + 1),
});
