import type { Plane } from '../picture/grey-plane.ts';
import type { Component } from '../picture/components.ts';
import { type BodyMask, bodyMaskOf } from './body-mask.ts';

/** Least HU a pixel can have in water equivalence: air; lower values are padding or artefact. */
const AIR_HU = -1000;
/** Metal: beyond any bone, HU [PD]. */
const METAL_FROM_HU = 2500;
/** Lung: HU, both inside [GKU]. */
const LUNG_FROM_HU = -950;
const LUNG_TO_HU = -500; // HU [GKU]
/** Bone that every arm holds, HU [GKU]. */
const BONE_FROM_HU = 200;
/** Cross-section of an upper arm or forearm against the trunk beside it [PD]. */
const ARM_FROM_SHARE = 0.015;
const ARM_TO_SHARE = 0.3; // share of the trunk [PD]
/** Least share of bone pixels in an arm [PD]. */
const ARM_BONE_SHARE = 0.01;

/** What one slice tells; areas in mm², places in pixels. */
export interface SliceFigures {
  readonly body: BodyMask | undefined;
  readonly bodyMm2: number;
  readonly waterMm2: number;
  readonly centreColumn: number;
  readonly centreRow: number;
  /** Share of the outline of the body that lies on the border of the picture or of the padded field. */
  readonly cutShare: number;
  readonly lungMm2: number;
  readonly metalMm2: number;
  readonly arms: number;
}

/** Measures one slice; `isPadded` tells pixels outside the reconstructed field. */
export const measureSlice = (plane: Plane, isPadded: (at: number) => boolean): SliceFigures => {
  const body = bodyMaskOf(plane);
  if (body === undefined) return emptyFigures;
  const pixelMm2 = plane.rowMm * plane.columnMm;
  const sums = sumInside(plane, body.mask);
  return {
    body,
    bodyMm2: sums.count * pixelMm2,
    waterMm2: sums.water * pixelMm2,
    centreColumn: sums.column / sums.count,
    centreRow: sums.row / sums.count,
    cutShare: cutShareOf(plane, body.mask, isPadded),
    lungMm2: sums.lung * pixelMm2,
    metalMm2: sums.metal * pixelMm2,
    arms: armsOf(plane, body),
  };
};

const emptyFigures: SliceFigures = {
  body: undefined,
  bodyMm2: 0,
  waterMm2: 0,
  centreColumn: Number.NaN,
  centreRow: Number.NaN,
  cutShare: 0,
  lungMm2: 0,
  metalMm2: 0,
  arms: 0,
};

const sumInside = ({ rows, columns, values }: Plane, mask: Uint8Array) => {
  const sums = { count: 0, water: 0, column: 0, row: 0, lung: 0, metal: 0 };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      if (mask[at] === 0) continue;
      const value = values[at]!;
      sums.count += 1;
      sums.column += column;
      sums.row += row;
      if (value > AIR_HU) sums.water += value / 1000 + 1;
      if (value >= LUNG_FROM_HU && value <= LUNG_TO_HU) sums.lung += 1;
      if (value >= METAL_FROM_HU) sums.metal += 1;
    }
  }
  return sums;
};

const cutShareOf = ({ rows, columns }: Plane, mask: Uint8Array, isPadded: (at: number) => boolean): number => {
  let outline = 0;
  let cut = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      if (mask[at] === 0) continue;
      const isOnBorder = row === 0 || column === 0 || row === rows - 1 || column === columns - 1;
      if (isOnBorder) {
        outline += 1;
        cut += 1;
        continue;
      }
      if ((mask[at - 1]! & mask[at + 1]! & mask[at - columns]! & mask[at + columns]!) === 1) continue;
      outline += 1;
      for (const near of [at - 1, at + 1, at - columns, at + columns]) {
        if (mask[near] === 1 || !isPadded(near)) continue;
        cut += 1;
        break;
      }
    }
  }
  return outline === 0 ? 0 : cut / outline;
};

/** Parts beside the trunk of an arm's size with bone in them: 0, 1 or 2. */
const armsOf = (plane: Plane, { mask, parts }: BodyMask): number => {
  const [trunk] = parts;
  if (trunk === undefined) return 0;
  const beside = parts.filter(
    (part) =>
      part !== trunk &&
      part.area >= ARM_FROM_SHARE * trunk.area &&
      part.area <= ARM_TO_SHARE * trunk.area &&
      (part.centreColumn < trunk.left || part.centreColumn > trunk.right) &&
      hasBone(plane, mask, part),
  );
  const isLeft = beside.some((part) => part.centreColumn < trunk.left);
  const isRight = beside.some((part) => part.centreColumn > trunk.right);
  return Number(isLeft) + Number(isRight);
};

const hasBone = ({ columns, values }: Plane, mask: Uint8Array, part: Component): boolean => {
  let bone = 0;
  for (let row = part.top; row <= part.bottom; row += 1) {
    for (let column = part.left; column <= part.right; column += 1) {
      const at = row * columns + column;
      if (mask[at] === 1 && values[at]! >= BONE_FROM_HU) bone += 1;
    }
  }
  return bone >= ARM_BONE_SHARE * part.area;
};
