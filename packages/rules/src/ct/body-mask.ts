import { componentsOf, fillHoles, type Component } from '../picture/components.ts';
import type { Plane } from '../picture/grey-plane.ts';

/** HU at and above which a pixel may belong to the body: [S65], the threshold of one published project. */
export const BODY_FROM_HU = -260;
/** Half the thickness in mm below which a thing is torn off: skins of table tops and sheets are thinner [PD]. */
const TORN_OFF_BELOW_MM = 3;
/** A part smaller than this share of the largest is no limb: [PD]. */
const LIMB_FROM_SHARE = 0.01;
/** A part this many times wider than high is a table top, not a limb: [PD]. */
const TABLE_WIDTH_TO_HEIGHT = 5;
/** Mean HU below which a solid part is foam of a table or a cushion: [PD]. */
const FOAM_BELOW_HU = -150;
/** The body itself is larger than this, mm²: an infant's limb is; less is noise [PD]. */
const BODY_FROM_MM2 = 400;

/** The patient on one slice. */
export interface BodyMask {
  /** 1 inside the patient, lungs and gas filled in, table left out; row by row. */
  readonly mask: Uint8Array;
  /** The parts, largest (the trunk or head) first; limbs after it. */
  readonly parts: readonly Component[];
}

/**
 * Finds the patient on a slice without the table: threshold, parts thinner than two `TORN_OFF_BELOW_MM` torn off, flat
 * or foam-like parts dropped, holes filled. Undefined when nobody is there. A table of solid material that touches the
 * skin over a wide face stays in: the page of the metric says so.
 */
export const bodyMaskOf = (plane: Plane): BodyMask | undefined => {
  const { rows, columns, values, rowMm, columnMm } = plane;
  const above = new Uint8Array(rows * columns);
  for (let at = 0; at < above.length; at += 1) above[at] = values[at]! >= BODY_FROM_HU ? 1 : 0;
  const radius = Math.max(1, Math.round(TORN_OFF_BELOW_MM / Math.min(rowMm, columnMm)));
  const core = boxErosion(above, rows, columns, radius);
  const grown = boxErosion(core, rows, columns, radius + 1, true);
  for (let at = 0; at < grown.length; at += 1) grown[at] = grown[at]! & above[at]!;
  const kept = keepPatient(grown, plane);
  if (kept === undefined) return undefined;
  const mask = fillHoles(kept, rows, columns);
  return { mask, parts: componentsOf(mask, rows, columns).components };
};

const keepPatient = (mask: Uint8Array, plane: Plane): Uint8Array | undefined => {
  const { rows, columns, values, rowMm, columnMm } = plane;
  const { labels, components } = componentsOf(mask, rows, columns);
  const [largest] = components;
  if (largest === undefined || largest.area * rowMm * columnMm < BODY_FROM_MM2) return undefined;
  const sums = new Float64Array(components.length + 1);
  for (let at = 0; at < labels.length; at += 1) sums[labels[at]!]! += values[at]!;
  const isPatient = new Uint8Array(components.length + 1);
  for (const part of components) {
    const width = (part.right - part.left + 1) * columnMm;
    const height = (part.bottom - part.top + 1) * rowMm;
    const isTable = width > TABLE_WIDTH_TO_HEIGHT * height || sums[part.label]! / part.area < FOAM_BELOW_HU;
    const isLimb = part.area >= LIMB_FROM_SHARE * largest.area && !isTable;
    isPatient[part.label] = part === largest || isLimb ? 1 : 0;
  }
  const kept = new Uint8Array(mask.length);
  for (let at = 0; at < mask.length; at += 1) kept[at] = isPatient[labels[at]!]!;
  return kept;
};

/**
 * Erosion by a square of `2 · radius + 1` pixels (or dilation), in two passes of running counts, both along the rows.
 * Beyond the border the border pixel goes on, so that a body cut by the border is not torn there.
 */
const boxErosion = (
  mask: Uint8Array,
  rows: number,
  columns: number,
  radius: number,
  isDilation = false,
): Uint8Array => {
  const needed = isDilation ? 1 : 2 * radius + 1;
  const half = new Uint8Array(mask.length);
  for (let row = 0; row < rows; row += 1) alongRow(mask, half, row * columns, columns, radius, needed);
  const result = new Uint8Array(mask.length);
  const counts = new Int32Array(columns);
  const startOf = (row: number): number => Math.min(Math.max(row, 0), rows - 1) * columns;
  for (let row = -radius; row <= radius; row += 1) {
    const start = startOf(row);
    for (let column = 0; column < columns; column += 1) counts[column]! += half[start + column]!;
  }
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    const [entering, leaving] = [startOf(row + radius + 1), startOf(row - radius)];
    for (let column = 0; column < columns; column += 1) {
      const count = counts[column]!;
      result[start + column] = count >= needed ? 1 : 0;
      counts[column] = count + half[entering + column]! - half[leaving + column]!;
    }
  }
  return result;
};

const alongRow = (
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  columns: number,
  radius: number,
  needed: number,
): void => {
  const last = start + columns - 1;
  let count = (radius + 1) * from[start]!;
  for (let ahead = 1; ahead <= radius; ahead += 1) count += from[Math.min(start + ahead, last)]!;
  for (let at = start; at <= last; at += 1) {
    to[at] = count >= needed ? 1 : 0;
    const entering = at + radius + 1;
    const leaving = at - radius;
    count += from[entering < last ? entering : last]!;
    count -= from[leaving > start ? leaving : start]!;
  }
};
