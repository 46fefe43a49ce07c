import { planeOf, type Plane } from '../picture/grey-plane.ts';
import type { Outline } from '../picture/outline.ts';
import { figuresOf } from '../picture/regions.ts';
import { plainDiscOf } from './mr-flood.ts';
import { type PhantomImage, type PhantomReport, ResultList } from './phantom-report.ts';

/** A ghosting phantom leaves room for its ghost: it fills at most this share of the field each way [PD]. */
const SMALL_BELOW_SHARE = 0.45;
/** How far the thing lies off the middle of the field, as a share of it, so that a half-field ghost falls free [PD]. */
const OFF_CENTRE_FROM_SHARE = 0.1;
/** Distance kept from the thing, mm: ringing is no ghost [PD]. */
const SEAM_MM = 10;

/** Analyses a small phantom at the side of a large field: what appears of it along the phase axis is a ghost. */
export const analyseMrGhosting = (images: readonly PhantomImage[]): PhantomReport | undefined => {
  if (images.length > 2) return undefined;
  const [image] = images;
  const disc = plainDiscOf(planeOf(image!.plane, 0));
  if (disc === undefined) return undefined;
  const { plane, outline } = disc;
  const fieldMm = { width: plane.columns * plane.columnMm, height: plane.rows * plane.rowMm };
  if (outline.widthMm > SMALL_BELOW_SHARE * fieldMm.width || outline.heightMm > SMALL_BELOW_SHARE * fieldMm.height)
    return undefined;
  const off = Math.max(
    Math.abs(outline.centre.x / (plane.columns - 1) - 0.5),
    Math.abs(outline.centre.y / (plane.rows - 1) - 0.5),
  );
  if (off < OFF_CENTRE_FROM_SHARE) return undefined;
  const list = new ResultList();
  const { facts } = image!;
  const phase = facts.inPlanePhaseEncodingDirection;
  const signal = figuresOf(insideValues(plane, outline)).mean;
  const [row, column] = [bandMean(plane, outline, 'row'), bandMean(plane, outline, 'column')];
  list.add({ metric: 'signal', value: signal, unit: '1', method: 'disc-mean' });
  if (phase === 'ROW' || phase === 'COL' || phase === 'COLUMN') {
    const difference = phase === 'ROW' ? row - column : column - row;
    const value = (100 * difference) / signal;
    list.add({ metric: 'ghosting', value, unit: '%', method: 'phase-band-minus-frequency-band' });
  } else list.miss('ghosting', 'phase-direction-unknown');
  return { kind: 'mr-ghosting', confidence: 0.8, results: list.results, notMeasured: list.notMeasured };
};

const insideValues = (plane: Plane, { mask }: Outline): number[] => {
  const values: number[] = [];
  for (let at = 0; at < mask.length; at += 1) if (mask[at] === 1) values.push(plane.values[at]!);
  return values;
};

/** Mean of the band of the thing's own rows (or columns) beyond the seam. */
const bandMean = (plane: Plane, { component }: Outline, band: 'row' | 'column'): number => {
  const seamX = Math.ceil(SEAM_MM / plane.columnMm);
  const seamY = Math.ceil(SEAM_MM / plane.rowMm);
  const values: number[] = [];
  for (let row = 0; row < plane.rows; row += 1) {
    for (let column = 0; column < plane.columns; column += 1) {
      const inRows = row >= component.top && row <= component.bottom;
      const inColumns = column >= component.left && column <= component.right;
      const nearX = column >= component.left - seamX && column <= component.right + seamX;
      const nearY = row >= component.top - seamY && row <= component.bottom + seamY;
      const isIn = band === 'row' ? inRows && !nearX : inColumns && !nearY;
      if (isIn) values.push(plane.values[row * plane.columns + column]!);
    }
  }
  return figuresOf(values).mean;
};
